<?php
$folder = sys_get_temp_dir() . '/squares';
mkdir($folder);

$children = [];
foreach (range(0, 7) as $n) {
    $code = "file_put_contents('$folder/$n', $n * $n);";
    $children[] = proc_open(['php', '-r', $code], [], $pipes);
}
array_map('proc_close', $children);

$squares = array_map('file_get_contents', glob("$folder/*"));
echo array_sum($squares), "\n";
