--TEST--
Ids, states, tokens and queries are strings and nothing else, without strict_types: null does not become an empty one
--FILE--
<?php
require __DIR__ . '/support/support.php';

$canned = new Canned();
$canned->answer(200, '{"access_token":"a"}');
$client = $canned->client();
$calls = [
    'id' => fn ($value) => new Izly\Order($value, 1),
    'orderId' => fn ($value) => new Izly\RefundTarget(1, $value),
    'rawQuery' => fn ($value) => $client->finishLogin($value, 's'),
    'state' => fn ($value) => $client->finishLogin('code=c&state=', $value),
    'refreshToken' => fn ($value) => $client->refresh($value),
    'accessToken' => fn ($value) => $client->user($value),
];
$text = new class {
    public function __toString(): string
    {
        return 's';
    }
};
$values = [null, 1, 1.5, true, false, ['s'], $text, new stdClass()];
set_error_handler(fn ($level, $message) => print "$message\n");
foreach ($calls as $name => $call) {
    $refused = 0;
    foreach ($values as $value) {
        $line = thrown(fn () => $call($value));
        $refused += (int) preg_match("/^TypeError: .*\\(\\\$$name\\) must be of type .*string, /", $line) ?: print "$line\n";
    }
    echo "$name: $refused of ", count($values), "\n";
}
echo count($canned->requests()), " requests\n";
$reference = 'o';
$order = &$reference;
echo (new Izly\Order($order, 1))->id, "\n";
--EXPECT--
id: 8 of 8
orderId: 8 of 8
rawQuery: 8 of 8
state: 8 of 8
refreshToken: 8 of 8
accessToken: 8 of 8
0 requests
o
