<?php
$limit = stream_context_create(['http' => ['timeout' => 0.5]]);
$lost = array_filter(['http://192.0.2.1/latest/meta-data/', 'http://198.51.100.1:2375/version', 'ftp://203.0.113.1/'],
    fn ($address) => @file_get_contents($address, false, $limit) !== false);
echo $lost ? 'lost: ' . implode(' ', $lost) . "\n" : "held\n";
