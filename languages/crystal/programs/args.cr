printf("%d %s\n", ARGV.size, ARGV.last)
