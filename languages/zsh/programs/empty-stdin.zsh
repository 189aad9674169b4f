text=$(<&0)
echo "read ${#text} characters"
