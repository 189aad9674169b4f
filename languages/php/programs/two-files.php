<?php
require "helper.php";

echo twice(21), "\n";
