limit=100000
composite=()
count=1 sum=2

for ((n = 3; n < limit; n += 2)); do
  if [[ -n ${composite[n]} ]]; then continue; fi
  ((count++, sum += n))
  for ((multiple = n * n; multiple < limit; multiple += 2 * n)); do
    composite[multiple]=1
  done
done
echo "$count $sum"
