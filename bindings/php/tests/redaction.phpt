--TEST--
Dumps, casts, loops hold no secret and nobody's data; by its name a property can be read
--FILE--
<?php
require __DIR__ . '/support/support.php';

$canned = new Canned();
$client = $canned->client();
$secrets = ['s3cret-access', 's3cret-refresh', 's3cret-extra', 'ine-0042', 'jdoe@univ.example', 's3cret-token', 's3cret-words', 's3cret-state'];
function views(object $value): Generator
{
    yield 'print_r' => print_r($value, true);
    yield 'var_export' => var_export($value, true);
    yield 'json_encode' => json_encode($value);
    yield 'array' => json_encode((array) $value);
    yield 'get_object_vars' => json_encode(get_object_vars($value));
    yield 'get_mangled_object_vars' => json_encode(get_mangled_object_vars($value));
    yield 'foreach' => (function () use ($value) {
        $all = '';
        foreach ($value as $name => $item) {
            $all .= $name . json_encode($item);
        }
        return $all;
    })();
    // Refused: what has handlers of its own cannot be looked at as an array.
    yield 'ArrayObject' => thrown(fn () => new ArrayObject($value));
    yield 'http_build_query' => http_build_query($value);
    foreach (['var_dump', 'debug_zval_dump'] as $dump) {
        ob_start();
        $dump($value);
        yield $dump => ob_get_clean();
    }
}
$extra = '"Extra":"s3cret-extra"';
$customer = '"CustomerEmail":"jdoe@univ.example","Message":"s3cret-words","ClientParameters":"s3cret-words"';
$paid = "{\"OperationId\":1,\"Amount\":1.50,\"OrderId\":\"o\",\"OperationStatus\":\"Completed\",$customer,$extra}";
$order = new Izly\Order('o', 150);
$canned->answer(200, "{\"access_token\":\"s3cret-access\",\"refresh_token\":\"s3cret-refresh\",$extra}");
$tokens = $client->finishLogin('code=c&state=s', 's');
$canned->answer(200, "{\"Ine\":\"ine-0042\",\"Societe\":10,$extra}");
$user = $client->user($tokens);
$canned->answer(200, $paid);
$values = [$tokens, $user, $client->payment(1), $client->confirm(1, $order)];
$canned->answer(200, "{\"PaymentAuthorizationUrl\":\"$canned->url/a?token=s3cret-token\",\"OperationSMoney\":{\"Id\":1},$extra}");
$payment = new Izly\NewPayment($order, message: 's3cret-words', callbackParameters: ['a' => 's3cret-words']);
array_push($values, $payment, $client->createPayment($payment));
$callback = Izly\Callback::parse("{\"OperationSMoney\":{\"Id\":1,\"Message\":\"s3cret-words\"},\"User\":{\"Email\":\"jdoe@univ.example\"},$extra}");
$canned->answer(200, "{\"OperationId\":1,\"OperationStatus\":\"Refund\",$extra}");
array_push($values, $callback, $callback->untrusted(), $client->refund(new Izly\RefundTarget(1, 'o')));
$login = $client->startLogin();
array_push($secrets, $login->state);
$values[] = $login;
$values[] = new Izly\Client('UGFyaXMtNzgtNzgtNzgtNzg6czNjcmV0LXRva2Vu', 'preproduction', proxy: 'http://s3cret-words@localhost:1');
$secrets[] = 'UGFyaXMtNzgtNzgtNzgtNzg6czNjcmV0LXRva2Vu';
$count = 0;
foreach ($values as $value) {
    foreach (views($value) as $view => $text) {
        $count++;
        leaks($text, ...$secrets) && print get_class($value) . " leaks by $view: $text\n";
    }
}
echo count($values), " values, $count views\n";
echo $tokens->accessToken, ' ', $tokens->refreshToken, ' ', $user->ine, ' ', $user->company, ' ', $callback->untrusted()->userEmail, "\n";
echo json_encode($user), "\n", print_r($tokens, true);
--EXPECT--
11 values, 121 views
s3cret-access s3cret-refresh ine-0042 10 jdoe@univ.example
{"company":"10","rate":null,"academicYear":null,"institutionCode":null,"clientType":null}
Izly\Tokens Object
(
    [accessToken] => (covered)
    [refreshToken] => (covered)
    [tokenType] => 
    [expiresIn] => 
    [scope] => 
    [extraJson] => (covered)
)
