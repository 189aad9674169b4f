<?php
echo "drill my brain";
?>
