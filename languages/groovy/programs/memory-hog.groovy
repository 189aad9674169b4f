def hoard = []
while (true) hoard << new long[10_000]
