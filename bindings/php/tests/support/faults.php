<?php
/* The server that misbehaves on order: its table, what it saw, and the calls that meet it. */

use Izly\Client;
use Izly\Exception;
use Izly\Order;
use Izly\RefundTarget;

require_once __DIR__ . '/support.php';

/* What the server answers when nothing goes wrong: this operation, of 1,50 EUR, for this order. */
const OPERATION = 52795;
const ORDER = 'order-42';
const CENTS = 150;

/* The names of the table for what a program catches. */
const KINDS = [
    Exception\ResolveException::class => 'resolve',
    Exception\ConnectException::class => 'connect',
    Exception\TlsException::class => 'tls',
    Exception\TimeoutException::class => 'timeout',
    Exception\DisconnectedException::class => 'disconnected',
    Exception\ProtocolException::class => 'protocol',
    Exception\TooLargeException::class => 'too_large',
    Exception\UnreadableException::class => 'unreadable',
    Exception\RedirectException::class => 'redirect',
    Exception\AuthenticationException::class => 'authentication',
    Exception\RateLimitedException::class => 'rate_limited',
    Exception\ApiException::class => 'api',
    Exception\ServerException::class => 'server',
    Exception\NotFinalException::class => 'not_final',
    Exception\MismatchException::class => 'mismatch',
    Exception\NotPaidException::class => 'not_paid',
];

function control(string $path): array
{
    return json_decode(file_get_contents(setting('IZLY_FAULTS') . $path), true, flags: JSON_THROW_ON_ERROR);
}

/*
 * Every fault, each with `name`, `url`, `deadline_ms` and `calls`: what to expect of each call, and whether it
 * `ends_at_once`. Under valgrind without those over TLS: it takes what the ciphers' assembler code makes of its tables for
 * uninitialised memory.
 */
function faults(): array
{
    $faults = control('/table')['faults'];
    $is_clear = fn ($fault) => !str_starts_with($fault['url'], 'https:');
    return getenv('IZLY_TEST_SLOW') ? array_values(array_filter($faults, $is_clear)) : $faults;
}

/* How long a call that meets this fault may take. Under valgrind everything takes longer. */
function deadline_of(array $fault): int
{
    return $fault['deadline_ms'] * (getenv('IZLY_TEST_SLOW') ? 3 : 1);
}

/* A client that meets this fault with every call, and trusts the certificates of the server. */
function fault_client(array $fault, mixed ...$settings): Client
{
    return new Client(
        ...['apiKey' => PARIS_KEY, 'environment' => $fault['url'], 'caFile' => setting('IZLY_FAULTS_CA')],
        ...['deadlineMs' => deadline_of($fault), ...$settings],
    );
}

/* What the server saw, once it stands still: a call may end before the server has noted the last of it. */
function fault_counts(array $fault): array
{
    $now = control("/seen/$fault[name]");
    do {
        $before = $now;
        usleep(10000);
        $now = control("/seen/$fault[name]");
    } while ($now !== $before);
    return $now;
}

/* Makes a call by its name in the table. What it gives must be what the server answers when nothing goes wrong. */
function fault_call(Client $client, string $call): ?Exception\IzlyException
{
    try {
        $is_right = match ($call) {
            'payment' => $client->payment(OPERATION)->orderId === ORDER,
            'user' => $client->user('access')->izlyId === '42',
            'create_payment' => $client->createPayment(new Order(ORDER, CENTS))->operationId === OPERATION,
            'refund' => $client->refund(new RefundTarget(OPERATION, ORDER))->operationId === OPERATION,
            'exchange_code' => $client->finishLogin('code=abc%3d&state=s', 's')->accessToken === 'access',
            'refresh' => $client->refresh('refresh')->accessToken === 'access',
        };
    } catch (Exception\IzlyException $failure) {
        return $failure;
    }
    return $is_right ? null : throw new RuntimeException("$call gave something else than was answered");
}

/* What is not as the table wants it, a text each. */
function differences(string $call, ?Exception\IzlyException $failure, array $expected): array
{
    $kind = $failure === null ? 'ok' : KINDS[get_class($failure)] ?? get_class($failure);
    $found = in_array($kind, $expected['kind'], true) ? [] : ["kind $kind"];
    if ($failure === null) {
        return $found;
    }
    $outcome = $failure->getOutcome();
    if (!in_array($outcome->value, $expected['outcome'], true)) {
        $found[] = "outcome $outcome->value";
    }
    if ($failure->getHttpStatus() !== $expected['http_status']) {
        $found[] = 'HTTP status ' . json_encode($failure->getHttpStatus());
    }
    if ($failure->getPhase() !== $expected['phase']) {
        $found[] = 'phase ' . json_encode($failure->getPhase());
    }
    $is_write = in_array($call, ['create_payment', 'refund'], true);
    if ($is_write && $outcome === Izly\Outcome::Unknown && $failure->getRetry() !== Izly\Retry::LookUpFirst) {
        $found[] = "advice {$failure->getRetry()->value}, with money on the way";
    }
    return $found;
}
