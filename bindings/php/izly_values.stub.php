<?php

/**
 * Values: what you give, what Izly gives, and what a callback claims.
 *
 * Each is final, read-only, not cloned and not serialised. Dumps, casts, `json_encode` and loops leave secrets and personal
 * data out; `$value->name` is the one way to read them. A loop walks a copy, never by reference; `get_object_vars`,
 * `array_walk` and `http_build_query` find nothing at all. Amounts are integer centimes; another type is a TypeError, even without
 * strict_types.
 *
 * Dates are Izly's local civil time, no zone is documented: `date` as ISO 8601 (`2021-05-03T15:37:30`), null if absent or
 * unreadable; `dateText` as it was written.
 *
 * @generate-class-entries
 */

namespace Izly;

/**
 * Your own record: what a payment is created with, and confirmed against. Store it before you create its payment.
 *
 * @strict-properties
 * @not-serializable
 */
final class Order
{
    public readonly string $id;
    public readonly int $amountCents;

    /** The id is your own reference, 1 to 100 characters; the amount 1 to 2147483647 centimes. Checked by the call. */
    public function __construct(string $id, int $amountCents) {}
}

/**
 * What a payment is created with (§4.1).
 *
 * @strict-properties
 * @not-serializable
 */
final class NewPayment
{
    public readonly Order $order;
    public readonly ?string $message;
    /** @phpstan-var string|array<string, string>|null */
    public readonly string|array|null $callbackParameters;
    public readonly ?string $redirectUrl;
    public readonly ?int $software;

    /**
     * - `message`: a comment that the operation keeps, at most 255 characters.
     * - `callbackParameters`: what Izly appends to the callback URL: names and values, or a text already percent-encoded
     *   (`a=1&b=2`). They come back in a request that anyone can make: put nothing secret in them, believe nothing in them.
     * - `redirectUrl`: where the link on the success page leads, in place of the registered URL.
     * - `software`: the number of your software, if Izly gave it one, 0 to 2147483647.
     *
     * @phpstan-param string|array<string, string>|null $callbackParameters
     */
    public function __construct(
        Order $order,
        #[\SensitiveParameter] ?string $message = null,
        #[\SensitiveParameter] string|array|null $callbackParameters = null,
        #[\SensitiveParameter] ?string $redirectUrl = null,
        ?int $software = null,
    ) {}
}

/**
 * What to refund, when you stored the numbers and not the PaidPayment.
 *
 * @strict-properties
 * @not-serializable
 */
final class RefundTarget
{
    public readonly int $operationId;
    public readonly string $orderId;

    public function __construct(int $operationId, string $orderId) {}
}

/**
 * The other readings of what the vendor's guide leaves open (docs/protocol.md).
 *
 * @strict-properties
 * @not-serializable
 */
final class Wire
{
    public readonly ContentType $contentType;
    public readonly AmountUnit $replyAmounts;
    public readonly bool $refundSlash;
    public readonly StatePolicy $state;

    /**
     * `refundSlash`: whether a refund has a slash before the order id, as the guide prints it (§4.5).
     */
    public function __construct(
        ContentType $contentType = ContentType::Xpollens,
        AmountUnit $replyAmounts = AmountUnit::Euros,
        bool $refundSlash = false,
        StatePolicy $state = StatePolicy::Required,
    ) {}
}

/**
 * A login that has begun (§3.1). Redirect the browser to `url`; keep `state` in its session.
 *
 * @strict-properties
 * @not-serializable
 */
final class Login
{
    public readonly string $url;
    public readonly string $state;

    private function __construct() {}
}

/**
 * What a login gives (§3.2). Store what you keep of it encrypted.
 *
 * @strict-properties
 * @not-serializable
 */
final class Tokens
{
    public readonly string $accessToken;
    public readonly ?string $refreshToken;
    public readonly ?string $tokenType;
    /** How long the access token lives, in seconds. */
    public readonly ?int $expiresIn;
    public readonly ?string $scope;
    /** Fields of the reply that have no member here, as a JSON object. */
    public readonly ?string $extraJson;

    /** @implementation-alias Izly\Login::__construct */
    private function __construct() {}
}

/**
 * A student's details (§3.4), each null if Izly did not give it.
 *
 * @strict-properties
 * @not-serializable
 */
final class UserDetails
{
    public readonly ?string $rightHolderId;
    /** The Izly account. */
    public readonly ?string $izlyId;
    /** The rate company. */
    public readonly ?string $company;
    /** What a meal costs this person. */
    public readonly ?string $rate;
    public readonly ?string $academicYear;
    public readonly ?string $employer;
    /** The institution's UAI code. */
    public readonly ?string $institutionCode;
    public readonly ?string $componentCode;
    /** The institution's number for the student. Personal. */
    public readonly ?string $studentCode;
    /** The national student number. Personal. */
    public readonly ?string $ine;
    /** CROUS's code for the client. Personal. */
    public readonly ?string $clientCode;
    public readonly ?string $clientType;
    public readonly ?string $affectationNumber;
    public readonly ?string $id;
    public readonly ?string $extraJson;

    /** @implementation-alias Izly\Login::__construct */
    private function __construct() {}
}

/**
 * A payment that waits for the student (§4.1). Store `operationId` beside the order before you send the browser on.
 *
 * @strict-properties
 * @not-serializable
 */
