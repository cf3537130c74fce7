--TEST--
Every value is final, read-only and made by nobody else; every property is one that dumps know of
--FILE--
<?php
require __DIR__ . '/support/support.php';

$given = ['Order', 'NewPayment', 'RefundTarget', 'Wire'];
$made = ['Login', 'Tokens', 'UserDetails', 'PendingPayment', 'Payment', 'PaidPayment', 'Refund', 'Callback', 'Untrusted', 'Reply'];
foreach ([...$given, ...$made, 'Client'] as $name) {
    $class = new ReflectionClass("Izly\\$name");
    $class->isFinal() || print "$name is not final\n";
    $class->isCloneable() && print "$name can be cloned\n";
    $class->getConstructor()->isPublic() === (in_array($name, $given) || $name === 'Client') || print "$name: constructor\n";
    foreach ($class->getProperties() as $property) {
        $property->isReadOnly() && $property->hasType() || print "$name: {$property->getName()} is not read-only\n";
    }
}
$classes = array_filter(get_declared_classes(), fn ($name) => str_starts_with($name, 'Izly\\') && !enum_exists($name));
echo count($classes), " classes\n";

// A property that the tables of the extension do not have would be missing in a dump.
$body = '{"OperationSMoney":{"Id":1}}';
$callback = Izly\Callback::parse($body);
$order = new Izly\Order('o', 1);
foreach ([$callback, $callback->untrusted(), $order, new Izly\NewPayment($order), new Izly\RefundTarget(1, 'o'),
    new Izly\Wire(), Izly\Reply::accepted()] as $value) {
    $shown = print_r($value, true);
    foreach ((new ReflectionClass($value))->getProperties() as $property) {
        str_contains($shown, "[{$property->getName()}] =>") || print "not in a dump: {$property->getName()}\n";
    }
}
foreach (array_filter($classes, fn ($name) => is_subclass_of($name, Throwable::class)) as $name) {
    $class = new ReflectionClass($name);
    $class->implementsInterface(Izly\Exception\IzlyException::class) || print "$name is not behind the interface\n";
    $class->isFinal() || $class->isAbstract() || print "$name is neither final nor abstract\n";
    is_subclass_of($name, RuntimeException::class) || is_subclass_of($name, InvalidArgumentException::class) || print "$name has no SPL base\n";
}
echo Izly\VERSION === phpversion('izly') ? "one version\n" : "two versions\n";
echo Izly\Scope::USER_DETAILS, ' ', Izly\Scope::IZLY_PAY, ' ', Izly\Status::COMPLETED, "\n";
--EXPECT--
40 classes
one version
1 16384 Completed
