<?php

/* A page that does nothing: what the web server, FPM and PHP cost by themselves. */

declare(strict_types=1);

echo '150';
