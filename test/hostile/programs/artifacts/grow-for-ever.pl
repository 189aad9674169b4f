use POSIX;
if (fork == 0) {
  POSIX::setsid();
  $SIG{$_} = 'IGNORE' for keys %SIG;
  open my $file, '>', 'grown';
  $file->autoflush(1);
  # Never smaller than 1 MB again, whenever its end comes.
  for (;;) { print $file 'x' x 4096; truncate $file, 1_000_000 if tell($file) > 4_000_000 && seek $file, 1_000_000, 0 }
}
select undef, undef, undef, 0.01 until (-s 'grown' // 0) > 1_000_000;
print "held\n";
