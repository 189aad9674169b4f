syswrite STDOUT, 'x' x 65_536;
syswrite STDERR, 'y' x 65_536;
