<?php

/* izly: a client that is kept, and results that are checked and typed. */

declare(strict_types=1);

require_extension('izly');

function read_with_izly(): Closure
{
    $url = required('IZLY_BENCH_URL');
    $client = new Izly\Client(
        apiKey: required('IZLY_API_KEY'),
        environment: $url,
        // Over plain HTTP nothing is to be trusted, and no file to be read.
        caFile: str_starts_with($url, 'https:') ? (getenv('IZLY_BENCH_CA') ?: null) : null,
    );
    return static fn (): int => $client->payment(OPERATION_ID)->amountCents;
}

function decode_with_izly(): Closure
{
    $body = sample('callback');
    return static function () use ($body): int {
        $callback = Izly\Callback::parse($body);
        $claims = $callback->untrusted();
        // The amount stays a text (nobody knows its unit before it is confirmed): its length is what counts. The date is
        // one too, in the one form that sorts: 2021-05-03T15:37:30.
        return strlen($claims->amountText) + strlen($callback->orderId) + $callback->operationId % 10
            + (int) substr($claims->date, 14, 2);
    };
}
