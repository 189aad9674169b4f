for n in {1..20}; do
  while :; do echo "child $n"; done &
done
wait
