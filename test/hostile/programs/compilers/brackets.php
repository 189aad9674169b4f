<?php
eval('$x = ' . str_repeat('[', 10_000_000) . ';');
