--TEST--
A client is constructed once, or not at all
--FILE--
<?php
require __DIR__ . '/support/support.php';

$client = (new ReflectionClass(Izly\Client::class));
echo thrown(fn () => $client->newInstanceWithoutConstructor()), "\n";
$kept = null;
try {
    $kept = new Izly\Client('no key', 'preproduction');
} catch (Izly\Exception\ConfigurationException $exception) {
    echo $exception->getField(), "\n";
}
var_dump($kept);
$client = new Izly\Client(PARIS_KEY, 'preproduction');
echo thrown(fn () => $client->__construct(PARIS_KEY, 'production')), "\n";
echo str_starts_with($client->startLogin()->url, 'https://rest-pp.izly.fr/') ? "still the same\n" : "another\n";
// Nothing that can be seen tells two apart, so they are never equal.
$other = new Izly\Client(PARIS_KEY, 'production');
var_dump($client == $other, $client == $client, in_array($other, [$client]));
foreach ([null, 'o', 150, new stdClass()] as $value) {
    echo thrown(fn () => $client->createPayment($value)), "\n", thrown(fn () => $client->refund($value)), "\n";
}
--EXPECT--
ReflectionException: Class Izly\Client is an internal class marked as final that cannot be instantiated without invoking its constructor
api_key
NULL
Error: Izly\Client has been constructed already
still the same
bool(false)
bool(true)
bool(false)
TypeError: Izly\Client::createPayment(): Argument #1 ($payment) must be of type Izly\NewPayment|Izly\Order, null given
TypeError: Izly\Client::refund(): Argument #1 ($payment) must be of type Izly\PaidPayment|Izly\Payment|Izly\RefundTarget, null given
TypeError: Izly\Client::createPayment(): Argument #1 ($payment) must be of type Izly\NewPayment|Izly\Order, string given
TypeError: Izly\Client::refund(): Argument #1 ($payment) must be of type Izly\PaidPayment|Izly\Payment|Izly\RefundTarget, string given
TypeError: Izly\Client::createPayment(): Argument #1 ($payment) must be of type Izly\NewPayment|Izly\Order, int given
TypeError: Izly\Client::refund(): Argument #1 ($payment) must be of type Izly\PaidPayment|Izly\Payment|Izly\RefundTarget, int given
TypeError: Izly\Client::createPayment(): Argument #1 ($payment) must be of type Izly\NewPayment|Izly\Order, stdClass given
TypeError: Izly\Client::refund(): Argument #1 ($payment) must be of type Izly\PaidPayment|Izly\Payment|Izly\RefundTarget, stdClass given
