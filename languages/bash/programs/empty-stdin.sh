text=$(cat)
echo "read ${#text} characters"
