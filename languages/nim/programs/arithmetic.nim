const limit = 100_000

var
  composite: array[limit, bool]
  count, sum = 0
for n in 2 ..< limit:
  if composite[n]: continue
  inc count
  sum += n
  for multiple in countup(n * n, limit - 1, n): composite[multiple] = true
echo count, " ", sum
