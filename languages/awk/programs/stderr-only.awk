BEGIN { print "only a warning" > "/dev/stderr" }
