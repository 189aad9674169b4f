for number in {0..99999}; do
  echo "line $number"
done
