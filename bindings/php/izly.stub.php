<?php

/**
 * What the extension offers: the client, and its choices. The other two stubs hold values and exceptions.
 * `cargo xtask arginfo` makes the C declarations from these files; `cargo xtask test php` refuses a drift.
 *
 * @generate-class-entries
 */

namespace Izly;

/**
 * The version of the extension.
 *
 * @var string
 * @cvalue PHP_IZLY_VERSION
 */
const VERSION = UNKNOWN;

/** Which Izly to talk to (§2). A sandbox or another server is named by its URL, as a text. */
enum Environment: string
{
    /** The real one: money moves. */
    case Production = "production";
    /** Izly's own test system. */
    case Preproduction = "preproduction";
}

/** What happened to the request behind an error. */
enum Outcome: string
{
    /** Izly never saw it: nothing happened. */
    case NotSent = "not_sent";
    /** Izly said no: nothing was carried out. */
    case Rejected = "rejected";
    /** It may have been carried out: look before doing it again. */
    case Unknown = "unknown";
}

/** What may be done after an error. */
enum Retry: string
{
    /** The same call may be made again at once. */
    case Safe = "safe";
    /** The same call may be made again after a while. */
    case Later = "later";
    /** The call may be repeated once. */
    case Once = "once";
    /** Money may have moved: read the operation first. */
    case LookUpFirst = "look_up_first";
    /** Refresh the tokens, then call again. */
    case RefreshToken = "refresh_token";
    /** Send the student through the login again. */
    case RestartLogin = "restart_login";
    /** Correct the argument or the setting. */
    case Fix = "fix";
    /** Final: repeating gives the same answer. */
    case No = "no";
    /** Nobody expects this answer: keep it and report it. */
    case Report = "report";
}

/** The content type of payment calls (§4). */
enum ContentType: string
{
    /** The guide's. */
    case Xpollens = "xpollens";
    /** The older one, which clients in production send. */
    case SMoney = "s-money";
}

/** The unit of amounts in replies (§6). Yours are always centimes. */
enum AmountUnit: string
{
    case Euros = "euros";
    case Centimes = "centimes";
}

/** What a login has to bring back (§3.1). */
enum StatePolicy: string
{
    /** The same state that it left with. */
    case Required = "required";
    /** Or none: weaker, for a server that does not echo it. A wrong one is still refused. */
    case AllowMissing = "allow_missing";
}

/** The rights that a login asks for: `Scope::USER_DETAILS`, or a sum (§3.1). */
final class Scope
{
    /**
     * To read the student's details.
     *
     * @var int
     * @cvalue IZLY_SCOPE_USER_DETAILS
     */
    public const USER_DETAILS = UNKNOWN;
    /**
     * Payments by the student, a guess from the guide's example; payments themselves need no login.
     *
     * @var int
     * @cvalue IZLY_SCOPE_IZLY_PAY
     */
    public const IZLY_PAY = UNKNOWN;

    /** @implementation-alias Izly\Login::__construct */
    private function __construct() {}
}

/** The states of a payment that have a name here (§6). Others may come, as they were written: a status is a text. */
final class Status
{
    /**
     * Created; the student has not approved yet.
     *
     * @var string
     */
    public const WAITING = "Waiting";
    /**
     * Paid. The only state that means so; `confirm` looks at more than this.
     *
     * @var string
     */
    public const COMPLETED = "Completed";
    /**
     * Paid, then refunded.
     *
     * @var string
     */
    public const REFUND = "Refund";
    /**
     * Refused.
     *
     * @var string
     */
    public const REFUSED = "Refused";
    /**
     * Cancelled by the student.
     *
     * @var string
     */
    public const CANCELLED = "Cancelled";
    /**
     * Being decided.
     *
     * @var string
     */
    public const WAITING_FOR_VALIDATION = "WaitingForValidation";

    /** @implementation-alias Izly\Login::__construct */
    private function __construct() {}
}

/**
 * What a client does, for code that wants to be tested without one.
 *
 * Every call blocks until its answer or its deadline. Every exception is an `Izly\Exception\IzlyException` that says what
 * happened to the request; a wrong type is a `TypeError`.
 */
interface ClientInterface
{
    /**
     * Begins a login (§3.1): the page to send the browser to, and a state to keep in its session. Nothing is sent.
     *
     * The scope is a sum of `Scope::…`, 0 to 4294967295.
     */
    public function startLogin(int $scope = Scope::USER_DETAILS): Login;

