hoard=(x)
while :; do hoard+=("${hoard[@]}"); done
