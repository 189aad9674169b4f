proc twice*(x: int): int = 2 * x
