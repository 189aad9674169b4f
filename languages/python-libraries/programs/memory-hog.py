hoard = []
while True:
    hoard.append(list(range(10_000)))
