<?php
echo 'read ', strlen(stream_get_contents(STDIN)), " characters\n";
