--TEST--
phpinfo has both versions and what is kept, and no secret
--FILE--
<?php
require __DIR__ . '/support/support.php';

$canned = new Canned();
$canned->client();
ob_start();
(new ReflectionExtension('izly'))->info();
$info = ob_get_clean();
echo preg_replace('/\d+\.\d+\.\d+/', 'VERSION', $info);
echo leaks($info, PARIS_KEY, 's3cret', 'Paris') ? "leaks\n" : "no leak\n";
preg_match_all('/libizly \w+ version => (.*)/', $info, $versions);
echo count(array_unique($versions[1])), "\n";
foreach (['izly.persistent', 'izly.max_clients'] as $setting) {
    echo $setting, ini_set($setting, '1') === false ? ' cannot be set by a page' : ' can be set by a page', "\n";
}
--EXPECT--
izly

Izly support => enabled
Extension version => VERSION
libizly header version => VERSION
libizly library version => VERSION
Clients kept by this process => 1

Directive => Local Value => Master Value
izly.persistent => On => On
izly.max_clients => 8 => 8
no leak
1
izly.persistent cannot be set by a page
izly.max_clients cannot be set by a page
