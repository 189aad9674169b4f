my $text = 'x' x 4_000_000;
my @children = map { my $pid = fork // die; if (!$pid) { substr($text, $_ * 4096, 1) = 'y' for 0 .. 900; sleep 60 } $pid } 1 .. 30;
my $killed = 0;
for (@children) { wait; $killed++ if $? }
exit 1 if $killed;
