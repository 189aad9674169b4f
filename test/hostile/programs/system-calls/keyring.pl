my ($type, $name, $data) = ('user', 'hostile', 'secret');
my $lost = 0;
$lost++ if syscall(248, $type, $name, $data, 6, -3) >= 0;    # add_key
$lost++ if syscall(249, $type, $name, 0, -3) >= 0;           # request_key
$lost += grep { syscall(250, $_, -3, 0, 0, 0) >= 0 } 0 .. 31; # keyctl
print $lost ? "lost: $lost calls\n" : "held\n";
