{ count += length($0) }
END { print "read", count + 0, "characters" }
