<?php
$writable = [];
foreach (file('/proc/self/mountinfo') as $line) {
    $place = explode(' ', $line)[4];
    if (is_dir($place) && @file_put_contents("$place/hostile", 'x') !== false) $writable[] = $place;
}
$writable = array_values(array_unique($writable)); // a mount may lie on another
sort($writable);
echo $writable == ['/dev/shm', '/job', '/tmp'] ? "held\n" : 'lost: ' . implode(' ', $writable) . "\n";
