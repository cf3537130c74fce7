<?php

declare(strict_types=1);

use Izly\Exception\IzlyException;
use Izly\Exception\NotFinalException;
use Izly\Exception\NotPaidException;

/* Sells one coffee: the order first, then the payment. The student comes back to the order's page. */
function buy(): void
{
    session_write_close();
    $order = shop()->open(150);
    $pending = client()->createPayment(new Izly\NewPayment(
        $order,
        message: '1 café',
        redirectUrl: origin() . "/orders/$order->id",
    ));
    shop()->attach($pending);
    redirect($pending->authorizationUrl);
}

/* What Izly posts (§4.3). Anyone can post the same: it only says which payment to look at. */
function callback(string $method): void
{
    if ($method !== 'POST') {
        http_response_code(405);
        return;
    }
    try {
        $callback = Izly\Callback::parse(file_get_contents('php://input'));
        $row = shop()->order($callback->orderId);
        if ($row === null) {
            Izly\Reply::rejected(2, 'no such order', 404)->send();
            return;
        }
        // Our own amount, never the callback's. Izly calls while it validates, so the payment may take a moment.
        $paid = client()->confirm($callback, new Izly\Order($row['id'], (int) $row['amount_cents']), waitMs: 2000);
        shop()->settle($paid);
        // Only now: what is answered before the commit may be lost.
        Izly\Reply::accepted()->send();
    } catch (Throwable $failure) {
        // Whatever it is, our own database too: Izly has to hear that nothing was settled.
        error_log(get_class($failure) . ': ' . $failure->getMessage());
        Izly\Reply::rejected(1, 'not settled')->send();
    }
}

/* Asks Izly about an order: for a callback that never came, or a refund that nobody knows of. */
function confirm(?string $id): void
{
    session_write_close();
    $row = shop()->order($id);
    if ($row === null || $row['operation_id'] === null) {
        message_page(404, 'Commande introuvable');
        return;
    }
    try {
        $order = new Izly\Order($row['id'], (int) $row['amount_cents']);
        if ($row['state'] !== 'refunding') {
            shop()->settle(client()->confirm((int) $row['operation_id'], $order));
        } elseif (client()->payment((int) $row['operation_id'])->status === Izly\Status::REFUND) {
            // Only ever onwards: the refund may be under way at this moment.
            shop()->change($row['id'], 'refunding', 'refunded');
        }
    } catch (NotPaidException) {
        // Refused or cancelled; an order that was credited and refunded stays what it is.
        shop()->change($row['id'], 'waiting', 'cancelled');
    } catch (NotFinalException) {
        // Still waiting: the page says so.
    }
    redirect("/orders/{$row['id']}");
}

/* Gives the money back. A real site asks first whether this person may. */
function refund(?string $id): void
{
    session_write_close();
    $row = shop()->order($id);
    // Claimed before the call: of two refunds at once, one asks Izly, and the other is told so.
    if ($row === null || !shop()->change($row['id'], 'paid', 'refunding')) {
        message_page(409, $row !== null && $row['state'] === 'refunding'
            ? 'Remboursement en cours' : "Cette commande n'est pas à rembourser");
        return;
    }
    $operation = (int) $row['operation_id'];
    try {
        client()->refund(new Izly\RefundTarget($operation, $row['id']));
    } catch (IzlyException $exception) {
        $state = state_after($exception, $operation);
        shop()->change($row['id'], 'refunding', $state);
        if ($state !== 'refunded') {
            throw $exception;
        }
    }
    // No row if it has been closed already, above or by a look from the order's page.
    shop()->change($row['id'], 'refunding', 'refunded');
    redirect("/orders/{$row['id']}");
}

/* What an order is after a refund that did not go well: did it happen? Only Izly knows, and that it said no may be because
 * it had happened before: so look, unless nothing was sent. Whatever is not surely over stays claimed: a refund of unknown
 * outcome may still be under way, however the operation looks now (docs/settle-once.md). */
function state_after(IzlyException $refusal, int $operation): string
{
    if ($refusal->getOutcome() === Izly\Outcome::NotSent) {
        return 'paid';
    }
    try {
        $status = client()->payment($operation)->status;
    } catch (IzlyException $failure) {
        // Only logged: the page is about the refund, and that this question was not even sent says nothing about it.
        error_log($failure->getMessage());
        return 'refunding';
    }
    if ($status === Izly\Status::REFUND) {
        return 'refunded';
    }
    $is_refused = $refusal->getOutcome() === Izly\Outcome::Rejected && $status === Izly\Status::COMPLETED;
    return $is_refused ? 'paid' : 'refunding';
}

function login(): void
{
    $login = client()->startLogin();
    $_SESSION['izly_state'] = $login->state;
    redirect($login->url);
}

function login_return(): void
{
    $state = $_SESSION['izly_state'] ?? '';
    unset($_SESSION['izly_state']); // It works once.
    session_regenerate_id(true);    // Who was nobody is somebody now.
    session_write_close();
    if ($state === '') {
        message_page(403, "Cette connexion n'a pas commencé ici");
        return;
    }
    try {
        // The raw query: in $_GET the `+` of a code would be a space.
        $tokens = client()->finishLogin($_SERVER['QUERY_STRING'] ?? '', $state);
        $user = client()->user($tokens);
        message_page(200, 'Connecté, tarif ' . $user->rate);
    } catch (Izly\Exception\MismatchException) {
        message_page(403, "Cette connexion n'a pas commencé ici");
    } catch (Izly\Exception\ApiException $exception) {
        message_page(403, $exception->isAccessDenied() ? 'Connexion annulée' : 'Connexion refusée');
    }
}

/* What the site is called, from its configuration: the Host of a request is whatever the browser, or anyone, writes there. */
function origin(): string
{
    return rtrim((string) getenv('SITE_URL'), '/') ?: throw new LogicException('SITE_URL is not set');
}
