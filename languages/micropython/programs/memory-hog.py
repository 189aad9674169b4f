hoard = []
while True:
    hoard.append(bytearray(10000))
