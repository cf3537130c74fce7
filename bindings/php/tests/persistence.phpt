--TEST--
A worker keeps a client for each configuration, as many as it may, and none if told so
--INI--
izly.max_clients=4
--FILE--
<?php
require __DIR__ . '/support/support.php';

$canned = new Canned();
$canned->say('echo');
$connections = function (callable $make, int $times = 3) use ($canned): int {
    $before = $canned->accepted();
    for ($i = 1; $i <= $times; $i++) {
        $make($i)->payment(42);
    }
    return $canned->accepted() - $before;
};
$kept = function (): int {
    ob_start();
    (new ReflectionExtension('izly'))->info();
    return (int) preg_replace('/.*process => (\d+).*/s', '$1', ob_get_clean());
};
// Each object is gone before the next one is made: only the worker can have kept its connection.
echo 'the same settings: ', $connections(fn () => $canned->client()), ', kept: ', $kept(), "\n";
echo 'another deadline: ', $connections(fn () => $canned->client(deadlineMs: 9000)), ', kept: ', $kept(), "\n";
echo 'another key: ', $connections(fn () => $canned->client(apiKey: base64_encode('Paris:b'))), ', kept: ', $kept(), "\n";
echo 'not persistent: ', $connections(fn () => $canned->client(persistent: false)), ', kept: ', $kept(), "\n";
echo 'no reuse: ', $connections(fn () => $canned->client(reuseConnections: false)), ', kept: ', $kept(), "\n";
echo 'five others: ', $connections(fn ($i) => $canned->client(application: "a/$i"), 5), ', kept: ', $kept(), "\n";
// Four at most: the one idle longest went, the last one stayed.
echo 'the last again: ', $connections(fn () => $canned->client(application: 'a/5')), "\n";
echo 'the first again: ', $connections(fn () => $canned->client(application: 'a/1')), "\n";
// Four are kept now; the one that has been used again stays, though it was made first.
$connections(fn ($i) => $canned->client(application: "b/$i"), 4);
$connections(fn () => $canned->client(application: 'b/1'), 1);
$connections(fn () => $canned->client(application: 'b/5'), 1);
echo 'used again: ', $connections(fn () => $canned->client(application: 'b/1')), ', not used: ', $connections(fn () => $canned->client(application: 'b/2')), "\n";
// Those that are held are never ended; what comes on top is the object's own.
$held = array_map(fn ($i) => $canned->client(application: "held/$i"), range(1, 6));
echo 'held: ', $connections(fn ($i) => $held[$i - 1], 6), ', again: ', $connections(fn ($i) => $held[$i - 1], 6), ', kept: ', $kept(), "\n";
unset($held);
echo 'kept: ', $kept(), "\n";
// A file that has been replaced holds other certificates.
$file = tempnam(sys_get_temp_dir(), 'izly');
copy(__DIR__ . '/support/ca.pem', $file);
echo 'a file: ', $connections(fn () => $canned->client(caFile: $file));
touch($file, 1000000000);
echo ', replaced: ', $connections(fn () => $canned->client(caFile: $file)), "\n";
unlink($file);
--EXPECT--
the same settings: 1, kept: 1
another deadline: 1, kept: 2
another key: 1, kept: 3
not persistent: 3, kept: 3
no reuse: 3, kept: 4
five others: 5, kept: 4
the last again: 0
the first again: 1
used again: 0, not used: 1
held: 6, again: 0, kept: 4
kept: 4
a file: 1, replaced: 1