final class PendingPayment
{
    public readonly int $operationId;
    public readonly string $orderId;
    public readonly int $amountCents;
    /** Izly's page where the student approves: redirect the browser to it. For this student only. */
    public readonly string $authorizationUrl;
    public readonly ?int $transactionId;
    public readonly ?string $date;
    public readonly ?string $dateText;
    public readonly ?string $status;
    public readonly ?string $message;
    public readonly ?string $callbackParameters;
    public readonly ?string $beneficiaryAccountId;
    public readonly ?string $beneficiaryIdentifier;
    public readonly ?string $extraJson;

    /** @implementation-alias Izly\Login::__construct */
    private function __construct() {}
}

/**
 * A payment as Izly describes it (§4.4). It does not say that your order is paid: `confirm` does.
 *
 * @strict-properties
 * @not-serializable
 */
final class Payment
{
    public readonly int $operationId;
    public readonly string $orderId;
    public readonly int $amountCents;
    public readonly string $status;
    public readonly ?int $transactionId;
    public readonly ?string $date;
    public readonly ?string $dateText;
    public readonly ?string $message;
    public readonly ?string $callbackParameters;
    public readonly ?string $beneficiaryAccountId;
    public readonly ?string $beneficiaryIdentifier;
    public readonly ?string $customerAccountId;
    public readonly ?string $customerEmail;
    public readonly ?string $customerClientCode;
    /** What went wrong, in Izly's words. */
    public readonly ?string $errorText;
    public readonly ?string $extraJson;

    /** @implementation-alias Izly\Login::__construct */
    private function __construct() {}
}

/**
 * A payment that Izly itself says is completed, for the order it was compared with. Only `confirm` makes one: credit an
 * order on it, once (claim `operationId` under a uniqueness rule, in the same transaction), and on nothing else.
 *
 * @strict-properties
 * @not-serializable
 */
final class PaidPayment
{
    public readonly int $operationId;
    public readonly string $orderId;
    public readonly int $amountCents;
    public readonly ?int $transactionId;
    public readonly ?string $date;
    public readonly ?string $dateText;
    public readonly ?string $message;
    public readonly ?string $callbackParameters;
    public readonly ?string $beneficiaryAccountId;
    public readonly ?string $beneficiaryIdentifier;
    public readonly ?string $customerAccountId;
    public readonly ?string $customerEmail;
    public readonly ?string $customerClientCode;
    public readonly ?string $extraJson;

    /** @implementation-alias Izly\Login::__construct */
    private function __construct() {}
}

/**
 * A refund that was made (§4.5). The whole amount went back.
 *
 * @strict-properties
 * @not-serializable
 */
final class Refund
{
    public readonly int $operationId;
    public readonly ?string $orderId;
    /** Null if Izly did not say. */
    public readonly ?int $amountCents;
    public readonly ?string $date;
    public readonly ?string $dateText;
    public readonly ?int $transactionId;
    public readonly ?string $extraJson;

    /** @implementation-alias Izly\Login::__construct */
    private function __construct() {}
}

/**
 * A claim that something happened to a payment (§4.3). It proves nothing: callbacks are not signed, and anyone can post
 * one. Find your own order by `orderId`, and give both to `confirm`.
 *
 * @strict-properties
 * @not-serializable
 */
final class Callback
{
    public readonly int $operationId;
    /** Good for finding your own record, and for nothing else. */
    public readonly ?string $orderId;

    /** @implementation-alias Izly\Login::__construct */
    private function __construct() {}

    /**
     * Reads the raw body of a request: `file_get_contents('php://input')`, `$request->getContent()`,
     * `(string) $request->getBody()`. No network. At most 1 MiB.
     *
     * Throws UnreadableException with the field that breaks a rule, TooLargeException.
     */
    public static function parse(#[\SensitiveParameter] string $body): Callback {}

    /** What else it claims: for logs and support, never for crediting. */
    public function untrusted(): Untrusted {}
}

/**
 * What a callback claims, and anyone could have written.
 *
 * @strict-properties
 * @not-serializable
 */
final class Untrusted
{
    public readonly ?int $transactionId;
    /** As it is written: production has sent `200.00` for 200 centimes. */
    public readonly ?string $amountText;
    public readonly ?string $date;
    public readonly ?string $dateText;
    public readonly ?string $status;
    public readonly ?string $message;
    public readonly ?string $callbackParameters;
    public readonly ?string $beneficiaryAccountId;
    public readonly ?string $beneficiaryIdentifier;
    public readonly ?string $userAccountId;
    public readonly ?string $userEmail;
    public readonly ?string $userClientCode;
    public readonly ?string $userAffectationNumber;
    /** 0 is said to be success. */
    public readonly ?int $errorCode;
    public readonly ?string $errorMessage;
    public readonly ?string $extraJson;

    /** @implementation-alias Izly\Login::__construct */
    private function __construct() {}
}

/**
 * What to answer a callback with (§4.3), for `send()` or for your framework's own response.
 *
 * @strict-properties
 * @not-serializable
 */
final class Reply
{
    public readonly int $status;
    /** @phpstan-var array<string, string> */
    public readonly array $headers;
    public readonly string $body;

    /** @implementation-alias Izly\Login::__construct */
    private function __construct() {}

    /** The payment is settled in your own database, or was before: 200, code 0. */
    public static function accepted(): Reply {}

    /** You could not settle it yet. The code is your own, not 0; the message is for Izly's logs: no secret in it. */
    public static function rejected(int $code, string $message, int $status = 500): Reply {}

    /** Sets the status and the headers, and writes the body. Before any other output. */
    public function send(): void {}
}
