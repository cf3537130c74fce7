--TEST--
With izly.persistent off nothing outlives its object
--INI--
izly.persistent=0
--FILE--
<?php
require __DIR__ . '/support/support.php';

$canned = new Canned();
$canned->say('echo');
for ($i = 0; $i < 3; $i++) {
    $canned->client()->payment(42);
}
$client = $canned->client();
$client->payment(42);
$client->payment(42);
echo $canned->accepted(), " connections\n";
(new ReflectionExtension('izly'))->info();
--EXPECTF--
4 connections

izly

Izly support => enabled
Extension version => %s
libizly header version => %s
libizly library version => %s
Clients kept by this process => 0

Directive => Local Value => Master Value
izly.persistent => Off => Off
izly.max_clients => 8 => 8
