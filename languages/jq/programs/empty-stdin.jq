"read \([inputs | tojson | length] | add // 0) characters"
