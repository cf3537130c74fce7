--TEST--
A library that does not fit is warned of, and constructors throw; PHP runs
--FILE--
<?php
require __DIR__ . '/support/support.php';

// The shim is a library that says another version than the one this was built for, and has nothing else in it.
$calls = '[fn () => new Izly\Client("k", "preproduction"), fn () => Izly\Callback::parse("{}"), fn () => Izly\Reply::accepted(), fn () => Izly\Reply::rejected(1, "m")]';
$code = 'echo "PHP runs\n"; foreach ($argv[1] ? ' . $calls . ' : [] as $call) '
    . 'try { $call(); echo "made\n"; } catch (Izly\Exception\ConfigurationException $e) { echo $e->getField(), ": ", $e->getMessage(), "\n"; }';
foreach ([999 => 1, 2000 => 1, 1000000 => 1, 1000 => 0, 1001 => 0] as $version => $throws) {
    $command = [PHP_BINARY, '-n', '-d', 'display_startup_errors=1', '-d', 'html_errors=0', '-d', 'extension=' . setting('IZLY_MODULE'), '-r', $code, '--', (string) $throws];
    $environment = ['LD_LIBRARY_PATH' => setting('IZLY_VERSION_SHIM'), 'IZLY_SHIM_VERSION' => (string) $version] + getenv();
    $process = proc_open($command, [1 => ['pipe', 'w'], 2 => ['redirect', 1]], $pipes, null, $environment);
    $said = stream_get_contents($pipes[1]);
    echo "-- $version\n", trim(preg_replace('/Unable|[Ii]n Unknown on line 0/', '', $said)), "\n";
    proc_close($process);
}
--EXPECT--
-- 999
Warning: PHP Startup: izly was built for libizly 0.1.0 and cannot work with 9.9.9, which is installed 
PHP runs
libizly: configuration: libizly 9.9.9 does not fit this extension, which was built for 0.1.0
libizly: configuration: libizly 9.9.9 does not fit this extension, which was built for 0.1.0
libizly: configuration: libizly 9.9.9 does not fit this extension, which was built for 0.1.0
libizly: configuration: libizly 9.9.9 does not fit this extension, which was built for 0.1.0
-- 2000
Warning: PHP Startup: izly was built for libizly 0.1.0 and cannot work with 9.9.9, which is installed 
PHP runs
libizly: configuration: libizly 9.9.9 does not fit this extension, which was built for 0.1.0
libizly: configuration: libizly 9.9.9 does not fit this extension, which was built for 0.1.0
libizly: configuration: libizly 9.9.9 does not fit this extension, which was built for 0.1.0
libizly: configuration: libizly 9.9.9 does not fit this extension, which was built for 0.1.0
-- 1000000
Warning: PHP Startup: izly was built for libizly 0.1.0 and cannot work with 9.9.9, which is installed 
PHP runs
libizly: configuration: libizly 9.9.9 does not fit this extension, which was built for 0.1.0
libizly: configuration: libizly 9.9.9 does not fit this extension, which was built for 0.1.0
libizly: configuration: libizly 9.9.9 does not fit this extension, which was built for 0.1.0
libizly: configuration: libizly 9.9.9 does not fit this extension, which was built for 0.1.0
-- 1000
PHP runs
-- 1001
PHP runs
