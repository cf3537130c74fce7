<?php
/*
 * A server that says what it is told to, in a process of its own. Its first line on standard output is its port; then
 * each line on standard input is an order (JSON), and each gets a line back.
 */

final class Server
{
    private mixed $listener;
    private array $connections = []; // id => [socket, what has arrived]
    private array $requests = [];
    private int $accepted = 0;
    private string $line = ''; // What has arrived of an order.
    private array $answer = ['kind' => 'http', 'status' => 200, 'headers' => '', 'body' => ''];

    public function __construct(int $port)
    {
        $this->listener = stream_socket_server("tcp://127.0.0.1:$port") ?: exit(1);
        echo substr(strrchr(stream_socket_get_name($this->listener, false), ':'), 1), "\n";
    }

    public function run(): void
    {
        stream_set_blocking(STDIN, false);
        while (true) {
            $ready = [STDIN, $this->listener, ...array_column($this->connections, 0)];
            $none = null;
            stream_select($ready, $none, $none, null);
            foreach ($ready as $stream) {
                match ($stream) {
                    STDIN => $this->obey(),
                    $this->listener => $this->accept(),
                    default => $this->read($stream),
                };
            }
        }
    }

    private function obey(): void
    {
        while (($piece = fgets(STDIN)) !== false) {
            $this->line .= $piece;
            if (!str_ends_with($this->line, "\n")) {
                continue;
            }
            $order = json_decode($this->line, true);
            $this->line = '';
            if ($order['do'] === 'answer') {
                $this->answer = ['body' => base64_decode($order['body'])] + $order;
            } elseif ($order['do'] === 'forget') {
                $this->requests = [];
            }
            echo json_encode(['requests' => $this->requests, 'accepted' => $this->accepted]), "\n";
        }
        feof(STDIN) && exit(0);
    }

    private function accept(): void
    {
        $socket = stream_socket_accept($this->listener, 0);
        if ($socket === false) {
            return;
        }
        stream_set_blocking($socket, false);
        $this->accepted++;
        $this->connections[(int) $socket] = [$socket, ''];
        if ($this->answer['kind'] === 'blurt') {
            fwrite($socket, $this->answer['body']);
            stream_socket_shutdown($socket, STREAM_SHUT_WR);
        }
    }

    private function read(mixed $socket): void
    {
        $piece = fread($socket, 65536);
        if ($piece === '' || $piece === false) {
            if (feof($socket)) {
                $this->close($socket);
            }
            return;
        }
        $arrived = &$this->connections[(int) $socket][1];
        $arrived .= $piece;
        while (isset($this->connections[(int) $socket]) && ($request = self::next($arrived)) !== null) {
            $this->requests[] = $request;
            $this->reply($socket, $request);
        }
    }

    /* Takes one whole request off what has arrived. */
    private static function next(string &$arrived): ?array
    {
        $end = strpos($arrived, "\r\n\r\n");
        if ($end === false) {
            return null;
        }
        $head = substr($arrived, 0, $end + 4);
        $length = preg_match('/^content-length: *(\d+)/mi', $head, $found) ? (int) $found[1] : 0;
        if (strlen($arrived) < strlen($head) + $length) {
            return null;
        }
        $body = substr($arrived, strlen($head), $length);
        $arrived = substr($arrived, strlen($head) + $length);
        return ['head' => $head, 'body' => $body];
    }

    private function reply(mixed $socket, array $request): void
    {
        $kind = $this->answer['kind'];
        if ($kind === 'raw') {
            fwrite($socket, $this->answer['body']);
            $this->close($socket);
        } elseif ($kind === 'http') {
            $this->send($socket, $this->answer['status'], $this->answer['headers'], $this->answer['body']);
        } elseif ($kind === 'echo') {
            $this->send($socket, 200, '', self::completed($request['head']));
            $this->requests = [];
        }
    }

    /* A paid payment with the id that was asked for, of as many centimes, for `order-ID`. */
    private static function completed(string $head): string
    {
        $id = preg_match('~/WebPayments/(\d+)~', $head, $found) ? (int) $found[1] : 0;
        $amount = sprintf('%d.%02d', intdiv($id, 100), $id % 100);
        return "{\"OperationId\":$id,\"OrderId\":\"order-$id\",\"Amount\":$amount,\"OperationStatus\":\"Completed\"}";
    }

    private function send(mixed $socket, int $status, string $headers, string $body): void
    {
        $length = in_array($status, [204, 304]) ? '' : 'Content-Length: ' . strlen($body) . "\r\n";
        $rest = "HTTP/1.1 $status Canned\r\nContent-Type: application/json\r\n$headers$length\r\n$body";
        while ($rest !== '' && ($sent = @fwrite($socket, $rest)) !== false) {
            $rest = substr($rest, $sent);
        }
    }

    private function close(mixed $socket): void
    {
        unset($this->connections[(int) $socket]);
        fclose($socket);
    }
}

(new Server((int) ($argv[1] ?? 0)))->run();
