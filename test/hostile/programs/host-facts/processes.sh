for folder in /proc/[0-9]*; do
  name=$(cat "$folder/comm" 2> /dev/null)
  case $name in supervisor | bash | cat | '') ;; *) echo "lost: $folder is $name" ;; esac
  if [[ ${folder#/proc/} -gt 200 ]]; then echo "lost: a number of many, $folder"; fi
done
echo "held"
