print "line $_\n" for 0 .. 99_999;
