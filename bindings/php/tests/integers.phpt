--TEST--
Money and ids are ints and nothing else, without strict_types
--FILE--
<?php
require __DIR__ . '/support/support.php';

$canned = new Canned();
$canned->answer(200, '{}');
$client = $canned->client();
$order = new Izly\Order('o', 1);
$calls = [
    'amountCents' => fn ($value) => new Izly\Order('o', $value),
    'operationId' => fn ($value) => $client->payment($value),
    'operationId of RefundTarget' => fn ($value) => new Izly\RefundTarget($value, 'o'),
    'operation' => fn ($value) => $client->confirm($value, $order),
    'waitMs' => fn ($value) => $client->confirm(1, $order, $value),
    'scope' => fn ($value) => $client->startLogin($value),
    'software' => fn ($value) => new Izly\NewPayment($order, software: $value),
    'code' => fn ($value) => Izly\Reply::rejected($value, 'm'),
    'status' => fn ($value) => Izly\Reply::rejected(1, 'm', $value),
    'deadlineMs' => fn ($value) => $canned->client(deadlineMs: $value),
    'connectTimeoutMs' => fn ($value) => $canned->client(connectTimeoutMs: $value),
    'maxBodyBytes' => fn ($value) => $canned->client(maxBodyBytes: $value),
];
$values = [10.5, 10.0, 19.99 * 100, '12', '12.50', true, [1], new stdClass()];
foreach ($calls as $name => $call) {
    $refused = 0;
    foreach ($values as $value) {
        $line = thrown(fn () => $call($value));
        $refused += (int) preg_match('/^TypeError: .*\(\$' . strtok($name, ' ') . '\) must be of type .*int, /', $line) ?: print "$line\n";
    }
    echo "$name: $refused of ", count($values), "\n";
}
echo count($canned->requests()), " requests\n";
$reference = 150;
$five = &$reference;
echo (new Izly\Order('o', $five))->amountCents, "\n";
--EXPECT--
amountCents: 8 of 8
operationId: 8 of 8
operationId of RefundTarget: 8 of 8
operation: 8 of 8
waitMs: 8 of 8
scope: 8 of 8
software: 8 of 8
code: 8 of 8
status: 8 of 8
deadlineMs: 8 of 8
connectTimeoutMs: 8 of 8
maxBodyBytes: 8 of 8
0 requests
150
