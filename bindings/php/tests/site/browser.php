<?php
/* A browser for the tests of the site: it keeps cookies, and follows nothing by itself. */

final class Answer
{
    public function __construct(public readonly int $status, public readonly array $headers, public readonly string $body)
    {
    }

    /* The text of the element that says how things stand. */
    public function state(): string
    {
        return preg_match('~<p id="state">(.*?)</p>~', $this->body, $found) ? html_entity_decode($found[1], ENT_QUOTES) : '';
    }

    public function token(): string
    {
        return preg_match('~name="token" value="(\w+)"~', $this->body, $found) ? $found[1] : '';
    }
}

final class Browser
{
    private array $cookies = [];

    public function __construct(private readonly string $base)
    {
    }

    public function get(string $path): Answer
    {
        return $this->take(self::send($this->base, $this->request('GET', $path, '')));
    }

    public function post(string $path, array $form): Answer
    {
        return $this->take(self::send($this->base, $this->request('POST', $path, http_build_query($form))));
    }

    /* Presses the button of a page. */
    public function press(string $page, string $path): Answer
    {
        return $this->post($path, ['token' => $this->get($page)->token()]);
    }

    private function request(string $method, string $path, string $body): string
    {
        $cookies = $this->cookies === [] ? '' : 'Cookie: ' . http_build_query($this->cookies, '', '; ') . "\r\n";
        return self::text($method, $path, $cookies . "Content-Type: application/x-www-form-urlencoded\r\n", $body);
    }

    public static function text(string $method, string $path, string $headers, string $body): string
    {
        $length = strlen($body);
        return "$method $path HTTP/1.0\r\nHost: site.example\r\n{$headers}Content-Length: $length\r\nConnection: close\r\n\r\n$body";
    }

    private function take(Answer $answer): Answer
    {
        if (preg_match('/^([^=]+)=([^;]*)/', $answer->headers['set-cookie'] ?? '', $found)) {
            $this->cookies[$found[1]] = $found[2];
        }
        return $answer;
    }

    /* Opens a connection and sends a request over it; the answer is fetched later, so that many can be under way. */
    public static function begin(string $base, string $request): mixed
    {
        $socket = stream_socket_client('tcp://' . substr($base, strlen('http://')), $code, $message, 30);
        if ($socket === false) {
            throw new RuntimeException("$base: $message");
        }
        stream_set_timeout($socket, 60);
        fwrite($socket, $request);
        return $socket;
    }

    public static function finish(mixed $socket): Answer
    {
        $text = (string) stream_get_contents($socket);
        fclose($socket);
        [$head, $body] = explode("\r\n\r\n", $text, 2) + [1 => ''];
        $lines = explode("\r\n", $head);
        $headers = [];
        foreach (array_slice($lines, 1) as $line) {
            [$name, $value] = explode(':', $line, 2);
            $headers[strtolower($name)] = trim($value);
        }
        return new Answer((int) (explode(' ', $lines[0])[1] ?? 0), $headers, $body);
    }

    public static function send(string $base, string $request): Answer
    {
        return self::finish(self::begin($base, $request));
    }
}
