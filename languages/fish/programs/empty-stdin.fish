cat | read --null text
echo "read "(string length --quiet -- $text; and string length -- $text; or echo 0)" characters"
