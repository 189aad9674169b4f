<?php
for ($number = 0; $number < 100_000; $number++) {
    echo "line $number\n";
}
