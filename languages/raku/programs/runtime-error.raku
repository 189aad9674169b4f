sub ratio($a, $b) { $a div $b }

say ratio(1, 0);
