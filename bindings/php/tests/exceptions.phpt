--TEST--
Each way for a server to answer has its exception, with what happened and what may be done
--FILE--
<?php
require __DIR__ . '/support/support.php';

$canned = new Canned();
$unknown = '{"Code":356,"ErrorMessage":"Opération introuvable","Title":"Impossible","Priority":2}';
$scenes = [
    'a page' => fn () => $canned->answer(200, '<html>'),
    'a redirect' => fn () => $canned->answer(302, '', "Location: https://evil.example/\r\n"),
    'no access' => fn () => $canned->answer(401, ''),
    'too often' => fn () => $canned->answer(429, '', "Retry-After: 7\r\n"),
    'code 356' => fn () => $canned->answer(404, $unknown),
    'a failure' => fn () => $canned->answer(500, ''),
    'half an answer' => fn () => $canned->say('raw', "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"Op"),
    'not HTTP' => fn () => $canned->say('raw', "SSH-2.0-OpenSSH_9.2\r\n\r\n"),
    'too much' => fn () => $canned->answer(200, str_repeat(' ', 2048)),
    'silence' => fn () => $canned->say('silent'),
    'waiting' => fn () => $canned->answer(200, '{"OperationId":1,"OrderId":"o","Amount":1.50,"OperationStatus":"Waiting"}'),
    'refused' => fn () => $canned->answer(200, '{"OperationId":1,"OrderId":"o","Amount":1.50,"OperationStatus":"Refused"}'),
    'another order' => fn () => $canned->answer(200, '{"OperationId":1,"OrderId":"p","Amount":1.50,"OperationStatus":"Completed"}'),
];
$order = new Izly\Order('o', 150);
$line = function (string $name, ?Izly\Exception\IzlyException $failure): void {
    echo "$name: ", substr(get_class($failure), strlen('Izly\Exception\\')), ' ', $failure->getCode(), ' ',
        $failure->getOutcome()->name, ' ', $failure->getRetry()->name;
    foreach (['getHttpStatus', 'getApiCode', 'getRetryAfterSeconds', 'getField', 'getCall', 'getPhase', 'getApiMessage', 'getTitle', 'getOauthError', 'revealExcerpt'] as $getter) {
        echo $failure->$getter() === null ? '' : " $getter=" . substr((string) $failure->$getter(), 0, 40);
    }
    echo "\n";
};
foreach ($scenes as $name => $play) {
    $play();
    // Long enough to connect in, even under valgrind.
    $client = $canned->client(deadlineMs: $name === 'silence' ? 3000 : 15000, maxBodyBytes: 1024);
    $line($name, failure(fn () => $client->confirm(1, $order)));
    if ($name !== 'silence') {
        $canned->forget();
        $line("  a refund", failure(fn () => $client->refund(new Izly\RefundTarget(1, 'o'))));
        // Money is never asked for twice.
        count($canned->requests()) === 1 || print "sent more than once\n";
    }
}
$line('OAuth', (function () use ($canned) {
    $canned->answer(400, '{"error":"invalid_grant","error_description":"expired"}');
    return failure(fn () => $canned->client()->refresh('t'));
})());
$closed = stream_socket_server('tcp://127.0.0.1:0');
$address = stream_socket_get_name($closed, false);
fclose($closed);
$line('nobody', failure(fn () => (new Izly\Client(PARIS_KEY, "http://$address"))->payment(1)));
$line('no host', failure(fn () => (new Izly\Client(PARIS_KEY, 'https://izly.invalid'))->payment(1)));
$canned->say('blurt', "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
$line('no TLS', failure(fn () => $canned->client(environment: 'https' . substr($canned->url, 4))->payment(1)));
$line('no text', failure(fn () => $canned->client()->createPayment(new Izly\Order("\xff", 1))));
$line('setting', failure(fn () => $canned->client(apiKey: '')));
$line('callback', failure(fn () => Izly\Callback::parse(str_repeat(' ', 2 << 20))));
$own = new Izly\Exception\NotFinalException('made by a test');
$line('our own', $own);
--EXPECT--
a page: UnreadableException 40 Unknown Report getHttpStatus=200 getCall=confirm revealExcerpt=<html>
  a refund: UnreadableException 40 Unknown LookUpFirst getHttpStatus=200 getCall=refund revealExcerpt=<html>
a redirect: RedirectException 41 Unknown Report getHttpStatus=302 getCall=confirm
  a refund: RedirectException 41 Unknown LookUpFirst getHttpStatus=302 getCall=refund
no access: AuthenticationException 42 Rejected Fix getHttpStatus=401 getCall=confirm
  a refund: AuthenticationException 42 Rejected Fix getHttpStatus=401 getCall=refund
too often: RateLimitedException 43 Rejected Later getHttpStatus=429 getRetryAfterSeconds=7 getCall=confirm
  a refund: RateLimitedException 43 Rejected Later getHttpStatus=429 getRetryAfterSeconds=7 getCall=refund
code 356: ApiException 44 Rejected No getHttpStatus=404 getApiCode=356 getCall=confirm getApiMessage=Opération introuvable getTitle=Impossible revealExcerpt={"Code":356,"ErrorMessage":"Opération i
  a refund: ApiException 44 Rejected No getHttpStatus=404 getApiCode=356 getCall=refund getApiMessage=Opération introuvable getTitle=Impossible revealExcerpt={"Code":356,"ErrorMessage":"Opération i
a failure: ServerException 45 Unknown Safe getHttpStatus=500 getCall=confirm
  a refund: ServerException 45 Unknown LookUpFirst getHttpStatus=500 getCall=refund
half an answer: DisconnectedException 24 Unknown Safe getHttpStatus=200 getCall=confirm
  a refund: DisconnectedException 24 Unknown LookUpFirst getHttpStatus=200 getCall=refund
not HTTP: ProtocolException 25 Unknown Safe getCall=confirm
  a refund: ProtocolException 25 Unknown LookUpFirst getCall=refund
too much: TooLargeException 26 Unknown Safe getHttpStatus=200 getCall=confirm
  a refund: TooLargeException 26 Unknown LookUpFirst getHttpStatus=200 getCall=refund
silence: TimeoutException 23 Unknown Safe getCall=confirm getPhase=receive
waiting: NotFinalException 60 Unknown Later getHttpStatus=200 getCall=confirm
  a refund: NotFinalException 60 Unknown LookUpFirst getHttpStatus=200 getCall=refund
refused: NotPaidException 62 Rejected No getHttpStatus=200 getCall=confirm
  a refund: NotFinalException 60 Unknown LookUpFirst getHttpStatus=200 getCall=refund
another order: MismatchException 61 Rejected No getHttpStatus=200 getField=order_id getCall=confirm revealExcerpt={"OperationId":1,"OrderId":"p","Amount":
  a refund: NotFinalException 60 Unknown LookUpFirst getHttpStatus=200 getCall=refund
OAuth: ApiException 44 Rejected RestartLogin getHttpStatus=400 getCall=refresh getApiMessage=expired getOauthError=invalid_grant revealExcerpt={"error":"invalid_grant","error_descript
nobody: ConnectException 21 NotSent Safe getCall=payment
no host: ResolveException 20 NotSent Safe getCall=payment
no TLS: TlsException 22 NotSent Fix getCall=payment
no text: InvalidInputException 2 NotSent Fix getField=order_id
setting: ConfigurationException 5 NotSent Fix getField=api_key
callback: TooLargeException 26 NotSent Safe
our own: NotFinalException 0 Unknown Report
