BEGIN { 1 while 1 }
print "lost: it compiled\n";
