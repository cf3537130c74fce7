<?php

/*
 * A small partner site in plain PHP: log in with Izly, buy a coffee, learn whether it was paid, get the money back.
 *
 * What to copy from it: the order is stored before the payment is created; the callback is answered after the order is
 * settled; an order is settled at most once, by a rule of the database; a refund is claimed before it is asked for, and one
 * that went wrong is looked up before anyone tries again; the session is closed before a call, so that one slow call holds
 * up no other page.
 */

declare(strict_types=1);

require __DIR__ . '/../src/pages.php';
require __DIR__ . '/../src/Shop.php';
require __DIR__ . '/../src/actions.php';

/* Called for every request: cheap, since the worker keeps the connections. Below it is what you configure. */
function client(): Izly\Client
{
    return new Izly\Client(
        apiKey: (string) getenv('IZLY_API_KEY'),
        environment: (string) getenv('IZLY_ENVIRONMENT'),
        application: 'exemple-php/1.0',
    );
}

function shop(): Shop
{
    return new Shop('sqlite:' . getenv('SITE_DATABASE'));
}

function route(string $method, string $path): void
{
    if ($path === '/callback') {
        callback($method);
        return;
    }
    session_start([
        'cookie_httponly' => true,
        'cookie_samesite' => 'Lax',
        'cookie_secure' => str_starts_with(origin(), 'https:'),
        'use_strict_mode' => true,
    ]);
    $order = preg_match('~^/orders/([a-z0-9-]+)(/confirm|/refund)?$~', $path, $found) ? $found[1] : null;
    $action = $found[2] ?? '';
    if ($method === 'POST') {
        require_form_token();
    }
    match (true) {
        $method === 'GET' && $path === '/' => home_page(),
        $method === 'POST' && $path === '/buy' => buy(),
        $method === 'GET' && $path === '/login' => login(),
        $method === 'GET' && $path === '/login/return' => login_return(),
        $method === 'GET' && $order !== null && $action === '' => order_page(shop()->order($order)),
        $method === 'POST' && $action === '/confirm' => confirm($order),
        $method === 'POST' && $action === '/refund' => refund($order),
        default => message_page(404, 'Page introuvable'),
    };
}

try {
    route($_SERVER['REQUEST_METHOD'], parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH) ?: '/');
} catch (Izly\Exception\IzlyException $exception) {
    // For you: no secret in it. For the student: what happened to their money.
    error_log($exception->getMessage());
    message_page(502, what_happened($exception));
} catch (Throwable $failure) {
    error_log(get_class($failure) . ': ' . $failure->getMessage());
    message_page(500, 'Erreur de notre côté : réessayez dans un moment');
}
