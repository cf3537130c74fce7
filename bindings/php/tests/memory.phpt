--TEST--
Ten thousand calls leave memory, descriptors and threads as they were
--FILE--
<?php
require __DIR__ . '/support/support.php';

$canned = new Canned();
$canned->say('echo');
$slow = getenv('IZLY_TEST_SLOW') ? 50 : 1;
$client = $canned->client();
$good = '{"OperationSMoney":{"Id":586589,"Fee":0.10},"User":{"Email":"jdoe@univ.example"}}';
$calls = [
    'callbacks' => [10000, fn ($i) => Izly\Callback::parse($good)->untrusted()->userEmail],
    'unreadable callbacks' => [10000, fn ($i) => failure(fn () => Izly\Callback::parse('{"OperationSMoney":{"Id":"none"}}'))],
    'orders' => [10000, fn ($i) => new Izly\NewPayment(new Izly\Order("order-$i", $i), callbackParameters: ['a' => "$i"])],
    'refused orders' => [10000, fn ($i) => thrown(fn () => new Izly\Order('o', 1.5))],
    'replies' => [10000, fn ($i) => Izly\Reply::rejected(1, "m$i")->body],
    'logins' => [10000, fn ($i) => $client->startLogin()->url],
    'confirmed' => [10000, fn ($i) => $client->confirm($i, new Izly\Order("order-$i", $i))->customerEmail],
    'mismatches' => [2000, fn ($i) => failure(fn () => $client->confirm($i, new Izly\Order('another', $i)))],
    'refunds' => [200, fn ($i) => failure(fn () => $client->refund(new Izly\RefundTarget($i, "order-$i")))],
    'kept clients' => [10000, fn ($i) => $canned->client()],
    'own clients' => [200, fn ($i) => $canned->client(persistent: false)->payment($i)],
    'refused clients' => [2000, fn ($i) => failure(fn () => $canned->client(apiKey: 'x'))],
];
$footprint = function (): array {
    gc_collect_cycles();
    return [
        (int) explode(' ', file_get_contents('/proc/self/statm'))[1],
        memory_get_usage(),
        count(scandir('/proc/self/fd')),
        count(scandir('/proc/self/task')),
    ];
};
foreach ($calls as $name => [$count, $call]) {
    // Once each, and some more, so that what is loaded on first use is there.
    for ($i = 1; $i <= max(200 / $slow, 10); $i++) {
        $call($i);
    }
    $before = $footprint();
    for ($i = 1; $i <= $count / $slow; $i++) {
        $call($i);
    }
    [$pages, $bytes, $descriptors, $threads] = array_map(fn ($now, $then) => $now - $then, $footprint(), $before);
    // 64 pages: what an allocator does by itself. A leak of 30 bytes a call would be more.
    $flat = ($slow > 1 || $pages <= 64) && abs($bytes) < 1000 && $descriptors === 0 && $threads === 0;
    echo "$name: ", $flat ? 'flat' : "$pages pages, $bytes bytes, $descriptors descriptors, $threads threads", "\n";
}
--EXPECT--
callbacks: flat
unreadable callbacks: flat
orders: flat
refused orders: flat
replies: flat
logins: flat
confirmed: flat
mismatches: flat
refunds: flat
kept clients: flat
own clients: flat
refused clients: flat
