<?php

/*
 * json_decode into arrays, then objects with promoted properties: what a careful program writes without izly. The amount
 * becomes centimes by exact arithmetic, and the date a DateTimeImmutable.
 */

declare(strict_types=1);

final readonly class Operation
{
    public function __construct(
        public int $id,
        public ?int $transactionId,
        public int $amountCents,
        public DateTimeImmutable $date,
        public string $status,
        public ?string $message,
        public ?string $orderId,
        public ?string $callbackParameters,
    ) {
    }
}

final readonly class Beneficiary
{
    public function __construct(public ?string $id, public ?string $clientId)
    {
    }
}

final readonly class User
{
    public function __construct(
        public ?string $id,
        public ?string $email,
        public ?string $clientCode,
        public ?string $affectationNumber,
    ) {
    }
}

final readonly class ErrorGiven
{
    public function __construct(public int $code, public string $message)
    {
    }
}

final readonly class Callback
{
    public function __construct(
        public Operation $operation,
        public Beneficiary $beneficiary,
        public User $user,
        public ErrorGiven $error,
    ) {
    }
}

/** `1.50` is 150: digits, and at most two after the point. Never through a float. */
function centimes(string $text): int
{
    if (preg_match('/^(\d{1,9})(?:\.(\d{1,2}))?$/D', $text, $parts) !== 1) {
        throw new UnexpectedValueException('not an amount');
    }
    return (int) $parts[1] * 100 + (int) str_pad($parts[2] ?? '', 2, '0');
}

/** PHP takes the 31st of February for the 3rd of March; izly refuses it. Not asking is in the peer's favour. */
function date_of(string $text): DateTimeImmutable
{
    return DateTimeImmutable::createFromFormat('!d/m/Y H:i:s', $text)
        ?: throw new UnexpectedValueException('not a date');
}

function operation(array $given): Operation
{
    return new Operation(
        $given['Id'],
        $given['IdTransactionDebitIzly'] ?? null,
        centimes($given['Amount']),
        date_of($given['Date']),
        $given['Status'],
        $given['Message'] ?? null,
        $given['ClientOrderId'] ?? null,
        $given['CallbackParameters'] ?? null,
    );
}

function callback_from(string $body): Callback
{
    $given = json_decode($body, true, 16, JSON_THROW_ON_ERROR);
    $beneficiary = $given['Beneficiary'];
    $user = $given['User'];
    $error = $given['Error'];
    return new Callback(
        operation($given['OperationSMoney']),
        new Beneficiary($beneficiary['Id'] ?? null, $beneficiary['ClientId'] ?? null),
        new User(
            $user['Id'] ?? null,
            $user['Email'] ?? null,
            $user['ClientCode'] ?? null,
            $user['NumeroAffectation'] ?? null,
        ),
        new ErrorGiven($error['Code'], $error['Message']),
    );
}

function decode_with_json_decode(): Closure
{
    $body = sample('callback');
    return static function () use ($body): int {
        $operation = callback_from($body)->operation;
        return $operation->amountCents + strlen($operation->orderId) + $operation->id % 10
            + (int) $operation->date->format('i');
    };
}
