--TEST--
A trace shows no argument that is secret; an excerpt is in no dump
--INI--
zend.exception_ignore_args=0
zend.exception_string_param_max_len=1000
--FILE--
<?php
require __DIR__ . '/support/support.php';

$canned = new Canned();
$client = $canned->client();
$canned->answer(200, '<html>jdoe@univ.example s3cret-page');
$secrets = ['UGFyaXM', 's3cret', 'jdoe@univ.example']; // The first is how the key begins.
$calls = [
    'constructor' => fn () => new Izly\Client('UGFyaXM s3cret', 'preproduction'),
    'proxy' => fn () => new Izly\Client(PARIS_KEY, 'preproduction', proxy: 's3cret'),
    'finishLogin' => fn () => $client->finishLogin('code=s3cret&state=t', 's3cret'),
    'refresh' => fn () => $client->refresh('s3cret'),
    'user' => fn () => $client->user('s3cret'),
    'parse' => fn () => Izly\Callback::parse('{"User":{"Email":"jdoe@univ.example"}'),
    'payment' => fn () => $client->payment(1),
    'new payment' => fn () => new Izly\NewPayment(new Izly\Order('o', 1), 's3cret', ['a' => 's3cret'], 's3cret', 'five'),
    'type error' => fn () => new Izly\Client('UGFyaXM s3cret', 'preproduction', deadlineMs: '5'),
];
foreach ($calls as $name => $call) {
    try {
        $call();
        echo "$name: nothing was thrown\n";
    } catch (Throwable $exception) {
        $views = ["$exception", print_r($exception, true), var_export($exception, true), json_encode($exception),
            json_encode(array_values((array) $exception), JSON_PARTIAL_OUTPUT_ON_ERROR)];
        ob_start();
        var_dump($exception);
        $views[] = ob_get_clean();
        $leaking = array_filter($views, fn ($view) => leaks($view, ...$secrets));
        echo "$name: ", get_class($exception), ', ', count($views), ' views, ', count($leaking), " leak\n";
    }
}
$exception = failure(fn () => $client->payment(1));
echo $exception->revealExcerpt(), "\n", thrown(fn () => serialize($exception)), "\n", thrown(fn () => clone $exception), "\n";
--EXPECT--
constructor: Izly\Exception\ConfigurationException, 6 views, 0 leak
proxy: Izly\Exception\ConfigurationException, 6 views, 0 leak
finishLogin: Izly\Exception\MismatchException, 6 views, 0 leak
refresh: Izly\Exception\UnreadableException, 6 views, 0 leak
user: Izly\Exception\UnreadableException, 6 views, 0 leak
parse: Izly\Exception\UnreadableException, 6 views, 0 leak
payment: Izly\Exception\UnreadableException, 6 views, 0 leak
new payment: TypeError, 6 views, 0 leak
type error: TypeError, 6 views, 0 leak
<html>jdoe@univ.example ***-page
Exception: Serialization of 'Izly\Exception\UnreadableException' is not allowed
Error: Trying to clone an uncloneable object of class Izly\Exception\UnreadableException
