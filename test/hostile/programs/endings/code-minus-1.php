<?php
exit(-1);
