for address in 192.0.2.1 198.51.100.1 203.0.113.1; do
  if (: > "/dev/tcp/$address/80") 2> /dev/null; then echo "lost: $address"; fi
  if (: > "/dev/udp/$address/53") 2> /dev/null; then echo "lost: $address"; fi
done
echo "held"
