use utf8;
use open qw(:std :encoding(UTF-8));

my $größe = 'Grüße, Γεια σου, こんにちは, 🧠';
print "$größe ", length $größe, "\n";
