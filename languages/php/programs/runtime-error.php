<?php
function ratio(int $a, int $b): int
{
    return intdiv($a, $b);
}

echo ratio(1, 0);
