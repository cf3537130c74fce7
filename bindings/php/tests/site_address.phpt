--TEST--
The site's links back and its cookie follow the address that was configured, not the Host that a browser sends
--FILE--
<?php
require __DIR__ . '/support/support.php';
require __DIR__ . '/site/browser.php';

$site = dirname(setting('IZLY_MODULE'), 2) . '/examples/site';
$canned = new Canned();
$canned->answer(500, '');
$file = tempnam(sys_get_temp_dir(), 'izly');
$php = [PHP_BINARY, '-n', '-d', 'extension=' . setting('IZLY_MODULE')];
foreach (['session', 'pdo', 'pdo_sqlite'] as $extension) {
    exec(PHP_BINARY . " -n -r 'exit((int) !extension_loaded(\"$extension\"));'", $said, $is_missing);
    $is_missing && array_push($php, '-d', "extension=$extension");
}
$install = "require '$site/src/Shop.php'; (new Shop('sqlite:$file'))->install();";
passthru(implode(' ', array_map('escapeshellarg', [...$php, '-r', $install])));
foreach (['http://boutique.example', 'https://boutique.example/', ''] as $url) {
    $listener = stream_socket_server('tcp://127.0.0.1:0');
    $address = stream_socket_get_name($listener, false);
    fclose($listener);
    $environment = ['IZLY_API_KEY' => PARIS_KEY, 'IZLY_ENVIRONMENT' => $canned->url, 'SITE_DATABASE' => $file, 'SITE_URL' => $url];
    $log = ['file', '/dev/null', 'w'];
    $server = proc_open([...$php, '-S', $address, '-t', "$site/public"], [1 => $log, 2 => $log], $pipes, null, $environment + getenv());
    for ($attempt = 0; $attempt < 200 && !($probe = @stream_socket_client("tcp://$address")); $attempt++) {
        usleep(50000);
    }
    fclose($probe);
    $canned->forget();
    // Its requests say `Host: site.example`.
    $browser = new Browser("http://$address");
    $home = $browser->get('/');
    $cookie = $home->headers['set-cookie'] ?? 'no cookie';
    echo "$home->status ", preg_match('/; secure/i', $cookie) ? 'secure' : 'plain', preg_match('/; httponly/i', $cookie) ? ', httponly' : '';
    $answer = $browser->press('/', '/buy');
    $sent = json_decode($canned->requests()[0]['body'] ?? '{}', true);
    echo ", $answer->status ", preg_replace('/cafe-\w+/', 'ORDER', $sent['RedirectUrlAfterPayment'] ?? 'nothing sent'), "\n";
    proc_terminate($server, 2); // As Ctrl-C does: it frees what it has, and ends.
    proc_close($server);
}
array_map('unlink', glob("$file*"));
--EXPECT--
200 plain, httponly, 502 http://boutique.example/orders/ORDER
200 secure, httponly, 502 https://boutique.example/orders/ORDER
500 plain, 500 nothing sent
