my $written = 0;
for my $fd (0 .. 2) { open my $file, '<&', $fd or next; $written++ if $fd == 0 && defined syswrite $file, "frame" }
if (open my $end, '>', '/proc/self/fd/0') { $written += 0 }
print $written ? "lost: input takes bytes\n" : "held\n";
