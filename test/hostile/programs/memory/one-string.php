<?php
$text = 'x';
while (true) $text .= $text;
