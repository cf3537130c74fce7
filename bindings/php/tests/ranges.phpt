--TEST--
What the library's types cannot hold is refused, not cut; the rest is the library's to refuse
--FILE--
<?php
require __DIR__ . '/support/support.php';

$canned = new Canned();
$client = $canned->client();
$order = new Izly\Order('o', 1);
$calls = [
    fn () => $client->payment(0),
    fn () => $client->payment(-1),
    fn () => $client->createPayment(new Izly\Order('o', 0)),
    fn () => $client->createPayment(new Izly\Order('o', PHP_INT_MIN)),
    fn () => $client->createPayment(new Izly\Order('', 1)),
    fn () => $client->confirm(1, $order, -1),
    fn () => $client->confirm(1, $order, 1 << 32),
    fn () => $client->startLogin(-1),
    fn () => new Izly\NewPayment($order, software: 1 << 31),
    fn () => Izly\Reply::rejected(0, 'm'),
    fn () => Izly\Reply::rejected(1 << 32, 'm'),
    fn () => Izly\Reply::rejected(1, 'm', 65536 + 200),
    fn () => $canned->client(deadlineMs: 0),
    fn () => $canned->client(deadlineMs: 1 << 32),
    fn () => $canned->client(connectTimeoutMs: -1),
    fn () => $canned->client(maxBodyBytes: 10),
    fn () => $canned->client(apiKey: ''),
    fn () => $canned->client(environment: 'http://izly.example'),
    fn () => new Izly\Order("a\0b", 1),
    fn () => new Izly\RefundTarget(1, "a\0b"),
    fn () => new Izly\NewPayment($order, message: "\0"),
    fn () => new Izly\NewPayment($order, callbackParameters: "\0"),
    fn () => new Izly\NewPayment($order, callbackParameters: ['a' => "\0"]),
    fn () => new Izly\NewPayment($order, callbackParameters: ["\0" => 'a']),
    fn () => new Izly\NewPayment($order, redirectUrl: "\0"),
    fn () => new Izly\NewPayment($order, callbackParameters: ['a' => 1]),
    fn () => Izly\Reply::rejected(1, "\0"),
    fn () => $canned->client(apiKey: PARIS_KEY . "\0"),
    fn () => $canned->client(caFile: "/tmp\0"),
    fn () => $client->finishLogin("code=a\0&state=s", 's'),
    fn () => $client->finishLogin('code=a&state=s', "s\0"),
    fn () => $client->refresh("t\0"),
    fn () => $client->user("t\0"),
    fn () => $client->createPayment(new Izly\Order("\xff", 1)),
    fn () => $client->createPayment(new stdClass()),
    fn () => $client->refund($order),
];
foreach ($calls as $call) {
    echo thrown($call), "\n";
    $failure = failure($call);
    if ($failure !== null && [$failure->getOutcome(), $failure->getRetry()] !== [Izly\Outcome::NotSent, Izly\Retry::Fix]) {
        echo "    outcome {$failure->getOutcome()->value}, retry {$failure->getRetry()->value}\n";
    }
}
echo count($canned->requests()), " requests\n";
--EXPECT--
Izly\Exception\InvalidInputException: invalid input: operation_id must be 1 to 9223372036854775807
Izly\Exception\InvalidInputException: invalid input: operation_id must be 1 to 9223372036854775807
Izly\Exception\InvalidInputException: invalid input: amount must be at least 1 centime
Izly\Exception\InvalidInputException: invalid input: amount must be 0 to 2147483647 centimes
Izly\Exception\InvalidInputException: invalid input: order_id must not be empty
Izly\Exception\InvalidInputException: invalid input: wait must be 0 to 4294967295
Izly\Exception\InvalidInputException: invalid input: wait must be 0 to 4294967295
Izly\Exception\InvalidInputException: invalid input: scope must be 0 to 4294967295
Izly\Exception\InvalidInputException: invalid input: software must be 0 to 2147483647
Izly\Exception\InvalidInputException: invalid input: code must be a 32-bit number, and not 0, which means accepted
Izly\Exception\InvalidInputException: invalid input: code must be a 32-bit number, and not 0, which means accepted
Izly\Exception\InvalidInputException: invalid input: status must be 200 to 599
Izly\Exception\ConfigurationException: configuration: deadline must be 1 to 4294967295
Izly\Exception\ConfigurationException: configuration: deadline must be 1 to 4294967295
Izly\Exception\ConfigurationException: configuration: connect_timeout must be 1 to 4294967295
Izly\Exception\ConfigurationException: configuration: max_body_bytes must be at least 1024
Izly\Exception\ConfigurationException: configuration: api_key must not be empty
Izly\Exception\ConfigurationException: configuration: environment must be https; plain http is for loopback addresses only
Izly\Exception\InvalidInputException: invalid input: order_id must not hold a NUL byte
Izly\Exception\InvalidInputException: invalid input: order_id must not hold a NUL byte
Izly\Exception\InvalidInputException: invalid input: message must not hold a NUL byte
Izly\Exception\InvalidInputException: invalid input: callback_parameters must not hold a NUL byte
Izly\Exception\InvalidInputException: invalid input: callback_parameters must not hold a NUL byte
Izly\Exception\InvalidInputException: invalid input: callback_parameters must not hold a NUL byte
Izly\Exception\InvalidInputException: invalid input: redirect_url must not hold a NUL byte
TypeError: Izly\NewPayment::__construct(): Argument #3 ($callbackParameters) must hold texts only, int given
Izly\Exception\InvalidInputException: invalid input: message must not hold a NUL byte
Izly\Exception\ConfigurationException: configuration: api_key must not hold a NUL byte
Izly\Exception\ConfigurationException: configuration: ca_file must not hold a NUL byte
Izly\Exception\InvalidInputException: invalid input: query must not hold a NUL byte
Izly\Exception\InvalidInputException: invalid input: state must not hold a NUL byte
Izly\Exception\InvalidInputException: invalid input: refresh_token must not hold a NUL byte
Izly\Exception\InvalidInputException: invalid input: access_token must not hold a NUL byte
Izly\Exception\InvalidInputException: invalid input: order_id must be UTF-8
TypeError: Izly\Client::createPayment(): Argument #1 ($payment) must be of type Izly\NewPayment|Izly\Order, stdClass given
TypeError: Izly\Client::refund(): Argument #1 ($payment) must be of type Izly\PaidPayment|Izly\Payment|Izly\RefundTarget, Izly\Order given
0 requests
