--TEST--
Each setting changes what it should, and nothing is taken from the environment
--FILE--
<?php
require __DIR__ . '/support/support.php';

$canned = new Canned();
$paid = '{"OperationId":1,"Amount":1.50,"OrderId":"o","OperationStatus":"Completed"}';
$head = function (Izly\Client $client, callable $call) use ($canned): string {
    $canned->forget();
    $failure = failure(fn () => $call($client));
    return $failure === null ? $canned->requests()[0]['head'] : $failure->getMessage();
};
$agent = fn (string $head) => preg_match('/^user-agent: (.*)\r$/mi', $head, $found) ? $found[1] : $head;
$read = fn (Izly\Client $client) => $client->payment(1);
$canned->answer(200, $paid);
$language = 'PHP ' . PHP_MAJOR_VERSION . '.' . PHP_MINOR_VERSION;
echo str_replace($language, 'PHP', $agent($head($canned->client(), $read))), "\n";
echo str_replace($language, 'PHP', $agent($head($canned->client(application: 'boutique/1.4'), $read))), "\n";

$wire = new Izly\Wire(refundSlash: true, contentType: Izly\ContentType::SMoney);
$canned->answer(200, '{"OperationId":1,"OperationStatus":"Refund"}');
$sent = $head($canned->client(wire: $wire), fn ($client) => $client->refund(new Izly\RefundTarget(1, 'o')));
echo strtok($sent, "\r"), ' ', str_contains($sent, 'application/vnd.s-money.v1+json') ? 's-money' : 'xpollens', "\n";
$sent = $head($canned->client(wire: new Izly\Wire()), fn ($client) => $client->refund(new Izly\RefundTarget(1, 'o')));
echo strtok($sent, "\r"), ' ', str_contains($sent, 'application/vnd.Xpollens.v1+json') ? 'xpollens' : 's-money', "\n";

$canned->answer(200, '{"OperationId":1,"Amount":150,"OrderId":"o","OperationStatus":"Completed"}');
echo $canned->client()->payment(1)->amountCents, ' ',
    $canned->client(wire: new Izly\Wire(replyAmounts: Izly\AmountUnit::Centimes))->payment(1)->amountCents, "\n";

$canned->answer(200, '{"access_token":"a"}');
echo failure(fn () => $canned->client()->finishLogin('code=c', 's'))->getField(), ' ',
    $canned->client(wire: new Izly\Wire(state: Izly\StatePolicy::AllowMissing))->finishLogin('code=c', 's')->accessToken, "\n";
// A login that brought no refresh token cannot be refreshed.
echo thrown(fn () => $canned->client()->refresh($canned->client()->finishLogin('code=c&state=s', 's'))), "\n";

putenv("HTTPS_PROXY=$canned->url");
$canned->forget();
$canned->answer(403, '');
echo get_class(failure(fn () => $canned->client(environment: 'https://izly.invalid')->payment(1))), ' ', count($canned->requests()), "\n";
$failure = failure(fn () => $canned->client(environment: 'https://izly.invalid', proxy: $canned->url)->payment(1));
echo get_class($failure), ' ', strtok($canned->requests()[0]['head'], "\r"), "\n";

echo failure(fn () => $canned->client(caFile: '/no/such/file'))->getField(), ' ',
    failure(fn () => $canned->client(caFile: __FILE__, systemRoots: true))->getField(), ' ',
    failure(fn () => $canned->client(appIdentifier: 'Lyon'))->getField(), "\n";
// In a process of its own: the limit is there for the rest of it.
$limited = <<<'CODE'
ini_set('open_basedir', $argv[1]);
foreach (["$argv[1]/ca.pem", "$argv[1]/../support.php", '/etc/ssl/certs/ca-certificates.crt'] as $file) {
    try {
        new Izly\Client($argv[2], 'preproduction', caFile: $file);
        echo "taken\n";
    } catch (Izly\Exception\ConfigurationException $exception) {
        echo $exception->getMessage(), "\n";
    }
}
CODE;
$command = [PHP_BINARY, '-n', '-d', 'extension=' . setting('IZLY_MODULE'), '-r', $limited, '--', __DIR__ . '/support', PARIS_KEY];
passthru(implode(' ', array_map('escapeshellarg', $command)));
foreach (['production', Izly\Environment::Production, 'preproduction', Izly\Environment::Preproduction] as $environment) {
    echo parse_url((new Izly\Client(PARIS_KEY, $environment))->startLogin()->url, PHP_URL_HOST), "\n";
}
$begins = microtime(true);
$canned->say('silent');
failure(fn () => $canned->client(deadlineMs: 300)->payment(1));
echo microtime(true) - $begins < 10 ? "the deadline is kept\n" : "late\n";
--EXPECT--
izly/0.1.0 (PHP)
izly/0.1.0 (PHP) boutique/1.4
POST /api/Izly/WebPayments/1/Refund?clientOrderId=/o HTTP/1.1 s-money
POST /api/Izly/WebPayments/1/Refund?clientOrderId=o HTTP/1.1 xpollens
15000 150
state a
Izly\Exception\InvalidInputException: invalid input: refresh_token is missing: Izly never gave one
Izly\Exception\ResolveException 0
Izly\Exception\ConnectException CONNECT izly.invalid:443 HTTP/1.1
ca_file roots app_identifier
taken
configuration: ca_file must lie within open_basedir
configuration: ca_file must lie within open_basedir
rest.izly.fr
rest.izly.fr
rest-pp.izly.fr
rest-pp.izly.fr
the deadline is kept
