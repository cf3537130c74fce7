<?php

/* ext-curl: a handle that is kept, and its connection with it. */

declare(strict_types=1);

require_extension('curl');

function read_with_curl(): Closure
{
    $handle = curl_handle(required('IZLY_BENCH_URL') . READ_PATH, required('IZLY_API_KEY'));
    return static function () use ($handle): int {
        $body = curl_exec($handle);
        return $body === false ? fail('curl: ' . curl_error($handle)) : strlen($body);
    };
}

/** The same limits as izly's; no redirects are followed unless asked for. */
function curl_handle(string $url, string $key): CurlHandle
{
    $handle = curl_init();
    curl_setopt_array($handle, [
        CURLOPT_URL => $url,
        CURLOPT_HTTPHEADER => request_headers($key),
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_TIMEOUT_MS => 15000,
        CURLOPT_CONNECTTIMEOUT_MS => 5000,
        CURLOPT_FAILONERROR => true,
        // As izly does: HTTP/1.1, no proxy from the environment, and no signals.
        CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_1_1,
        CURLOPT_NOSIGNAL => true,
        CURLOPT_PROXY => '',
    ]);
    if (getenv('IZLY_BENCH_CA') !== false) {
        curl_setopt($handle, CURLOPT_CAINFO, getenv('IZLY_BENCH_CA'));
    }
    return $handle;
}
