--TEST--
The site's refund: looks before it says what became of the money, claims before it asks, and tells its own failure
--EXTENSIONS--
pdo
pdo_sqlite
--FILE--
<?php
require __DIR__ . '/support/support.php';

$site = dirname(setting('IZLY_MODULE'), 2) . '/examples/site/src';
require "$site/pages.php";
require "$site/Shop.php";
require "$site/actions.php";

ini_set('error_log', '/dev/null');
ob_start(); // Pages send headers, which come before all output.
$file = tempnam(sys_get_temp_dir(), 'izly');
$database = new PDO("sqlite:$file");
shop()->install();
$clients = [];

function shop(): Shop
{
    return new Shop("sqlite:{$GLOBALS['file']}");
}

/* One for the refund, one for the look. */
function client(): Izly\Client
{
    return array_shift($GLOBALS['clients']);
}

$failing = new Canned();
$failing->answer(500, '');
$refusing = new Canned();
$refusing->answer(404, '{"Code":356,"ErrorMessage":"non"}');
$payment = '{"OperationId":7,"Amount":1.50,"OrderId":"o","OperationStatus":"%s"}';
$refunded = new Canned();
$refunded->answer(200, sprintf($payment, 'Refund'));
$completed = new Canned();
$completed->answer(200, sprintf($payment, 'Completed'));
$underway = new Canned();
$underway->answer(200, sprintf($payment, 'Pending'));
$gone = new Canned();
$nobody = $gone->client();
$gone->stop();

function try_refund(string $name, string $state, Izly\Client ...$given): void
{
    global $database, $clients;
    $database->exec("DELETE FROM orders; INSERT INTO orders VALUES ('o', 150, 7, '$state')");
    $clients = $given;
    http_response_code(200);
    ob_start();
    $failure = failure(fn () => refund('o'));
    $page = strip_tags(preg_replace('~.*<p id="state">~', '', ob_get_clean()));
    echo "$name: ", shop()->order('o')['state'], ', ', http_response_code(), ' ', $page, ', ', count($given) - count($clients), " clients\n";
    echo $failure === null ? '' : "  {$failure->getCall()} {$failure->getOutcome()->name} " . what_happened($failure) . "\n";
}

try_refund('unknown, not seen', 'paid', $failing->client(), $nobody);
try_refund('unknown, seen as done', 'paid', $failing->client(), $refunded->client());
try_refund('unknown, seen as not done', 'paid', $failing->client(), $completed->client());
try_refund('rejected, seen as done', 'paid', $refusing->client(), $refunded->client());
try_refund('rejected, seen as not done', 'paid', $refusing->client(), $completed->client());
try_refund('rejected, seen under way', 'paid', $refusing->client(), $underway->client());
try_refund('rejected, not seen', 'paid', $refusing->client(), $nobody);
try_refund('not sent', 'paid', $nobody, $refunded->client());
$failing->forget();
try_refund('claimed by another', 'refunding', $failing->client());
try_refund('refunded before', 'refunded', $failing->client());
echo count($failing->requests()), " requests\n";
echo json_encode([shop()->change('o', 'refunded', 'paid'), shop()->change('o', 'paid', 'refunding'), shop()->change('o', 'paid', 'refunding')]), "\n";
// The look from the order's page: onwards, never back.
foreach (['Completed' => $completed, 'Refund' => $refunded] as $status => $server) {
    $clients = [$server->client()];
    confirm('o');
    echo "$status: ", shop()->order('o')['state'], "\n";
}
array_map('unlink', glob("$file*"));
--EXPECT--
unknown, not seen: refunding, 200 , 2 clients
  refund Unknown Izly ne dit pas si le remboursement a eu lieu. Ne recommencez pas avant de l'avoir vérifié.
unknown, seen as done: refunded, 303 , 2 clients
unknown, seen as not done: refunding, 200 , 2 clients
  refund Unknown Izly ne dit pas si le remboursement a eu lieu. Ne recommencez pas avant de l'avoir vérifié.
rejected, seen as done: refunded, 303 , 2 clients
rejected, seen as not done: paid, 200 , 2 clients
  refund Rejected Izly a refusé le remboursement : rien n'a été rendu.
rejected, seen under way: refunding, 200 , 2 clients
  refund Rejected Izly a refusé le remboursement : rien n'a été rendu.
rejected, not seen: refunding, 200 , 2 clients
  refund Rejected Izly a refusé le remboursement : rien n'a été rendu.
not sent: paid, 200 , 1 clients
  refund NotSent Le remboursement n'a pas été demandé : rien n'a été rendu.
claimed by another: refunding, 409 Remboursement en coursAccueil, 0 clients
refunded before: refunded, 409 Cette commande n&#039;est pas à rembourserAccueil, 0 clients
0 requests
[true,true,false]
Completed: refunding
Refund: refunded
