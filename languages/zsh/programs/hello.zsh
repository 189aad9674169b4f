echo "drill my brain"
