for file in /proc/1/fd/{0..20} /proc/1/mem /proc/1/map_files/*; do
  if { echo '{"phase":"run","exit_code":0}' > "$file"; } 2> /dev/null; then echo "lost: $file"; fi
done
echo "held"
