my $text = 'x' x 1_000_000_000;
print "lost: it fits\n";
