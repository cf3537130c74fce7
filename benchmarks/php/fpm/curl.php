<?php

/*
 * The same page with ext-curl: a handle for each request, as a handle cannot outlive one. It reads the whole answer, and
 * says how long it was: what it holds is not looked at, which is in its favour.
 */

declare(strict_types=1);

$handle = curl_init();
curl_setopt_array($handle, [
    CURLOPT_URL => getenv('IZLY_BENCH_URL') . '/api/Izly/WebPayments/586589',
    CURLOPT_HTTPHEADER => [
        'accept: application/json',
        'user-agent: izly/0.1.0 (PHP 8.2)',
        'authorization: Basic ' . getenv('IZLY_API_KEY'),
        'appidentifier: Paris-78-78-78-78',
        'content-type: application/vnd.Xpollens.v1+json',
    ],
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_TIMEOUT_MS => 15000,
    CURLOPT_CONNECTTIMEOUT_MS => 5000,
    CURLOPT_FAILONERROR => true,
    CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_1_1,
    CURLOPT_NOSIGNAL => true,
    CURLOPT_PROXY => '',
]);
if (getenv('IZLY_BENCH_CA') !== false) {
    curl_setopt($handle, CURLOPT_CAINFO, getenv('IZLY_BENCH_CA'));
}
$body = curl_exec($handle);
if ($body === false) {
    http_response_code(502);
    echo curl_error($handle);
} else {
    echo strlen($body);
}
