print("The process was aborted because it exceeded the timeout", end="")
