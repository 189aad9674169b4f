<?php
$limit = 100_000;
$composite = str_repeat('0', $limit);
$count = $sum = 0;
for ($n = 2; $n < $limit; $n++) {
    if ($composite[$n] === '1') {
        continue;
    }
    $count++;
    $sum += $n;
    for ($multiple = $n * $n; $multiple < $limit; $multiple += $n) {
        $composite[$multiple] = '1';
    }
}
echo "$count $sum\n";
