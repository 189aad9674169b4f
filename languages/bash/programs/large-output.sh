for ((number = 0; number < 100000; number++)); do
  echo "line $number"
done
