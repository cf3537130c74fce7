<?php
/*
 * Uses the example site as students, strangers and Izly do: `drive.php BASE [RELOAD COMMAND]`, with IZLY_API_KEY and
 * IZLY_BASE_URL of the sandbox that calls the site back. Exits with 1 at the first thing that is not as it should be.
 */

require __DIR__ . '/../support/support.php';
require __DIR__ . '/browser.php';

const BROWSERS = 4;

$checks = 0;

function check(bool $is_right, string $what): void
{
    global $checks;
    $checks++;
    if (!$is_right) {
        fwrite(STDERR, "not right: $what\n");
        exit(1);
    }
}

function equal(mixed $wanted, mixed $got, string $what): void
{
    check($wanted === $got, "$what: wanted " . json_encode($wanted) . ', got ' . json_encode($got));
}

function probe(string $base, string $do = ''): array
{
    return json_decode(Browser::send($base, Browser::text('GET', "/probe.php?do=$do", '', ''))->body, true);
}

function post_callback(string $base, string $body): mixed
{
    return Browser::begin($base, Browser::text('POST', '/callback', "Content-Type: application/json\r\n", $body));
}

/* An order that waits: its page on the site, Izly's page, and what a callback for it says. */
function buy(Browser $browser): array
{
    $answer = $browser->press('/', '/buy');
    equal(303, $answer->status, 'buying leads on');
    $url = $answer->headers['location'];
    check(preg_match('~/WebPayments/(\d+)/Authorize~', $url, $found) === 1, "the page of Izly: $url");
    $operation = (int) $found[1];
    $order = sandbox_client()->payment($operation)->orderId;
    $body = json_encode([
        'OperationSMoney' => ['Id' => $operation, 'ClientOrderId' => $order, 'Amount' => '1.50', 'Status' => 'Completed'],
        'Error' => ['Code' => 0, 'Message' => ''],
    ]);
    return ['path' => "/orders/$order", 'url' => $url, 'body' => $body];
}

function check_login(string $base): void
{
    $browser = new Browser($base);
    $query = student_logs_in($browser->get('/login')->headers['location']);
    equal(403, (new Browser($base))->get("/login/return?$query")->status, "another browser's return");
    equal('Connecté, tarif 1', $browser->get("/login/return?$query")->state(), 'a login');
    equal(403, $browser->get("/login/return?$query")->status, 'the same return again');
    $browser->get('/login');
    equal(403, $browser->get('/login/return?error=access_denied')->status, 'a return without its state');
}

/* The real callback pays, and a refund gives it back. */
function check_purchase(string $base): void
{
    $browser = new Browser($base);
    $before = probe($base);
    $sale = buy($browser);
    equal('en attente', $browser->get($sale['path'])->state(), 'an order');
    equal(409, $browser->press('/', $sale['path'] . '/refund')->status, 'a refund before the payment');
    student_approves($sale['url']);
    equal('payée', $browser->get($sale['path'])->state(), 'after the callback');
    equal($before['cents'] + 150, probe($base)['cents'], 'the till');
    equal(403, $browser->post($sale['path'] . '/refund', ['token' => 'forged'])->status, 'a forged form');
    equal(303, $browser->press($sale['path'], $sale['path'] . '/refund')->status, 'a refund');
    equal('remboursée', $browser->get($sale['path'])->state(), 'after the refund');
    equal(409, $browser->press('/', $sale['path'] . '/refund')->status, 'a second refund');
}

/* Ten duplicates and the real callback, all at once, for an order that nobody has credited yet: one credit. */
function check_duplicates(string $base): void
{
    $browser = new Browser($base);
    $before = probe($base);
    $sale = buy($browser);
    // They ask Izly until it says Completed, and then all try to be first.
    $sockets = array_map(fn () => post_callback($base, $sale['body']), range(1, 10));
    student_approves($sale['url']);
    foreach ($sockets as $socket) {
        $answer = Browser::finish($socket);
        equal([200, '{"Code":0,"ErrorMessage":""}'], [$answer->status, $answer->body], 'a duplicate');
        equal('application/json; charset=utf-8', $answer->headers['content-type'], 'its type');
    }
    $after = probe($base);
    equal([$before['credits'] + 1, $before['cents'] + 150], [$after['credits'], $after['cents']], 'ten duplicates');
    $browser->press($sale['path'], $sale['path'] . '/refund');
}

