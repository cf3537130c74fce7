--TEST--
A login and a purchase, with everything that a payment can hold, against the sandbox
--FILE--
<?php
require __DIR__ . '/support/support.php';

$listener = new Canned((int) setting('IZLY_CALLBACK_PORT'));
$listener->answer(200, Izly\Reply::accepted()->body);
$client = sandbox_client();

$login = $client->startLogin(Izly\Scope::USER_DETAILS | Izly\Scope::IZLY_PAY);
$query = student_logs_in($login->url);
echo thrown(fn () => $client->finishLogin($query, 'another')), "\n";
$tokens = $client->finishLogin($query, $login->state);
echo "$tokens->tokenType $tokens->expiresIn $tokens->scope\n";
$user = $client->user($tokens);
echo "$user->izlyId $user->company $user->rate $user->academicYear $user->institutionCode $user->ine $user->clientType\n";
$new = $client->refresh($tokens);
echo $new->accessToken !== $tokens->accessToken ? "new tokens\n" : "old tokens\n";
echo $client->user($new->accessToken)->id === $user->id ? "same student\n" : "another student\n";
$failure = failure(fn () => $client->refresh($tokens->refreshToken));
echo get_class($failure), " {$failure->getOauthError()} {$failure->getRetry()->value}\n";
$denied = failure(fn () => $client->finishLogin("error=access_denied&state=$login->state", $login->state));
echo get_class($denied), ' ', $denied->isAccessDenied() ? 'cancelled' : 'not cancelled', "\n";
echo $failure->isAccessDenied() ? 'cancelled' : 'not cancelled', "\n";

$order = new Izly\Order(new_order_id(), 150);
$pending = $client->createPayment(new Izly\NewPayment(
    $order,
    message: '2 cafés',
    callbackParameters: ['panier' => '12', 'ville' => 'Évry & co', '7' => ''],
    redirectUrl: 'https://boutique.example/merci?commande=42',
    software: 7,
));
echo $pending->orderId === $order->id, " $pending->amountCents $pending->status $pending->message $pending->callbackParameters\n";
$waiting = failure(fn () => $client->confirm($pending, $order));
echo get_class($waiting), " {$waiting->getOutcome()->value} {$waiting->getRetry()->value}\n";

student_approves($pending->authorizationUrl);
$posted = array_values(array_filter($listener->requests(), fn ($request) => str_contains($request['body'], $order->id)));
echo count($posted), ' ', explode(' ', $posted[0]['head'])[1], "\n";
$callback = Izly\Callback::parse($posted[0]['body']);
$claim = $callback->untrusted();
echo $callback->operationId === $pending->operationId, " $claim->amountText $claim->status $claim->userEmail $claim->errorCode\n";
$paid = $client->confirm($callback, $order, waitMs: 2000);
echo get_class($paid), ' ', $paid->operationId === $pending->operationId, " $paid->amountCents $paid->customerEmail\n";
echo get_class($client->confirm($pending->operationId, $order)), "\n";
echo failure(fn () => $client->confirm($callback, new Izly\Order($order->id, 151)))->getField(), "\n";
echo failure(fn () => $client->confirm($callback, new Izly\Order('another', 150)))->getField(), "\n";

$refund = $client->refund($paid);
echo $refund->operationId === $paid->operationId, " $refund->amountCents ", $refund->orderId === $order->id, "\n";
$again = failure(fn () => $client->refund(new Izly\RefundTarget($paid->operationId, $paid->orderId)));
echo get_class($again), ' ', $again->getApiCode() > 0, " {$again->getOutcome()->value}\n";
$payment = $client->payment($paid->operationId);
echo $payment->status === Izly\Status::REFUND, "\n";
echo get_class(failure(fn () => $client->confirm($callback, $order))), "\n";

$cancelled = $client->createPayment(new Izly\Order(new_order_id(), 100));
student_cancels($cancelled->authorizationUrl);
echo get_class(failure(fn () => $client->confirm($cancelled, new Izly\Order($cancelled->orderId, 100)))), "\n";
$unknown = failure(fn () => $client->payment(9999999999));
echo get_class($unknown), " {$unknown->getApiCode()} {$unknown->getApiMessage()} {$unknown->getTitle()}\n";
--EXPECT--
Izly\Exception\MismatchException: login: the state is not the one this login began with [not_sent]
Bearer 1797 users_details payments izly_pay
6000050617 10 1 2025 0000001A 000001255ZZ ETU
new tokens
same student
Izly\Exception\ApiException invalid_grant restart_login
Izly\Exception\ApiException cancelled
not cancelled
1 150 Waiting 2 cafés panier=12&ville=%C3%89vry%20%26%20co&7=
Izly\Exception\NotFinalException unknown later
1 /callback?panier=12&ville=%C3%89vry%20%26%20co&7=
1 1.50 Completed riche@example.fr 0
Izly\PaidPayment 1 150 riche@example.fr
Izly\PaidPayment
amount
order_id
1 150 1
Izly\Exception\ApiException 1 rejected
1
Izly\Exception\NotPaidException
Izly\Exception\NotPaidException
Izly\Exception\ApiException 356 Opération introuvable L'opération ne peut pas aboutir
