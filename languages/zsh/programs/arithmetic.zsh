typeset -A composite
integer limit=100000 count=0 sum=0 n multiple
for ((n = 2; n < limit; n++)); do
  ((${+composite[$n]})) && continue
  ((count++, sum += n))
  for ((multiple = n * n; multiple < limit; multiple += n)); do composite[$multiple]=; done
done
echo $count $sum
