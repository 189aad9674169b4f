<?php
fwrite(STDERR, "only a warning\n");
