<?php

function twice(int $x): int
{
    return 2 * $x;
}
