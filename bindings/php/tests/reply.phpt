--TEST--
A reply is sent with its status and its type, or given to a framework
--FILE--
<?php
require __DIR__ . '/support/support.php';

$reply = Izly\Reply::rejected(12, 'pas "encore"');
ob_start();
$reply->send();
$body = ob_get_clean();
$first = http_response_code();
ob_start();
Izly\Reply::accepted()->send();
$accepted = ob_get_clean();
echo $first, ' ', $body, "\n", http_response_code(), ' ', $accepted, "\n";
echo $reply->status, ' ', json_encode($reply->headers), ' ', $reply->body === $body, "\n";
echo Izly\Reply::rejected(1, 'later', 200)->status, "\n";
--EXPECT--
500 {"Code":12,"ErrorMessage":"pas \"encore\""}
200 {"Code":0,"ErrorMessage":""}
500 {"Content-Type":"application\/json; charset=utf-8"} 1
200
