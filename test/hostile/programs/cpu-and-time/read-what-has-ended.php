<?php
while (true) fgets(STDIN);
