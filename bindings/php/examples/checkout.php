<?php
// A purchase on the command line: `php checkout.php ORDER`, with IZLY_ENVIRONMENT and IZLY_API_KEY set. Open the page
// that it prints, approve, and give it the body of the callback on standard input, as a web server would.

use Izly\{Callback, Client, NewPayment, Order};
use Izly\Exception\IzlyException;

$client = new Client(apiKey: getenv('IZLY_API_KEY'), environment: getenv('IZLY_ENVIRONMENT'));
try {
    $order = new Order($argv[1] ?? 'order-42', amountCents: 150); // store it first
    $pending = $client->createPayment(new NewPayment($order, message: '2 cafés'));
    echo "approve at $pending->authorizationUrl\n"; // store $pending->operationId, then send the browser there

    $callback = Callback::parse(file_get_contents('php://stdin')); // php://input in a page; proves nothing
    $paid = $client->confirm($callback, $order, waitMs: 2000); // asks Izly, compares with your own order
    echo "paid: operation $paid->operationId, $paid->amountCents centimes\n"; // credit it once, in one transaction

    $refund = $client->refund($paid);
    echo "refunded: operation $refund->operationId\n";
} catch (IzlyException $exception) {
    // Money may have moved: an error always says what became of the request.
    fwrite(STDERR, "{$exception->getMessage()} ({$exception->getOutcome()->value})\n");
    exit(1);
}
