<?php

/* The floor: a stream that is kept, one write, and as many reads as the answer takes. Plain HTTP only. */

declare(strict_types=1);

function read_with_socket(): Closure
{
    $url = required('IZLY_BENCH_URL');
    $address = parse_url($url, PHP_URL_HOST) . ':' . parse_url($url, PHP_URL_PORT);
    str_starts_with($url, 'http://') || fail("socket: $url is no http:// address");
    $stream = @stream_socket_client("tcp://$address", $code, $message, 5.0) ?: fail("socket: $message");
    stream_set_timeout($stream, 15);
    $headers = request_headers(required('IZLY_API_KEY'));
    $head = implode("\r\n", ['GET ' . READ_PATH . ' HTTP/1.1', "host: $address", ...$headers]);
    $request = "$head\r\n\r\n";
    return static function () use ($stream, $request): int {
        fwrite($stream, $request) === strlen($request) || fail('socket: the request was not sent');
        return strlen(read_body($stream));
    };
}

/** @param resource $stream */
function read_body($stream): string
{
    $answer = '';
    do {
        $more = fread($stream, 8192);
        if ($more === false || $more === '') {
            fail('socket: the answer ends early');
        }
        $answer .= $more;
        $end = strpos($answer, "\r\n\r\n");
    } while ($end === false);
    $place = stripos($answer, "\r\nContent-Length: ");
    if ($place === false || $place > $end) {
        fail('socket: an answer without its length');
    }
    // The number ends at the line's end: what is not of it, PHP leaves out.
    $needed = (int) substr($answer, $place + 18, 20);
    $body = substr($answer, $end + 4);
    while (strlen($body) < $needed) {
        $more = fread($stream, $needed - strlen($body));
        if ($more === false || $more === '') {
            fail('socket: the answer ends early');
        }
        $body .= $more;
    }
    return $body;
}
