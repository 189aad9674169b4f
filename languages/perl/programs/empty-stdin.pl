my $text = do { local $/; <STDIN> } // '';
print 'read ', length $text, " characters\n";
