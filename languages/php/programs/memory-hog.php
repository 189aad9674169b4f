<?php
$hoard = [];
while (true) {
    $hoard[] = range(1, 10_000);
}
