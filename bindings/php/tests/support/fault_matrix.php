<?php
/*
 * Every fault of the table against every call. Under valgrind deadlines are three times as long, the time alone is not
 * asserted, and TLS is left out (faults.php says why).
 */

require_once __DIR__ . '/faults.php';

/* Most of the time is spent waiting for deadlines. */
const WORKERS = 8;
/* What a call may take beyond its deadline. */
const GRACE_MS = 100;
/* How often a call that took longer is looked at again, and after which pause: a machine that was busy elsewhere is no
 * finding, and a call that really waits too long does so each time. */
const LOOKS = 12;
const REST_US = 200_000;
/* How long a worker may take. */
const PATIENCE_S = 300;
/* A table that says less than this has not been read whole. */
const LEAST = 750;

/* One call that met a fault. */
function meet(array $fault, Izly\Client $client, string $call): array
{
    $before = fault_counts($fault);
    $begins = hrtime(true);
    $failure = fault_call($client, $call);
    $took = intdiv(hrtime(true) - $begins, 1_000_000);
    return [$failure, $took, $before, fault_counts($fault)];
}

function is_late(array $fault, int $took): bool
{
    return !getenv('IZLY_TEST_SLOW') && $took > deadline_of($fault) + GRACE_MS;
}

/* What is not as the table wants it, in one line; "" if all is. */
function check_call(array $fault, Izly\Client $client, string $call, array $expected): string
{
    for ($look = 1; $look <= LOOKS; $look++) {
        [$failure, $took, $before, $after] = meet($fault, $client, $call);
        if (!is_late($fault, $took)) {
            break;
        }
        usleep(REST_US);
    }
    $found = differences($call, $failure, $expected);
    $requests = $after['requests'] - $before['requests'];
    if ($requests !== $expected['requests']) {
        $found[] = "$requests requests";
    }
    $is_certain = $failure !== null && $failure->getOutcome() !== Izly\Outcome::Unknown;
    if ($is_certain && $after['commits'] > $before['commits']) {
        $found[] = $failure->getOutcome()->value . ' of what was carried out';
    }
    if (is_late($fault, $took)) {
        $found[] = "took $took ms, " . LOOKS . ' times';
    }
    $wanted = json_encode($expected) . " ({$failure?->getMessage()})";
    return $found === [] ? '' : "$fault[name], $call: " . implode('; ', $found) . "; wanted $wanted";
}

/* Meets these faults, and writes how many calls that were, and what was found. */
function work(array $faults, mixed $out): void
{
    $calls = 0;
    $findings = [];
    foreach ($faults as $fault) {
        $client = fault_client($fault);
        foreach ($fault['calls'] as $call => $expected) {
            $calls++;
            $findings[] = check_call($fault, $client, $call, $expected);
        }
    }
    fwrite($out, json_encode(['calls' => $calls, 'findings' => array_filter($findings)]));
}

/* Each call once where nothing goes wrong: what takes time when it is first done, above all under valgrind, is done
 * before anybody looks at a clock, and children inherit it. */
function warm_up(array $faults): void
{
    foreach ($faults as $fault) {
        $kinds = array_column($fault['calls'], 'kind');
        if (array_unique($kinds, SORT_REGULAR) === [['ok']]) {
            array_map(fn ($call) => fault_call(fault_client($fault), $call), array_keys($fault['calls']));
            return;
        }
    }
    throw new RuntimeException('every fault of the table stops some call');
}

/* A child that does so; gives what it will write. */
function begin_work(array $faults): mixed
{
    [$ours, $theirs] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, STREAM_IPPROTO_IP);
    $process = pcntl_fork();
    if ($process === 0) {
        fclose($ours);
        work($faults, $theirs);
        exit(0);
    }
    $process > 0 || throw new RuntimeException('no process can be made');
    fclose($theirs);
    stream_set_timeout($ours, PATIENCE_S);
    return $ours;
}

function meet_all_faults(): void
{
    $faults = faults();
    warm_up($faults);
    // Those that wait are dealt out first, so that each worker has as many of them.
    usort($faults, fn ($one, $other) => $one['deadline_ms'] <=> $other['deadline_ms']);
    $hands = array_fill(0, WORKERS, []);
    foreach ($faults as $i => $fault) {
        $hands[$i % WORKERS][] = $fault;
    }
    $calls = 0;
    $findings = [];
    foreach (array_map(begin_work(...), $hands) as $out) {
        // A worker that died has written nothing, and that is no JSON.
        $told = json_decode(stream_get_contents($out), true, flags: JSON_THROW_ON_ERROR);
        $calls += $told['calls'];
        $findings = [...$findings, ...$told['findings']];
    }
    while (pcntl_wait($status) > 0) {
        $status === 0 || $findings[] = "a worker ended with $status";
    }
    $calls >= LEAST || $findings[] = 'the table is too short';
    echo count($faults), " faults, $calls calls\nfindings: ", count($findings), "\n", implode("\n", $findings);
}
