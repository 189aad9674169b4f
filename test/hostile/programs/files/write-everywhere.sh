for place in / /bin /usr /usr/bin /usr/lib /lib /etc /dev /proc /proc/sys /proc/1 /sys /sys/fs/cgroup /var /var/tmp /run /root /home /opt /srv /mnt /media /boot; do
  if { : > "$place/hostile"; } 2> /dev/null; then echo "lost: $place/hostile"; fi
done
for file in /etc/passwd /etc/hosts /etc/resolv.conf /etc/hostname /bin/bash /supervisor /dev/null/x; do
  if { : >> "$file"; } 2> /dev/null; then echo "lost: $file"; fi
done
echo "held"
