my @hoard;
push @hoard, [1 .. 10_000] while 1;
