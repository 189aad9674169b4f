BEGIN { print ARGC - 1, ARGV[ARGC - 1] }
