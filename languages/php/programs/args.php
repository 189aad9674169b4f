<?php
echo $argc - 1, " ", end($argv), "\n";
