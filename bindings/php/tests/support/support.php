<?php
/* What the tests share. */

use Izly\Client;

/* The partner of the vectors: identifier `Paris-78-78-78-78`, secret `s3cret`. */
const PARIS_KEY = 'UGFyaXMtNzgtNzgtNzgtNzg6czNjcmV0';

/* A canned server, and the orders it takes. */
final class Canned
{
    private mixed $process;
    private array $pipes = [];
    public readonly string $url;

    public function __construct(int $port = 0)
    {
        // What a JIT compiler makes, valgrind cannot follow.
        $command = [PHP_BINARY, '-n', '-d', 'pcre.jit=0', __DIR__ . '/canned_server.php', (string) $port];
        $this->process = proc_open($command, [['pipe', 'r'], ['pipe', 'w'], STDERR], $this->pipes);
        $this->url = 'http://127.0.0.1:' . trim(fgets($this->pipes[1]));
    }

    public function __destruct()
    {
        $this->stop();
    }

    public function stop(): void
    {
        if (is_resource($this->process)) {
            fclose($this->pipes[0]);
            proc_close($this->process);
        }
    }

    private function order(array $order): array
    {
        fwrite($this->pipes[0], json_encode($order) . "\n");
        return json_decode(fgets($this->pipes[1]), true);
    }

    public function answer(int $status, string $body, string $headers = ''): void
    {
        $this->order(
            ['do' => 'answer', 'kind' => 'http', 'status' => $status, 'headers' => $headers, 'body' => base64_encode($body)],
        );
    }

    /* Kinds: `raw` then ends the connection, `silent` never answers, `blurt` does not wait to be asked, `echo` is paid. */
    public function say(string $kind, string $body = ''): void
    {
        $this->order(['do' => 'answer', 'kind' => $kind, 'body' => base64_encode($body)]);
    }

    public function requests(): array
    {
        return $this->order(['do' => 'look'])['requests'];
    }

    public function accepted(): int
    {
        return $this->order(['do' => 'look'])['accepted'];
    }

    public function forget(): void
    {
        $this->order(['do' => 'forget']);
    }

    public function client(mixed ...$settings): Client
    {
        return new Client(...['apiKey' => PARIS_KEY, 'environment' => $this->url, ...$settings]);
    }
}

/* A setting that the chore makes; a test without it fails, and is not skipped. */
function setting(string $name): string
{
    return getenv($name) ?: throw new RuntimeException("$name is not set: run `cargo xtask test php`");
}

function sandbox_client(mixed ...$settings): Client
{
    return new Client(...['apiKey' => setting('IZLY_API_KEY'), 'environment' => setting('IZLY_BASE_URL'), ...$settings]);
}

/* An order id that nobody has used before in this sandbox. */
function new_order_id(): string
{
    return 'php-' . bin2hex(random_bytes(8));
}

/* What a call throws, as one line. */
function thrown(callable $call): string
{
    try {
        $call();
    } catch (Throwable $exception) {
        return get_class($exception) . ': ' . $exception->getMessage();
    }
    return 'nothing was thrown';
}

/* What a call throws of ours. */
function failure(callable $call): ?Izly\Exception\IzlyException
{
    try {
        $call();
    } catch (Throwable $exception) {
        return $exception instanceof Izly\Exception\IzlyException ? $exception : null;
    }
    return null;
}

/* A student's form; gives back the status line and headers of the answer. */
function post_form(string $url, array $form): array
{
    $options = [
        'method' => 'POST',
        'header' => 'Content-Type: application/x-www-form-urlencoded',
        'content' => http_build_query($form),
        'ignore_errors' => true,
        'follow_location' => 0,
        'timeout' => 60,
    ];
    file_get_contents($url, false, stream_context_create(['http' => $options]));
    return $http_response_header;
}

function credentials(string $account): array
{
    return ['identifiant' => "$account@example.fr", 'mot_de_passe' => 'izly-sandbox'];
}

function student_approves(string $url, string $account = 'riche'): void
{
    post_form($url, ['action' => 'valider'] + credentials($account));
}

function student_cancels(string $url): void
{
    post_form($url, ['action' => 'annuler']);
}

/* Logs in; gives back the raw query that the browser returns with. */
function student_logs_in(string $url, string $account = 'riche'): string
{
    parse_str(parse_url($url, PHP_URL_QUERY), $query);
    $form = $query + ['action' => 'connecter'] + credentials($account);
    foreach (post_form(strtok($url, '?'), $form) as $header) {
        if (stripos($header, 'location:') === 0) {
            return parse_url(trim(substr($header, 9)), PHP_URL_QUERY);
        }
    }
    throw new RuntimeException('the login page did not redirect');
}

/* Whether a text holds a secret, wherever it stands: plain, in JSON, in a URL. */
function leaks(string $text, string ...$secrets): bool
{
    foreach ($secrets as $secret) {
        if (str_contains($text, $secret) || str_contains($text, trim(json_encode($secret), '"'))) {
            return true;
        }
    }
    return false;
}
