use strict;
use warnings;

my $limit = 100_000;
my $composite = '';
my ($count, $sum) = (0, 0);
for my $n (2 .. $limit - 1) {
    next if vec $composite, $n, 1;
    $count++;
    $sum += $n;
    for (my $multiple = $n * $n; $multiple < $limit; $multiple += $n) {
        vec($composite, $multiple, 1) = 1;
    }
}
print "$count $sum\n";
