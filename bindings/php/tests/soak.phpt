--TEST--
Thousands of calls that go wrong leave memory, descriptors and threads as they were
--CONFLICTS--
faults
--ENV--
MALLOC_ARENA_MAX=1
MALLOC_MMAP_THRESHOLD_=65536
MALLOC_TRIM_THRESHOLD_=65536
--FILE--
<?php
require __DIR__ . '/support/soak.php';

soak(getenv('IZLY_TEST_SLOW') ? 1400 : 5000);
--EXPECTF--
%Aafter %d calls: %s
%d calls of %d sorts in %d s
findings: 0
