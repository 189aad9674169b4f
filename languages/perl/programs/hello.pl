print "drill my brain\n";