/* A student who pays the same order twice, over two payments: the second credits nothing, and is left to a person. */
function check_second_payment(string $base): void
{
    $browser = new Browser($base);
    $before = probe($base);
    $sale = buy($browser);
    student_approves($sale['url']);
    $again = sandbox_client()->createPayment(new Izly\Order(basename($sale['path']), 150));
    student_approves($again->authorizationUrl);
    $after = probe($base);
    equal([$before['credits'] + 1, $before['cents'] + 150], [$after['credits'], $after['cents']], 'two payments of an order');
    equal('payée', $browser->get($sale['path'])->state(), 'after two payments');
    $browser->press($sale['path'], $sale['path'] . '/refund');
}

/* Whoever posts a callback for what is not paid, or not at all one. */
function check_strangers(string $base): void
{
    $browser = new Browser($base);
    $before = probe($base);
    $sale = buy($browser);
    equal([500, '{"Code":1,"ErrorMessage":"not settled"}'],
        (fn ($answer) => [$answer->status, $answer->body])(Browser::finish(post_callback($base, $sale['body']))), 'a forged callback');
    equal('en attente', $browser->get($sale['path'])->state(), 'after a forged callback');
    equal(500, Browser::finish(post_callback($base, '<html>'))->status, 'no callback');
    equal(404, Browser::finish(post_callback($base, '{"OperationSMoney":{"Id":1,"ClientOrderId":"x"}}'))->status, 'no order');
    equal(405, $browser->get('/callback')->status, 'a GET');
    student_cancels($sale['url']);
    equal(303, $browser->press($sale['path'], $sale['path'] . '/confirm')->status, 'asking');
    equal('annulée', $browser->get($sale['path'])->state(), 'a cancelled order');
    equal($before['cents'], probe($base)['cents'], 'the till after strangers');
}

/* Where the site's own database fails, Izly hears that nothing was settled, and the student that it is not their fault. */
function check_failures(string $base): void
{
    $browser = new Browser($base);
    $sale = buy($browser);
    student_approves($sale['url']);
    probe($base, 'break');
    $callback = Browser::finish(post_callback($base, $sale['body']));
    $page = $browser->get($sale['path']);
    probe($base, 'mend');
    equal([500, '{"Code":1,"ErrorMessage":"not settled"}'], [$callback->status, $callback->body], 'a callback without a database');
    equal([500, 'Erreur de notre côté : réessayez dans un moment'], [$page->status, $page->state()], 'a page without a database');
    equal('payée', $browser->get($sale['path'])->state(), 'after the failure');
}

/* The second time a worker answers, it has kept the client of the first. */
function check_workers(string $base): void
{
    $seen = [];
    $again = 0;
    for ($i = 0; $i < 60; $i++) {
        $probe = probe($base);
        if (isset($seen[$probe['process']])) {
            $again++;
            check($probe['kept'] >= 1, "worker {$probe['process']} kept nothing");
        }
        $seen[$probe['process']] = true;
    }
    check($again > 0, 'no worker answered twice');
    echo count($seen), " workers, {$probe['server']}, $again times a kept client\n";
}

/* ---- Reloads ---- */

/* Callbacks for a paid order, each with a call to Izly, until it is time; gives the exit code of the process. */
function traffic(string $base, string $body, float $until): int
{
    $count = 0;
    while (microtime(true) < $until) {
        $answer = Browser::finish(post_callback($base, $body));
        if ($answer->status !== 200) {
            fwrite(STDERR, "lost after $count: $answer->status " . substr($answer->body, 0, 200) . "\n");
            return 1;
        }
        $count++;
    }
    file_put_contents('php://stdout', "$count callbacks\n");
    return $count > 20 ? 0 : 1;
}

function check_reload(string $base, string $command): void
{
    $browser = new Browser($base);
    $sale = buy($browser);
    student_approves($sale['url']);
    $before = probe($base);
    $until = microtime(true) + 6;
    $children = [];
    for ($i = 0; $i < BROWSERS; $i++) {
        $child = pcntl_fork();
        if ($child === 0) {
            exit(traffic($base, $sale['body'], $until));
        }
        $children[] = $child;
    }
    for ($i = 0; $i < 3; $i++) {
        usleep(1200000);
        passthru($command, $code);
        equal(0, $code, $command);
    }
    foreach ($children as $child) {
        pcntl_waitpid($child, $status);
        equal(0, pcntl_wexitstatus($status), 'traffic during reloads');
    }
    equal($before['cents'], probe($base)['cents'], 'the till after reloads');
}

[, $base] = $argv;
check_login($base);
check_purchase($base);
check_duplicates($base);
check_second_payment($base);
check_strangers($base);
check_failures($base);
check_workers($base);
if (isset($argv[2])) {
    check_reload($base, $argv[2]);
}
echo "$checks checks passed\n";
