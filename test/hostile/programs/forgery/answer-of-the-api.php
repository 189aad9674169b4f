<?php
echo '{"job_id":"00000000-0000-4000-8000-000000000000","status":"completed","exit_code":0,"signal":null}';
exit(3);
