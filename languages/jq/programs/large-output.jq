range(100000) | "line \(.)"
