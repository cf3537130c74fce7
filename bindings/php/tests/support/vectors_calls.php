<?php
/* What each kind of vector does. A function gives the members that came, or lets the exception through. */

use Izly\Client;
use Izly\NewPayment;
use Izly\Order;
use Izly\RefundTarget;

function call_vector(array $vector, Canned $server): array
{
    return match ($vector['call']) {
        'callback' => callback_members(body_of($vector)),
        'create_payment' => call_create_payment($vector, $server),
        'payment', 'confirm', 'refund', 'token', 'refresh', 'user' => call_reply($vector, $server),
        'login_return' => call_login_return($vector, $server),
        'login_url' => call_login_url($vector),
        'api_key' => call_api_key($vector, $server),
        'order' => call_order($vector, $server),
        'environment' => call_environment($vector),
        'new_payment' => call_new_payment($vector, $server),
        'payment_request', 'refund_request', 'token_request', 'refresh_request', 'user_request' =>
            call_request($vector, $server),
    };
}

function partner(array $vector, Canned $server): Client
{
    return $server->client(...partner_settings($vector));
}

function callback_members(string $body): array
{
    $callback = Izly\Callback::parse($body);
    return members($callback) + members($callback->untrusted());
}

/* ---- Replies ---- */

/* A text with the canned server in place of the vectors' environment: http and https change places, so that what was
 * another scheme still is, and a port that the text gives stays. */
function moved(string $text, Canned $server): string
{
    $here = substr($server->url, strlen('http://'));
    return strtr($text, [
        'https:' => 'http:',
        'http:' => 'https:',
        VECTOR_HOST . ':' => '127.0.0.1:',
        VECTOR_HOST => $here,
    ]);
}

function order_of(array $input): Order
{
    return new Order($input['order_id'], $input['amount_cents']);
}

function call_create_payment(array $vector, Canned $server): array
{
    $lost = ['create-url-host-case', 'create-url-default-port', 'create-url-homoglyph', 'create-url-port-overflow'];
    if (in_array($vector['name'], $lost)) {
        throw new LeftOut('is about a host name or a default port, and the canned server has neither');
    }
    $server->answer($vector['status'] ?? 200, moved(body_of($vector), $server));
    $members = members(partner($vector, $server)->createPayment(order_of($vector['input'])));
    $url = $vector['expect']['authorization_url'] ?? null;
    if ($url !== null && moved($url, $server) === $members['authorization_url']) {
        $members['authorization_url'] = $url;
    }
    return $members;
}

function call_reply(array $vector, Canned $server): array
{
    $input = $vector['input'] ?? [];
    $server->answer($vector['status'] ?? 200, body_of($vector));
    $client = partner($vector, $server);
    return match ($vector['call']) {
        'payment' => members($client->payment($input['operation_id'])),
        // Not in these two, since nothing else can be.
        'confirm' => members($client->confirm($input['operation_id'], order_of($input))) +
            ['status' => 'Completed', 'error_text' => null],
        'refund' => members($client->refund(new RefundTarget($input['operation_id'], $input['order_id']))) +
            ['status' => 'Refund'],
        'token' => members($client->finishLogin('code=the-code&state=s', 's')),
        'refresh' => members($client->refresh($input['refresh_token'])),
        'user' => members($client->user('the-token')),
    };
}

/* ---- Login ---- */

/* The state is the library's own: what stands before it is compared. */
function call_login_url(array $vector): array
{
    $client = new Client(...partner_settings($vector), environment: Izly\Environment::Preproduction);
    $login = $client->startLogin($vector['input']['scope']);
    $own = rawurlencode($login->state);
    if (!str_ends_with($login->url, $own)) {
        throw new RuntimeException('the state is not the end of the address');
    }
    return ['url' => substr($login->url, 0, -strlen($own)) . rawurlencode($vector['input']['state'])];
}

function call_login_return(array $vector, Canned $server): array
{
    $server->answer(200, '{"access_token":"a"}');
    try {
        partner($vector, $server)->finishLogin($vector['input']['query'], $vector['input']['state']);
    } finally {
        $sent = $server->requests();
    }
    preg_match('/&code=([^ &]*)/', $sent[0]['head'], $code);
    return ['code' => rawurldecode($code[1])];
}

/* ---- Settings ---- */

