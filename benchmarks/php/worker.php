<?php

/*
 * `php worker.php OPERATION CONTENDER`: does one thing many times, and says what it cost as one line of JSON.
 * Extensions are the caller's to load: `php -n -d extension=MODULE -d extension=curl`.
 */

declare(strict_types=1);

require __DIR__ . '/request.php';

/** Which file holds which pair, and what in there gives the closure that does it once: only what is measured is compiled. */
const CONTENDERS = [
    'decode_callback izly' => ['izly', 'decode_with_izly'],
    'decode_callback json_decode' => ['json_decode', 'decode_with_json_decode'],
    'decode_callback json_decode_same' => ['json_decode_same', 'decode_with_json_decode_same'],
    'read izly' => ['izly', 'read_with_izly'],
    'read curl' => ['curl', 'read_with_curl'],
    'read socket' => ['socket', 'read_with_socket'],
    'first izly' => ['izly', 'read_with_izly'],
    'first curl' => ['curl', 'read_with_curl'],
];

function fail(string $message): never
{
    fwrite(STDERR, "$message\n");
    exit(1);
}

/** What the harness must have set. */
function required(string $name): string
{
    $value = getenv($name);
    return $value === false ? fail("$name is not set") : $value;
}

/** How many times, from the environment. */
function times(string $name): int
{
    $text = required($name);
    return is_digits($text) ? (int) $text : fail("$name must be a number");
}

/** Without the extension ctype, which `php -n` leaves out. */
function is_digits(string $text): bool
{
    return preg_match('/^[0-9]+$/D', $text) === 1;
}

function require_extension(string $name): void
{
    extension_loaded($name) || fail("the extension $name is not loaded");
}

function sample(string $name): string
{
    $path = required('IZLY_BENCH_SAMPLES') . "/$name.json";
    $text = @file_get_contents($path);
    return $text === false ? fail("$path cannot be read") : $text;
}

/** User and system time of this process. */
function cpu_ns(): int
{
    $usage = getrusage();
    $seconds = $usage['ru_utime.tv_sec'] + $usage['ru_stime.tv_sec'];
    return $seconds * 1_000_000_000 + ($usage['ru_utime.tv_usec'] + $usage['ru_stime.tv_usec']) * 1_000;
}

function run(string $pair): void
{
    [$file, $function] = CONTENDERS[$pair] ?? fail("there is no $pair: `worker.php list` says what there is");
    [$count, $warmup] = [times('IZLY_BENCH_COUNT'), times('IZLY_BENCH_WARMUP')];
    require __DIR__ . "/$file.php";
    $once = $function();
    for ($i = 0; $i < $warmup; $i++) {
        $once();
    }
    $sum = 0;
    [$cpu, $wall] = [cpu_ns(), hrtime(true)];
    for ($i = 0; $i < $count; $i++) {
        $sum += $once();
    }
    [$cpu, $wall] = [cpu_ns() - $cpu, hrtime(true) - $wall];
    echo json_encode(['count' => $count, 'cpu_ns' => $cpu, 'wall_ns' => $wall, 'sum' => $sum], JSON_THROW_ON_ERROR), "\n";
}

try {
    match (true) {
        $argc === 2 && $argv[1] === 'list' => print implode("\n", array_keys(CONTENDERS)) . "\n",
        $argc === 3 => run("$argv[1] $argv[2]"),
        default => fail('worker.php OPERATION CONTENDER, or worker.php list'),
    };
} catch (Throwable $failure) {
    fail(get_class($failure) . ': ' . $failure->getMessage());
}
