print STDERR 'e' x 10_000 while 1;
