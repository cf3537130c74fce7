--TEST--
A forked child uses what its parent made, takes nothing from it, and makes its own
--FILE--
<?php
require __DIR__ . '/support/support.php';

$canned = new Canned();
$canned->say('echo');
$client = $canned->client();
$own = $canned->client(persistent: false);
$check = function (Izly\Client $client, int $first): void {
    for ($id = $first; $id < $first + 50; $id++) {
        $payment = $client->payment($id);
        if ([$payment->operationId, $payment->orderId, $payment->amountCents] !== [$id, "order-$id", $id]) {
            echo "another's answer: $payment->operationId for $id\n";
        }
    }
};
$check($client, 1);
$check($own, 1);
$children = [];
for ($child = 1; $child <= 4; $child++) {
    $children[$child] = pcntl_fork();
    if ($children[$child] === 0) {
        $check($client, $child * 1000);
        $check($own, $child * 1000 + 100);
        // The same settings once more: the child's own by now.
        $mine = $canned->client();
        $check($mine, $child * 1000 + 200);
        unset($client, $own, $mine);
        $before = $canned->client();
        $check($before, $child * 1000 + 300);
        // Without the end of PHP, which would end the canned server.
        exec_end();
    }
}
function exec_end(): never
{
    pcntl_exec('/bin/true');
    exit(1);
}
$check($client, 10);
foreach ($children as $child => $process) {
    pcntl_waitpid($process, $status);
    echo "child $child: ", pcntl_wifexited($status) ? pcntl_wexitstatus($status) : 'a signal', "\n";
}
$before = $canned->accepted();
$check($client, 20);
$check($own, 20);
echo $canned->accepted() - $before, " new connections in the parent\n";

// A child that ends as PHP ends: everything that it inherited is ended with it, and the parent notices nothing.
$process = pcntl_fork();
if ($process === 0) {
    $check($client, 9000);
    $before = $canned->accepted();
    $check($canned->client(), 9100);
    // Not what it was born with, though that has the same settings.
    echo 'of its own: ', $canned->accepted() - $before, "\n";
    exit(0);
}
pcntl_waitpid($process, $status);
echo 'an ordinary end: ', pcntl_wexitstatus($status), "\n";
--EXPECT--
child 1: 0
child 2: 0
child 3: 0
child 4: 0
0 new connections in the parent
of its own: 1
an ordinary end: 0
