use strict;
use warnings;

sub ratio { return $_[0] / $_[1] }

print ratio(1, 0), "\n";
