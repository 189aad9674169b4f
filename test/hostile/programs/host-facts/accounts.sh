if { read -r line < /etc/shadow; } 2> /dev/null; then echo "lost: /etc/shadow"; fi
while IFS=: read -r name _ id _; do
  if ((id >= 1000 && id != 65534)); then echo "lost: account $name of the host"; fi
done < /etc/passwd
for home in /home/* /root/*; do
  if [[ -e $home ]]; then echo "lost: $home"; fi
done
echo "held"
