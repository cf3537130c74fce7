--TEST--
PDO writes properties as if from inside a class; it makes no paid payment either
--EXTENSIONS--
pdo
pdo_sqlite
--FILE--
<?php
require __DIR__ . '/support/support.php';

$database = new PDO('sqlite::memory:');
$canned = new Canned();
$canned->answer(200, '{"OperationId":7,"OperationStatus":"Refund"}');
$client = $canned->client();
$columns = "7 as operationId, 'o' as orderId, 1 as amountCents";
foreach (['PaidPayment', 'Payment', 'RefundTarget', 'Callback', 'Order'] as $name) {
    $made = null;
    echo "$name: ", thrown(function () use ($database, $columns, $name, &$made) {
        $made = $database->query("select $columns")->fetchObject("Izly\\$name");
    }), "\n";
    if ($made !== null) {
        echo '  ', json_encode($made), "\n";
    }
}
$empty = fn (string $name) => $database->query('select 1 as x where 0 = 0')->fetchObject("Izly\\$name");
echo thrown(fn () => $client->refund($empty('PaidPayment'))), "\n";
// With the class in the row itself there is no column to write, and an empty object to be had.
$row = $database->query("select 'Izly\\PaidPayment' as class");
$made = null;
echo thrown(function () use ($row, &$made) { $made = $row->fetch(PDO::FETCH_CLASS | PDO::FETCH_CLASSTYPE); }), ' ', json_encode($made), "\n";
echo count($canned->requests()), " requests\n";
--EXPECT--
PaidPayment: Error: Cannot modify readonly property Izly\PaidPayment::$amountCents
Payment: Error: Cannot modify readonly property Izly\Payment::$amountCents
RefundTarget: Error: Cannot modify readonly property Izly\RefundTarget::$amountCents
Callback: Error: Cannot modify readonly property Izly\Callback::$amountCents
Order: Error: Cannot modify readonly property Izly\Order::$amountCents
Error: Cannot modify readonly property Izly\PaidPayment::$x
Error: Izly\PaidPayment is made by Izly alone null
0 requests
