BEGIN { for (number = 0; number < 100000; number++) print "line", number }
