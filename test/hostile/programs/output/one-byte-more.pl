syswrite STDOUT, 'x' x 65_537;
