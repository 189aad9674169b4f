folder=$(mktemp -d)
for n in {0..7}; do
  echo $((n * n)) > $folder/$n &
done
wait

integer sum=0
for file in $folder/*; do
  ((sum += $(<$file)))
done
echo $sum
