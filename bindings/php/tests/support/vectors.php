<?php
/* Runs the shared vectors through the extension: reading them, comparing, counting. */

use Izly\Client;
use Izly\Exception\IzlyException;

require __DIR__ . '/support.php';
require __DIR__ . '/vectors_calls.php';

/* The host of the vectors' environment; over here it is the canned server. */
const VECTOR_HOST = 'rest-pp.izly.fr';

/* Why a vector was left out. */
final class LeftOut extends Exception
{
}

function partner_settings(array $vector): array
{
    $identifier = $vector['input']['identifier'] ?? 'Paris-78-78-78-78';
    return ['apiKey' => base64_encode("$identifier:s3cret"), 'wire' => wire($vector['wire'] ?? [])];
}

function wire(array $switches): Izly\Wire
{
    $arguments = [];
    foreach ($switches as $name => $value) {
        $arguments += match ($name) {
            'reply_amounts' => ['replyAmounts' => Izly\AmountUnit::from($value)],
            'refund_slash' => ['refundSlash' => $value],
            'content_type' => ['contentType' => Izly\ContentType::from($value)],
            'state' => ['state' => Izly\StatePolicy::from($value)],
        };
    }
    return new Izly\Wire(...$arguments);
}

function body_of(array $vector): string
{
    return isset($vector['body_base64']) ? base64_decode($vector['body_base64']) : ($vector['body'] ?? '');
}

/* `amount_text` of `amountText`. */
function snake(string $name): string
{
    return strtolower(preg_replace('/[A-Z]/', '_$0', $name));
}

/* The flat members that vectors name, by the names that they have there. */
function members(object $value): array
{
    $members = [];
    foreach ((new ReflectionClass($value))->getProperties() as $property) {
        $name = snake($property->getName());
        $name = preg_replace('/^(beneficiary|customer|user)_/', '$1.', $name);
        $name = preg_replace('/^error_(code|message)$/', 'error.$1', $name);
        $members[$name === 'extra_json' ? 'extra' : $name] = $property->getValue($value);
    }
    return $members;
}

/* ---- Comparing: each gives a list of differences ---- */

function difference(string $name, mixed $wanted, mixed $got): array
{
    if ($wanted === $got) {
        return [];
    }
    $flags = JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE;
    return ["$name: wanted " . json_encode($wanted, $flags) . ', got ' . json_encode($got, $flags)];
}

/* Unknown fields are compared as they are written: parsed, 1.10 and 1.1 would be the same. */
function extra_differences(array $wanted, ?string $got): array
{
    if ($wanted === []) {
        return difference('extra', null, $got);
    }
    $written = [];
    foreach ($wanted as $path => $raw) {
        $written[] = json_encode((string) $path, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE) . ":$raw";
    }
    $missing = array_filter($written, fn ($member) => !str_contains($got ?? '', $member));
    $length = strlen(implode(',', $written)) + 2;
    return [
        ...array_map(fn ($member) => "extra: wanted $member, got $got", $missing),
        ...difference('length of extra', $length, strlen($got ?? '')),
    ];
}

function member_differences(array $expected, array $members): array
{
    $differences = [];
    foreach ($expected as $name => $wanted) {
        if ($name === 'extra') {
            array_push($differences, ...extra_differences($wanted, $members['extra'] ?? null));
        } elseif (!array_key_exists($name, $members)) {
            $differences[] = "no such member here: $name";
        } else {
            // A text of the library ends at its NUL: one inside has become U+FFFD.
            $wanted = is_string($wanted) ? str_replace("\0", "\u{FFFD}", $wanted) : $wanted;
            array_push($differences, ...difference($name, $wanted, $members[$name]));
        }
    }
    return $differences;
}

function error_differences(array $expected, IzlyException $exception): array
{
    $got = [
        'kind' => substr(snake(preg_replace('/.*\\\\(.*)Exception$/', '$1', get_class($exception))), 1),
        'outcome' => $exception->getOutcome()->value,
        'retry' => $exception->getRetry()->value,
        'api_code' => $exception->getApiCode(),
        'oauth_error' => $exception->getOauthError(),
        'title' => $exception->getTitle() ?? '',
        'http_status' => $exception->getHttpStatus(),
        'field' => $exception->getField(),
    ];
    $differences = [];
    foreach ($expected as $name => $wanted) {
        if ($name !== 'mentions') {
            array_push($differences, ...difference($name, $wanted, $got[$name]));
            continue;
        }
        foreach ($wanted as $part) {
            if (!str_contains($exception->getMessage(), $part)) {
                $differences[] = "the message does not mention `$part`: " . $exception->getMessage();
            }
        }
    }
    return $differences;
}

function differences(array $vector, Canned $server): array
{
    try {
        $members = call_vector($vector, $server);
    } catch (IzlyException $exception) {
        if (!isset($vector['error'])) {
            return ['an exception came: ' . $exception->getMessage()];
        }
        return error_differences($vector['error'], $exception);
    }
    return isset($vector['error']) ? ['no exception came'] : member_differences($vector['expect'], $members);
}

/* ---- All of them ---- */

function run_file(string $path, Canned $server, array &$counts): void
{
    $vectors = json_decode(file_get_contents($path), true, flags: JSON_THROW_ON_ERROR)['vectors'];
    foreach ($vectors as $vector) {
        $server->forget();
        try {
            foreach (differences($vector, $server) as $difference) {
                echo "vector {$vector['name']}: $difference\n";
                $counts['wrong']++;
            }
            $counts['ran']++;
        } catch (LeftOut $why) {
            echo "left out: {$vector['name']}: {$why->getMessage()}\n";
            $counts['left out']++;
        }
    }
}

function run_vectors(string $folder): void
{
    $server = new Canned();
    $counts = ['ran' => 0, 'left out' => 0, 'wrong' => 0];
    foreach (glob("$folder/*.json") ?: throw new RuntimeException("$folder holds no vectors") as $path) {
        run_file($path, $server, $counts);
    }
    foreach ($counts as $what => $count) {
        echo "$what: $count\n";
    }
}
