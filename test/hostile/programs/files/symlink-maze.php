<?php
symlink('/tmp/b', '/tmp/a');
symlink('/tmp/a', '/tmp/b');
symlink('.', '/tmp/self');
$lost = @file_get_contents('/tmp/a') !== false || @file_get_contents('/tmp/' . str_repeat('self/', 500) . 'x') !== false;
echo $lost ? "lost: it resolves\n" : "held\n";
