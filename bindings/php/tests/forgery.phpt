--TEST--
Nobody makes, copies, changes or restores a value
--FILE--
<?php
require __DIR__ . '/support/support.php';

$body = '{"OperationSMoney":{"Id":7}}';
$callback = Izly\Callback::parse($body);
$order = new Izly\Order('o', 1);
$paid = Izly\PaidPayment::class;
$class = new ReflectionClass($paid);
$line = fn (string $name, callable $call) => print "$name: " . thrown($call) . "\n";
$line('new', fn () => new Izly\PaidPayment());
$line('new by name', fn () => new $paid());
$line('newInstance', fn () => $class->newInstance());
$line('newInstanceWithoutConstructor', fn () => $class->newInstanceWithoutConstructor());
$line('unserialize', fn () => unserialize('O:16:"Izly\PaidPayment":1:{s:11:"operationId";i:7;}'));
$line('serialize', fn () => serialize($callback));
$line('serialize a client', fn () => serialize(new Izly\Client(PARIS_KEY, 'preproduction')));
$line('serialize an order', fn () => serialize($order));
$line('clone', fn () => clone $callback);
$line('clone a client', fn () => clone new Izly\Client(PARIS_KEY, 'preproduction'));
$line('__set_state', fn () => $paid::__set_state(['operationId' => 7]));
$line('write', fn () => $callback->operationId = 8);
$line('write of another', fn () => $callback->paid = true);
$line('increment', fn () => $callback->operationId++);
$line('unset', function () use ($callback) { unset($callback->operationId); });
$line('reference', function () use ($callback) { $id = &$callback->operationId; $id = 8; });
$line('foreach by reference', function () use ($callback) { foreach ($callback as &$value) { $value = 8; } });
$line('array_walk', function () use ($callback) { array_walk($callback, function (&$value) { $value = 8; }); });
$line('get_object_vars', function () use ($callback) { foreach (get_object_vars($callback) as &$value) { $value = 8; } });
$line('reset', function () use ($callback) { @reset($callback); @next($callback) === false || print "next\n"; });
$line('ReflectionProperty', fn () => (new ReflectionProperty($callback, 'operationId'))->setValue($callback, 8));
$line('the constructor again', fn () => $order->__construct('p', 2));
$line('the constructor by reflection', function () use ($callback) {
    $constructor = new ReflectionMethod($callback, '__construct');
    $constructor->invoke($callback);
    $constructor->invoke($callback, 8);
});
set_error_handler(fn ($level, $message) => print "$message\n");
$line('bound closure', fn () => Closure::bind(fn () => $this->operationId = 8, $callback, Izly\Callback::class)?->__invoke());
restore_error_handler();
// What the attacks above left of it, in each way that looks.
$looped = [];
foreach ($callback as $name => $value) {
    foreach ($callback as $inner => $value) {
        $looped[] = "$name $inner " . json_encode($value);
    }
    $value = 8;
}
echo json_encode($looped), ' ', json_encode($callback), ' ', json_encode((array) $callback), ' ', json_encode(get_object_vars($callback)), "\n";
echo count((new ReflectionObject($callback))->getProperties()), ' ', count((new ReflectionClass($callback))->getProperties()), "\n";
$generator = (function () use ($callback) { yield from $callback; })();
echo $generator->current(), ' ', $generator->key(), "\n";
$parameters = ['a' => 'before'];
$parameters['a'] = &$text;
$text = 'before';
$payment = new Izly\NewPayment($order, callbackParameters: $parameters);
$text = 'after';
echo $payment->callbackParameters['a'], ' ', $callback->operationId, ' ', $order->id, ' ', $order->amountCents, "\n";
--EXPECT--
new: Error: Call to private Izly\PaidPayment::__construct() from global scope
new by name: Error: Call to private Izly\PaidPayment::__construct() from global scope
newInstance: ReflectionException: Access to non-public constructor of class Izly\PaidPayment
newInstanceWithoutConstructor: ReflectionException: Class Izly\PaidPayment is an internal class marked as final that cannot be instantiated without invoking its constructor
unserialize: Exception: Unserialization of 'Izly\PaidPayment' is not allowed
serialize: Exception: Serialization of 'Izly\Callback' is not allowed
serialize a client: Exception: Serialization of 'Izly\Client' is not allowed
serialize an order: Exception: Serialization of 'Izly\Order' is not allowed
clone: Error: Trying to clone an uncloneable object of class Izly\Callback
clone a client: Error: Trying to clone an uncloneable object of class Izly\Client
__set_state: Error: Call to undefined method Izly\PaidPayment::__set_state()
write: Error: Cannot modify readonly property Izly\Callback::$operationId
write of another: Error: Cannot modify readonly property Izly\Callback::$paid
increment: Error: Cannot modify readonly property Izly\Callback::$operationId
unset: Error: Cannot unset readonly property Izly\Callback::$operationId
reference: Error: Cannot modify readonly property Izly\Callback::$operationId
foreach by reference: Error: Izly\Callback is read-only: a loop over it cannot be by reference
array_walk: nothing was thrown
get_object_vars: nothing was thrown
reset: nothing was thrown
ReflectionProperty: Error: Cannot modify readonly property Izly\Callback::$operationId
the constructor again: Error: Izly\Order has been constructed already
the constructor by reflection: Error: Izly\Callback is made by Izly alone
Cannot bind closure to scope of internal class Izly\Callback
bound closure: nothing was thrown
["operationId operationId 7","operationId orderId null","orderId operationId 7","orderId orderId null"] {"operationId":7,"orderId":null} {"operationId":7,"orderId":null} []
2 2
7 operationId
before 7 o 1
