--TEST--
A reply that comes too late is not half sent: one error, and no body
--FILE--
<?php
require __DIR__ . '/support/support.php';

// The command line has no headers that could be late; a server has.
$page = tempnam(sys_get_temp_dir(), 'izly') . '.php';
file_put_contents($page, <<<'PAGE'
<?php
$warnings = 0;
set_error_handler(function ($level, $message) use (&$warnings) { $warnings++; throw new ErrorException($message); });
if (($_SERVER['QUERY_STRING'] ?? '') === 'late') {
    echo 'before.';
    flush();
}
try {
    Izly\Reply::rejected(12, 'the body')->send();
} catch (Throwable $failure) {
    echo get_class($failure), ' ', $failure->getMessage(), ' ', $warnings, ' warnings';
}
PAGE);
$listener = stream_socket_server('tcp://127.0.0.1:0');
$address = stream_socket_get_name($listener, false);
fclose($listener);
$command = [PHP_BINARY, '-n', '-d', 'output_buffering=0', '-d', 'extension=' . setting('IZLY_MODULE'), '-S', $address, $page];
$server = proc_open($command, [2 => ['file', '/dev/null', 'w']], $pipes);
foreach (['', 'late'] as $query) {
    $text = false;
    for ($attempt = 0; $attempt < 100 && $text === false; $attempt++) {
        $text = @file_get_contents("http://$address/?$query", false, stream_context_create(['http' => ['ignore_errors' => true]]));
        $text === false && usleep(100000);
    }
    echo "$http_response_header[0] $text\n";
}
proc_terminate($server, 2); // As Ctrl-C does: it frees what it has, and ends.
proc_close($server);
unlink($page);
--EXPECT--
HTTP/1.1 500 Internal Server Error {"Code":12,"ErrorMessage":"the body"}
HTTP/1.1 200 OK before.Error Izly\Reply::send() comes too late: something has been sent already 0 warnings
