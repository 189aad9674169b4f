echo "read ", stdin.readAll.len, " characters"
