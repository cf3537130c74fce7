<?php

/* The read that izly sends, for peers to send the same. */

declare(strict_types=1);

const OPERATION_ID = 586589;
const READ_PATH = '/api/Izly/WebPayments/586589';
const USER_AGENT = 'izly/0.1.0 (PHP ' . PHP_MAJOR_VERSION . '.' . PHP_MINOR_VERSION . ')';

/** @return list<string> */
function request_headers(string $key): array
{
    return [
        'accept: application/json',
        'user-agent: ' . USER_AGENT,
        "authorization: Basic $key",
        'appidentifier: Paris-78-78-78-78',
        'content-type: application/vnd.Xpollens.v1+json',
    ];
}
