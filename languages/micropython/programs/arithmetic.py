limit = 100000
composite = bytearray(limit)
count = total = 0
for n in range(2, limit):
    if not composite[n]:
        count += 1
        total += n
        for multiple in range(n * n, limit, n):
            composite[multiple] = 1
print(count, total)
