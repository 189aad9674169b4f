BEGIN { print "drill my brain" }
