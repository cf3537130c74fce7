--TEST--
Every fault of the shared table against every call: what is thrown, how soon, and what the server saw of it
--CONFLICTS--
faults
--FILE--
<?php
require __DIR__ . '/support/fault_matrix.php';

meet_all_faults();
--EXPECTF--
%d faults, %d calls
findings: 0
