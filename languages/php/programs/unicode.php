<?php
$größe = 'Grüße, Γεια σου, こんにちは, 🧠';
echo $größe, ' ', preg_match_all('/./u', $größe), "\n";
