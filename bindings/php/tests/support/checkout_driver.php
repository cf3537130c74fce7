<?php
/* The student, and Izly's callback, for `examples/checkout.php`: `checkout_driver.php EXAMPLE`. */

require __DIR__ . '/support.php';

$command = [PHP_BINARY, '-n', '-d', 'extension=' . setting('IZLY_MODULE'), $argv[1], new_order_id()];
$process = proc_open($command, [['pipe', 'r'], ['pipe', 'w'], STDERR], $pipes);
$line = fgets($pipes[1]);
preg_match('~^approve at (\S+/WebPayments/(\d+)/Authorize\S+)$~', trim($line), $found) || exit("not a page: $line");
student_approves($found[1]);
fwrite($pipes[0], json_encode(['OperationSMoney' => ['Id' => (int) $found[2]]]));
fclose($pipes[0]);
$rest = stream_get_contents($pipes[1]);
echo $line, $rest;
$wanted = "paid: operation $found[2], 150 centimes\nrefunded: operation $found[2]\n";
exit($rest === $wanted && proc_close($process) === 0 ? 0 : 1);
