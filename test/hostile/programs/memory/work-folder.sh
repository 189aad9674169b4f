set -e
for n in {1..100}; do head -c 1M /dev/zero > "part-$n"; done
echo "lost: 100 MB fit"
