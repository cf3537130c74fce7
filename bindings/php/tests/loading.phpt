--TEST--
Loading the extension starts no thread and opens nothing; a client does neither before its first call
--FILE--
<?php
require __DIR__ . '/support/support.php';

/* The threads and the descriptors of a new PHP, with and without the extension. */
function counted(string $code, string ...$options): string
{
    $code .= 'echo count(scandir("/proc/self/task")) - 2, " ", count(scandir("/proc/self/fd")) - 2;';
    $command = [PHP_BINARY, '-n', ...$options, '-r', $code];
    return shell_exec(implode(' ', array_map('escapeshellarg', $command)));
}
$extension = ['-d', 'extension=' . setting('IZLY_MODULE')];
$without = counted('');
$make = sprintf('$client = new Izly\Client("%s", "preproduction"); $client->startLogin();', PARIS_KEY);
echo strtok($without, ' '), " thread\n";
echo counted('', ...$extension) === $without ? "loading adds nothing\n" : "loading adds something\n";
echo counted($make, ...$extension) === $without ? "a client adds nothing\n" : "a client adds something\n";
--EXPECT--
1 thread
loading adds nothing
a client adds nothing
