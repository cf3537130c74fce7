<?php

/*
 * What a page about an order does: makes its client, as every request has to, reads the payment, and says what it found.
 * Whether connections outlive the request is the setting `izly.persistent`.
 */

declare(strict_types=1);

try {
    $client = new Izly\Client(
        apiKey: (string) getenv('IZLY_API_KEY'),
        environment: (string) getenv('IZLY_BENCH_URL'),
        caFile: getenv('IZLY_BENCH_CA') ?: null,
    );
    echo $client->payment(586589)->amountCents;
} catch (Izly\Exception\IzlyException $exception) {
    http_response_code(502);
    echo $exception->getMessage();
}
