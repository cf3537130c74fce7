<?php

declare(strict_types=1);

/* What comes from elsewhere never goes into a page as it is. */
function escaped(mixed $text): string
{
    return htmlspecialchars((string) $text, ENT_QUOTES | ENT_SUBSTITUTE);
}

function page(string $content): void
{
    header('Content-Type: text/html; charset=utf-8');
    header('Cache-Control: no-store');
    echo '<!doctype html><html lang="fr"><meta charset="utf-8"><title>Cafétéria</title><h1>Cafétéria</h1>', $content;
}

function message_page(int $status, string $message): void
{
    http_response_code($status);
    page('<p id="state">' . escaped($message) . '</p><p><a href="/">Accueil</a></p>');
}

/* What happened to the student's money, which the call and its outcome say. */
function what_happened(Izly\Exception\IzlyException $exception): string
{
    $is_unknown = $exception->getOutcome() === Izly\Outcome::Unknown;
    $is_refused = $exception->getOutcome() === Izly\Outcome::Rejected;
    return match ($exception->getCall()) {
        'refund' => match (true) {
            $is_unknown => "Izly ne dit pas si le remboursement a eu lieu. Ne recommencez pas avant de l'avoir vérifié.",
            $is_refused => "Izly a refusé le remboursement : rien n'a été rendu.",
            default => "Le remboursement n'a pas été demandé : rien n'a été rendu.",
        },
        // A payment that nobody sees the page of is approved by nobody; the next has an order of its own.
        'create_payment' => "Le paiement n'a pas commencé : rien n'est débité. Vous pouvez recommencer.",
        default => "Izly ne répond pas comme prévu : rien n'a changé. Réessayez dans un moment.",
    };
}

function redirect(string $url): void
{
    header("Location: $url", true, 303);
}

/* A form that another site cannot post in the student's name. */
function form(string $action, string $label): string
{
    $_SESSION['form_token'] ??= bin2hex(random_bytes(16));
    return '<form method="post" action="' . escaped($action) . '"><input type="hidden" name="token" value="'
        . escaped($_SESSION['form_token']) . '"><button>' . escaped($label) . '</button></form>';
}

function require_form_token(): void
{
    if (!hash_equals($_SESSION['form_token'] ?? random_bytes(16), (string) ($_POST['token'] ?? ''))) {
        message_page(403, 'Formulaire expiré : revenez en arrière et rechargez la page');
        exit;
    }
}

function home_page(): void
{
    page(form('/buy', 'Payer un café, 1,50 €, avec Izly') . '<p><a href="/login">Se connecter avec Izly</a></p>');
}

function order_page(?array $row): void
{
    if ($row === null) {
        message_page(404, 'Commande introuvable');
        return;
    }
    $states = [
        'waiting' => 'en attente',
        'paid' => 'payée',
        'refunding' => 'remboursement en cours',
        'refunded' => 'remboursée',
        'cancelled' => 'annulée',
    ];
    $cents = (int) $row['amount_cents'];
    $amount = sprintf('%d,%02d €', intdiv($cents, 100), $cents % 100);
    $path = '/orders/' . $row['id'];
    page('<p id="state">' . $states[$row['state']] . "</p><p>$amount</p>" . match ($row['state']) {
        'waiting', 'refunding' => form("$path/confirm", 'Vérifier auprès d’Izly'),
        'paid' => form("$path/refund", 'Rembourser'),
        default => '',
    });
}
