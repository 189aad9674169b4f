for n in {1..10}; do (trap '' TERM HUP INT; exec sleep 3600) & done
echo "left"
