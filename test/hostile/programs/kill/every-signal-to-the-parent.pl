for my $round (1 .. 100) { kill $_, getppid for 1 .. 64 }
print kill(0, 1) ? "held\n" : "lost: PID 1 is gone\n";
