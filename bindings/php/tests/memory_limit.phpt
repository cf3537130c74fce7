--TEST--
Where memory runs out during a call, the request ends and the worker holds nothing of it
--FILE--
<?php
require __DIR__ . '/support/support.php';

// Each page runs into its limit while a record of the library is copied; the process then makes the next page.
$canned = new Canned();
$big = str_repeat('x', 3000000);
$canned->answer(200, "{\"OperationId\":1,\"Amount\":1.50,\"OrderId\":\"o\",\"OperationStatus\":\"Completed\",\"Message\":\"$big\"}");
$page = tempnam(sys_get_temp_dir(), 'izly') . '.php';
file_put_contents($page, <<<'PAGE'
<?php
function resident(): int
{
    return (int) explode(' ', file_get_contents('/proc/self/statm'))[1];
}
if ($_GET['what'] === 'resident') {
    exit((string) resident());
}
$client = new Izly\Client($_SERVER['HTTP_X_KEY'], $_SERVER['HTTP_X_URL'], maxBodyBytes: 4 << 20);
// PHP ends the request in the middle of the copy, or, where it has a hard limit too, right after the call.
ini_set('memory_limit', '4M');
echo 'before the call. ';
$client->payment(1);
echo 'after the call.';
PAGE);
$listener = stream_socket_server('tcp://127.0.0.1:0');
$address = stream_socket_get_name($listener, false);
fclose($listener);
$options = ['-d', 'display_errors=1', '-S', $address, $page];
$server = proc_open([PHP_BINARY, '-n', '-d', 'extension=' . setting('IZLY_MODULE'), ...$options], [2 => ['file', '/dev/null', 'w']], $pipes);
function get(string $address, string $what, Canned $canned): string
{
    $header = 'X-Key: ' . PARIS_KEY . "\r\nX-Url: $canned->url";
    $context = stream_context_create(['http' => ['header' => $header, 'ignore_errors' => true, 'timeout' => 60]]);
    for ($attempt = 0; $attempt < 100; $attempt++) {
        $text = @file_get_contents("http://$address/?what=$what", false, $context);
        if ($text !== false) {
            return $text;
        }
        usleep(100000);
    }
    return 'no answer';
}
$limits = 0;
for ($i = 0; $i < 5; $i++) {
    $limits += (int) preg_match('/before the call.*Allowed memory size/s', get($address, 'payment', $canned));
}
$before = (int) get($address, 'resident', $canned);
for ($i = 0; $i < 50; $i++) {
    $limits += (int) preg_match('/before the call.*Allowed memory size/s', get($address, 'payment', $canned));
}
$after = (int) get($address, 'resident', $canned);
proc_terminate($server);
unlink($page);
echo "$limits of 55 pages ran into the limit\n";
// A record that is kept holds 3000000 bytes, 732 pages: fifty of them are 36600.
echo $after - $before < 1000 ? "nothing is kept\n" : $after - $before . " pages more\n";
--EXPECT--
55 of 55 pages ran into the limit
nothing is kept
