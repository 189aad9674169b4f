use POSIX;
if (fork == 0) {
  POSIX::setsid();
  $SIG{$_} = 'IGNORE' for keys %SIG;
  open my $file, '>', 'grown';
  $file->autoflush(1);
  for (;;) { print $file 'x' x 4096; truncate $file, 0 if tell($file) > 4_000_000 && seek $file, 0, 0 }
}
select undef, undef, undef, 0.3;
print "held\n";
