syswrite STDERR, 'y' x 65_537;
