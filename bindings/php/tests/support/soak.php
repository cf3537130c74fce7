<?php
/*
 * A hundred thousand calls that go wrong leave the process as it was: its memory, its descriptors, its threads. So many
 * are made by `cargo xtask soak php`, which runs this file with their number; fewer by soak.phpt.
 *
 * The calls are those that end at once, as the table says. Each is made by two clients: one that is kept to the end, and
 * one that is ended before each look. Only those share connections: which of them are left at any moment, chance decides,
 * since the server closes them all.
 *
 * Whoever runs it sets three variables of malloc's, so that what is freed goes back to the system: by itself it learns
 * to keep megabytes for later, which is no growth.
 */

require_once __DIR__ . '/faults.php';

const LOOKS = 20;
/* Room for what malloc does by itself, with freed memory among memory in use: 1 MiB, so that a leak of 12 bytes a call
 * fails a hundred thousand. */
const SLACK_PAGES = 256;
/* PHP's own count is exact; what a look keeps is a few texts. */
const SLACK_BYTES = 4096;
/* A table that gives less than this has not been read whole. */
const LEAST = 400;

/* What is expected of the fault's calls that end at once, by call. */
function quick_calls(array $fault): array
{
    return array_filter($fault['calls'], fn ($expected) => $expected['ends_at_once']);
}

/* A fault, its calls that end at once, and who makes them. */
final class Site
{
    public readonly array $targets;
    private readonly Izly\Client $kept;
    private ?Izly\Client $sharing = null;
    private readonly int $seen_before;

    public function __construct(private readonly array $fault)
    {
        $this->targets = quick_calls($fault);
        $this->kept = fault_client($fault, reuseConnections: false);
        $this->seen_before = fault_counts($fault)['requests'];
    }

    /* Every call, by the client that is kept and by the one that is not; gives what was found. */
    public function visit(): array
    {
        $this->sharing ??= fault_client($this->fault, persistent: false);
        $findings = [];
        foreach ($this->targets as $call => $expected) {
            foreach ([$this->kept, $this->sharing] as $client) {
                foreach (differences($call, fault_call($client, $call), $expected) as $difference) {
                    $findings[] = "{$this->fault['name']}, $call: $difference";
                }
            }
        }
        return $findings;
    }

    public function tidy_up(): void
    {
        $this->sharing = null;
    }

    /* What the server saw of the fault is what the table says of each call, so many times. */
    public function miscounted(int $rounds): array
    {
        $wanted = 2 * $rounds * array_sum(array_column($this->targets, 'requests'));
        $seen = fault_counts($this->fault)['requests'] - $this->seen_before;
        return $seen === $wanted ? [] : ["{$this->fault['name']}: $seen requests, wanted $wanted"];
    }
}

function footprint(): array
{
    gc_collect_cycles();
    // What is resident, without what is mapped from files: code is read in when it first runs.
    [, $resident, $shared] = explode(' ', file_get_contents('/proc/self/statm'));
    $entries = fn ($folder) => count(scandir($folder)) - 2;
    return [
        'pages' => $resident - $shared,
        'bytes' => memory_get_usage(),
        'descriptors' => $entries('/proc/self/fd'),
        'threads' => $entries('/proc/self/task'),
    ];
}

/* What a process holds, once what was shared is ended. */
function look(array $sites): array
{
    array_walk($sites, fn ($site) => $site->tidy_up());
    return footprint();
}

/* Prints a look, and gives what grew. */
function growth(int $made, array $first, array $now): array
{
    $pages = $now['pages'] - $first['pages'];
    $bytes = $now['bytes'] - $first['bytes'];
    printf("after %d calls: %d KiB (%+d), %d bytes of PHP's (%+d), %d descriptors, %d threads\n", $made,
        $now['pages'] * 4, $pages * 4, $now['bytes'], $bytes, $now['descriptors'], $now['threads']);
    // Valgrind holds freed memory back, to catch who uses it, and counts what is lost itself.
    $is_flat = (getenv('IZLY_TEST_SLOW') || $pages <= SLACK_PAGES) && $bytes < SLACK_BYTES
        && $now['descriptors'] === $first['descriptors'] && $now['threads'] === $first['threads'];
    return $is_flat ? [] : ["not flat after $made calls"];
}

/* Makes so many calls, and more to end a round: then the same clients have made the same calls. */
function soak(int $calls): bool
{
    $sites = array_map(fn ($fault) => new Site($fault), array_filter(faults(), quick_calls(...)));
    $sorts = array_sum(array_map(fn ($site) => count($site->targets), $sites));
    $findings = $sorts >= LEAST ? [] : ['the table is too short'];
    $begins = hrtime(true);
    $first = null;
    $looked = 0;
    for ($made = $rounds = 0; $made < $calls || $looked < $made; ) {
        foreach ($sites as $site) {
            array_push($findings, ...$site->visit());
        }
        $rounds++;
        $made += 2 * $sorts;
        // What is loaded on first use, and what allocators take for themselves, comes in the first tenth.
        if ($first === null ? $made >= $calls / 10 : $made - $looked >= $calls / LOOKS || $made >= $calls) {
            $now = look($sites);
            $first ??= $now;
            array_push($findings, ...growth($made, $first, $now));
            $looked = $made;
        }
    }
    printf("%d calls of %d sorts in %d s\n", $made, $sorts, intdiv(hrtime(true) - $begins, 1_000_000_000));
    foreach ($sites as $site) {
        array_push($findings, ...$site->miscounted($rounds));
    }
    echo 'findings: ', count($findings), "\n", implode("\n", $findings);
    return $findings === [];
}

if (realpath($_SERVER['SCRIPT_FILENAME']) === __FILE__) {
    exit(soak((int) $argv[1]) ? 0 : 1);
}
