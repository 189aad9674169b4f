my $größe = "Grüße, Γεια σου, こんにちは, 🧠";
say "$größe { $größe.chars }";
