my int $limit = 100_000;
my int @composite;
my int $count = 0;
my int $sum = 0;
loop (my int $n = 2; $n < $limit; $n = $n + 1) {
    next if @composite[$n];
    $count = $count + 1;
    $sum = $sum + $n;
    loop (my int $multiple = $n * $n; $multiple < $limit; $multiple = $multiple + $n) {
        @composite[$multiple] = 1;
    }
}
say "$count $sum";
