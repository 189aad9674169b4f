<?php
$files = ['/proc/sys/kernel/core_pattern', '/proc/sys/kernel/hostname', '/proc/sys/kernel/modprobe', '/proc/sys/vm/overcommit_memory',
    '/proc/sys/net/ipv4/ip_forward', '/proc/sys/kernel/randomize_va_space', '/proc/sys/fs/binfmt_misc/register', '/proc/sysrq-trigger',
    '/proc/1/oom_score_adj', '/sys/kernel/uevent_helper', '/sys/power/state', '/sys/kernel/mm/transparent_hugepage/enabled'];
$lost = array_filter($files, fn ($file) => @file_put_contents($file, '0') !== false);
echo $lost ? 'lost: ' . implode(' ', $lost) . "\n" : "held\n";