function call_api_key(array $vector, Canned $server): array
{
    $input = $vector['input'];
    if (isset($input['secret'])) {
        throw new LeftOut('PHP has no key in two parts');
    }
    $client = $server->client(apiKey: $input['api_key'], appIdentifier: $input['app_identifier'] ?? null);
    $server->answer(200, '{"OperationId":1,"Amount":1.50,"OrderId":"o","OperationStatus":"Waiting"}');
    $client->payment(1);
    $headers = sent_headers($server->requests()[0]['head']);
    return ['identifier' => $headers['appidentifier'], 'api_key' => substr($headers['authorization'], strlen('Basic '))];
}

function call_environment(array $vector): array
{
    $secret = ($vector['input']['sandbox_key'] ?? false) ? 'sandbox_s3cret' : 's3cret';
    $key = base64_encode("Paris-78-78-78-78:$secret");
    $login = (new Client(apiKey: $key, environment: $vector['input']['url']))->startLogin();
    return ['base_url' => strstr($login->url, '/oauth/', true)];
}

/* ---- Requests: what the canned server got ---- */

function sent_headers(string $head): array
{
    $headers = [];
    foreach (array_slice(explode("\r\n", trim($head)), 1) as $line) {
        [$name, $value] = explode(':', $line, 2);
        $headers[strtolower($name)] = ltrim($value, ' ');
    }
    return $headers;
}

function sent_members(array $vector, Canned $server): array
{
    $requests = $server->requests();
    if (count($requests) !== 1) {
        throw new RuntimeException(count($requests) . ' requests were sent');
    }
    [$method, $target] = explode(' ', $requests[0]['head']);
    $wanted = $vector['expect']['headers'] ?? [];
    $headers = sent_headers($requests[0]['head']);
    $body = $requests[0]['body'];
    return [
        'method' => $method,
        'target' => $target,
        'headers' => array_combine(array_keys($wanted), array_map(fn ($name) => $headers[$name] ?? null, array_keys($wanted))),
        'body' => $body,
        'body_json' => json_decode($body, true),
    ];
}

/* A reply that any new payment accepts. */
function answer_created(Canned $server): void
{
    $server->answer(200, "{\"PaymentAuthorizationUrl\":\"$server->url/a\",\"OperationSMoney\":{\"Id\":586589}}");
}

/* An order has no check of its own: a payment is created for it. */
function call_order(array $vector, Canned $server): array
{
    answer_created($server);
    return members(partner($vector, $server)->createPayment(order_of($vector['input'])));
}

function call_new_payment(array $vector, Canned $server): array
{
    $input = $vector['input'];
    $parameters = $input['callback_parameters'] ?? null;
    if (is_array($parameters)) {
        $names = array_column($parameters, 0);
        if (count(array_unique($names)) < count($names)) {
            throw new LeftOut('a PHP array has each name once');
        }
        $parameters = array_column($parameters, 1, 0);
    }
    answer_created($server);
    partner($vector, $server)->createPayment(new NewPayment(
        order_of($input),
        message: $input['message'] ?? null,
        callbackParameters: $parameters,
        redirectUrl: $input['redirect_url'] ?? null,
        software: $input['software'] ?? null,
    ));
    return sent_members($vector, $server);
}

function call_request(array $vector, Canned $server): array
{
    $input = $vector['input'];
    $client = partner($vector, $server);
    $id = $input['operation_id'] ?? 0;
    $server->answer(200, match ($vector['call']) {
        'payment_request' => "{\"OperationId\":$id,\"Amount\":1.50,\"OrderId\":\"o\",\"OperationStatus\":\"Waiting\"}",
        'refund_request' => "{\"OperationId\":$id,\"OperationStatus\":\"Refund\"}",
        'user_request' => '{"Id":"1"}',
        default => '{"access_token":"a"}',
    });
    match ($vector['call']) {
        'payment_request' => $client->payment($id),
        'refund_request' => $client->refund(new RefundTarget($id, $input['order_id'])),
        'token_request' => $client->finishLogin('code=' . rawurlencode($input['code']) . '&state=s', 's'),
        'refresh_request' => $client->refresh($input['refresh_token']),
        'user_request' => $client->user($input['access_token']),
    };
    return sent_members($vector, $server);
}
