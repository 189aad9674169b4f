{ count += length($0) + 1 }
END { print "read", count + 0, "characters" }