    /**
     * Finishes a login (§3.1, §3.2): checks the state, reads the code, trades it for tokens. A code works once.
     *
     * Give `$_SERVER['QUERY_STRING']`, not `$_GET`: PHP has turned the `+` of a code into a space there. The state is the
     * one in this browser's session; forget it there first, so that it works once.
     *
     * Throws MismatchException with field `state` if this is not this browser's login; ApiException that
     * `isAccessDenied()` if the student cancelled.
     */
    public function finishLogin(#[\SensitiveParameter] string $rawQuery, #[\SensitiveParameter] string $state): Tokens;

    /** Trades a refresh token for new tokens (§3.3). If Izly gives no new refresh token, the old one is in the result. */
    public function refresh(#[\SensitiveParameter] Tokens|string $refreshToken): Tokens;

    /** Reads the details of the student who gave this access token (§3.4). */
    public function user(#[\SensitiveParameter] Tokens|string $accessToken): UserDetails;

    /**
     * Creates a payment for the student to approve (§4.1). Sent once, whatever happens.
     *
     * With an unknown outcome the payment may exist, but nobody has its page: another, under a new order id, is safe.
     */
    public function createPayment(NewPayment|Order $payment): PendingPayment;

    /** Reads a payment (§4.4), for support desks and reconciliation: it does not say that your order is paid. */
    public function payment(int $operationId): Payment;

    /**
     * Reads a payment back and compares it with your own order (§4.4): the only way an order becomes paid.
     *
     * While the payment is not final, asks again for up to `$waitMs` milliseconds, 0 to 4294967295; 0 asks once.
     *
     * Throws NotFinalException: ask again later; NotPaidException: refused, cancelled or refunded; MismatchException: not
     * the payment of this order.
     */
    public function confirm(Callback|PendingPayment|int $operation, Order $order, int $waitMs = 0): PaidPayment;

    /**
     * Gives the whole amount back (§4.5). Sent once, whatever happens.
     *
     * With an unknown outcome the money may have gone back: read the payment and look for `Status::REFUND` first.
     */
    public function refund(PaidPayment|Payment|RefundTarget $payment): Refund;
}

/**
 * The client of one partner. Making one is cheap and sends nothing: its connections are kept by the worker process, and
 * found again by the next request that makes a client with the same settings. After a fork the child gets its own.
 *
 * @strict-properties
 * @not-serializable
 */
final class Client implements ClientInterface
{
    /**
     * - `apiKey`: as the back office shows it (§1).
     * - `environment`: an Environment, or the URL of another Izly, such as the sandbox's. A text may also be the name of one.
     * - `appIdentifier`: if given, it must be the one in the key.
     * - `caFile`: a PEM file: trust its certificates and no others. `systemRoots`: trust what the system trusts, not the
     *   bundled list.
     * - `proxy`: an HTTP proxy; the process's environment is never asked.
     * - `application`: your own name for the user agent, `boutique/1.4`.
     * - `deadlineMs`: for a whole call, 15000 unless given, at most 600000. Keep it below your server's own limits: PHP's
     *   `max_execution_time` does not count the time that a call waits.
     * - `connectTimeoutMs`: for opening a connection, 5000 unless given.
     * - `maxBodyBytes`: the largest answer accepted, 1 MiB unless given.
     * - `reuseConnections`: whether reads share connections; what moves money never does.
     * - `persistent`: whether the worker process keeps this client's connections for its next request.
     *
     * Throws ConfigurationException with the setting as its field.
     */
    public function __construct(
        #[\SensitiveParameter] string $apiKey,
        Environment|string $environment,
        ?string $appIdentifier = null,
        ?string $caFile = null,
        bool $systemRoots = false,
        #[\SensitiveParameter] ?string $proxy = null,
        ?string $application = null,
        ?int $deadlineMs = null,
        ?int $connectTimeoutMs = null,
        ?int $maxBodyBytes = null,
        bool $reuseConnections = true,
        ?Wire $wire = null,
        bool $persistent = true,
    ) {}

    public function startLogin(int $scope = Scope::USER_DETAILS): Login {}

    public function finishLogin(#[\SensitiveParameter] string $rawQuery, #[\SensitiveParameter] string $state): Tokens {}

    public function refresh(#[\SensitiveParameter] Tokens|string $refreshToken): Tokens {}

    public function user(#[\SensitiveParameter] Tokens|string $accessToken): UserDetails {}

    public function createPayment(NewPayment|Order $payment): PendingPayment {}

    public function payment(int $operationId): Payment {}

    public function confirm(Callback|PendingPayment|int $operation, Order $order, int $waitMs = 0): PaidPayment {}

    public function refund(PaidPayment|Payment|RefundTarget $payment): Refund {}
}
