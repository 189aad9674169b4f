shopt -s globstar nullglob
for file in /bin/* /sbin/* /usr/bin/* /usr/sbin/* /usr/lib/** /usr/libexec/**; do
  if [[ -f $file && (-u $file || -g $file) ]]; then echo "lost: $file"; fi
done
echo "held"
