<?php

/*
 * json_decode into arrays, then the very objects that izly gives: a callback and what it claims, the amount as the text
 * that it is, the date as a text in the form 2021-05-03T15:37:30. It looks for no fields that it does not know, and takes
 * names in one spelling only, which izly does not: that is in its favour.
 */

declare(strict_types=1);

final readonly class Untrusted
{
    public function __construct(
        public ?int $transactionId,
        public ?string $amountText,
        public ?string $date,
        public ?string $dateText,
        public ?string $status,
        public ?string $message,
        public ?string $callbackParameters,
        public ?string $beneficiaryAccountId,
        public ?string $beneficiaryIdentifier,
        public ?string $userAccountId,
        public ?string $userEmail,
        public ?string $userClientCode,
        public ?string $userAffectationNumber,
        public ?int $errorCode,
        public ?string $errorMessage,
        public ?string $extraJson,
    ) {
    }
}

final readonly class Callback
{
    public function __construct(public int $operationId, public ?string $orderId, public Untrusted $untrusted)
    {
    }
}

/** A date that cannot be read is none: its text is kept beside it. */
function local_date(?string $text): ?string
{
    $form = '~^(\d\d)/(\d\d)/(\d{4}) ((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)$~D';
    if ($text === null || preg_match($form, $text, $parts) !== 1) {
        return null;
    }
    [, $day, $month, $year, $time] = $parts;
    return checkdate((int) $month, (int) $day, (int) $year) ? "$year-$month-{$day}T$time" : null;
}

function claims(array $given): Untrusted
{
    $operation = $given['OperationSMoney'];
    $beneficiary = $given['Beneficiary'] ?? [];
    $user = $given['User'] ?? [];
    $error = $given['Error'] ?? [];
    $date = $operation['Date'] ?? null;
    return new Untrusted(
        $operation['IdTransactionDebitIzly'] ?? null,
        $operation['Amount'] ?? null,
        local_date($date),
        $date,
        $operation['Status'] ?? null,
        $operation['Message'] ?? null,
        $operation['CallbackParameters'] ?? null,
        $beneficiary['Id'] ?? null,
        $beneficiary['ClientId'] ?? null,
        $user['Id'] ?? null,
        $user['Email'] ?? null,
        $user['ClientCode'] ?? null,
        $user['NumeroAffectation'] ?? null,
        $error['Code'] ?? null,
        $error['Message'] ?? null,
        null,
    );
}

function callback_from(string $body): Callback
{
    $given = json_decode($body, true, 16, JSON_THROW_ON_ERROR);
    $operation = $given['OperationSMoney'];
    return new Callback($operation['Id'], $operation['ClientOrderId'] ?? null, claims($given));
}

function decode_with_json_decode_same(): Closure
{
    $body = sample('callback');
    return static function () use ($body): int {
        $callback = callback_from($body);
        $claims = $callback->untrusted;
        // As for izly: the length of the amount's text.
        return strlen($claims->amountText) + strlen($callback->orderId) + $callback->operationId % 10
            + (int) substr($claims->date, 14, 2);
    };
}
