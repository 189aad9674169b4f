for number in range(100000):
    print("line", number)
