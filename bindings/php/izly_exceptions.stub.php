<?php

/**
 * Exceptions: one class for each kind of error, on SPL bases, behind one interface. `getCode()` is the status of izly.h.
 * No message, dump or trace holds a secret.
 *
 * @generate-class-entries
 */

namespace Izly\Exception;

/** Every exception of this extension. Money may have moved: `getOutcome()` says what became of the request. */
interface IzlyException extends \Throwable
{
    /** What happened to the request. */
    public function getOutcome(): \Izly\Outcome;

    /** What may be done next. */
    public function getRetry(): \Izly\Retry;

    /** The HTTP status of the answer; null if none arrived. */
    public function getHttpStatus(): ?int;

    /** Izly's own error code. Only 356, unknown operation, is documented (§5). */
    public function getApiCode(): ?int;

    /** How long the server asked to wait. */
    public function getRetryAfterSeconds(): ?int;

    /** What it is about: an argument or setting (`amount`, `deadline`), or a field of a reply as Izly spells it. */
    public function getField(): ?string;

    /** The call that failed, such as `create_payment`. */
    public function getCall(): ?string;

    /** What was going on when the deadline passed: `resolve`, `connect`, `tls`, `send`, `receive`. */
    public function getPhase(): ?string;

    /** Izly's message, in French. */
    public function getApiMessage(): ?string;

    /** The title Izly gave it, in French. */
    public function getTitle(): ?string;

    /** The OAuth error of a login or token call, such as `access_denied`. */
    public function getOauthError(): ?string;

    /** Whether the student pressed cancel on the login page. */
    public function isAccessDenied(): bool;

    /** The beginning of an answer that could not be used. May hold personal data: not for a log that others read. */
    public function revealExcerpt(): ?string;
}

/**
 * Something to correct in your own code or settings. Nothing was sent.
 *
 * @not-serializable
 */
abstract class UsageException extends \InvalidArgumentException implements IzlyException
{
    private readonly int $outcome;
    private readonly int $retry;
    private readonly ?int $httpStatus;
    private readonly ?int $apiCode;
    private readonly ?int $retryAfterSeconds;
    private readonly ?string $field;
    private readonly ?string $call;
    private readonly ?string $phase;
    private readonly ?string $apiMessage;
    private readonly ?string $title;
    private readonly ?string $oauthError;
    private readonly ?string $excerpt;

    public function getOutcome(): \Izly\Outcome {}

    public function getRetry(): \Izly\Retry {}

    public function getHttpStatus(): ?int {}

    public function getApiCode(): ?int {}

    public function getRetryAfterSeconds(): ?int {}

    public function getField(): ?string {}

    public function getCall(): ?string {}

    public function getPhase(): ?string {}

    public function getApiMessage(): ?string {}

    public function getTitle(): ?string {}

    public function getOauthError(): ?string {}

    public function isAccessDenied(): bool {}

    public function revealExcerpt(): ?string {}
}

/**
 * A call that did not give what was asked for, for a reason outside your code.
 *
 * @not-serializable
 */
abstract class CallException extends \RuntimeException implements IzlyException
{
    private readonly int $outcome;
    private readonly int $retry;
    private readonly ?int $httpStatus;
    private readonly ?int $apiCode;
    private readonly ?int $retryAfterSeconds;
    private readonly ?string $field;
    private readonly ?string $call;
    private readonly ?string $phase;
    private readonly ?string $apiMessage;
    private readonly ?string $title;
    private readonly ?string $oauthError;
    private readonly ?string $excerpt;

    /** @implementation-alias Izly\Exception\UsageException::getOutcome */
    public function getOutcome(): \Izly\Outcome {}

    /** @implementation-alias Izly\Exception\UsageException::getRetry */
    public function getRetry(): \Izly\Retry {}

    /** @implementation-alias Izly\Exception\UsageException::getHttpStatus */
    public function getHttpStatus(): ?int {}

    /** @implementation-alias Izly\Exception\UsageException::getApiCode */
    public function getApiCode(): ?int {}

    /** @implementation-alias Izly\Exception\UsageException::getRetryAfterSeconds */
    public function getRetryAfterSeconds(): ?int {}

    /** @implementation-alias Izly\Exception\UsageException::getField */
    public function getField(): ?string {}

    /** @implementation-alias Izly\Exception\UsageException::getCall */
    public function getCall(): ?string {}

    /** @implementation-alias Izly\Exception\UsageException::getPhase */
    public function getPhase(): ?string {}

    /** @implementation-alias Izly\Exception\UsageException::getApiMessage */
    public function getApiMessage(): ?string {}

    /** @implementation-alias Izly\Exception\UsageException::getTitle */
    public function getTitle(): ?string {}

    /** @implementation-alias Izly\Exception\UsageException::getOauthError */
    public function getOauthError(): ?string {}

    /** @implementation-alias Izly\Exception\UsageException::isAccessDenied */
    public function isAccessDenied(): bool {}

    /** @implementation-alias Izly\Exception\UsageException::revealExcerpt */
    public function revealExcerpt(): ?string {}
}

/**
 * An argument breaks a rule; `getField()` names it.
 *
 * @not-serializable
 */
final class InvalidInputException extends UsageException
{
}

/**
 * A setting breaks a rule; `getField()` names it.
 *
 * @not-serializable
 */
final class ConfigurationException extends UsageException
{
}

/**
 * The network, below any answer.
 *
 * @not-serializable
 */
abstract class TransportException extends CallException
{
}

/**
 * The host name could not be resolved.
 *
 * @not-serializable
 */
final class ResolveException extends TransportException
{
}

/**
 * No connection could be made.
 *
 * @not-serializable
 */
final class ConnectException extends TransportException
{
}

/**
 * The connection could not be made private.
 *
 * @not-serializable
 */
final class TlsException extends TransportException
{
}

/**
 * The deadline passed.
 *
 * @not-serializable
 */
final class TimeoutException extends TransportException
{
}

/**
 * The connection ended before the whole answer had arrived.
 *
 * @not-serializable
 */
final class DisconnectedException extends TransportException
{
}

/**
 * What came back is not HTTP as promised.
 *
 * @not-serializable
 */
final class ProtocolException extends TransportException
{
}

/**
 * The answer, or a callback, is larger than accepted.
 *
 * @not-serializable
 */
final class TooLargeException extends CallException
{
}

/**
 * The answer, or a callback, cannot be read.
 *
 * @not-serializable
 */
final class UnreadableException extends CallException
{
}

/**
 * The server redirects; redirects are never followed.
 *
 * @not-serializable
 */
final class RedirectException extends CallException
{
}

/**
 * The API key or the access token was not accepted.
 *
 * @not-serializable
 */
final class AuthenticationException extends CallException
{
}

/**
 * Too many requests.
 *
 * @not-serializable
 */
final class RateLimitedException extends CallException
{
}

/**
 * Izly refused; its reason is in the exception.
 *
 * @not-serializable
 */
final class ApiException extends CallException
{
}

/**
 * The server failed.
 *
 * @not-serializable
 */
final class ServerException extends CallException
{
}

/**
 * The payment does not pay the order, at least not yet.
 *
 * @not-serializable
 */
abstract class NotConfirmedException extends CallException
{
}

/**
 * The payment is not decided yet: ask again later.
 *
 * @not-serializable
 */
final class NotFinalException extends NotConfirmedException
{
}

/**
 * What Izly says differs from what was expected; `getField()` names the difference.
 *
 * @not-serializable
 */
final class MismatchException extends NotConfirmedException
{
}

/**
 * The payment was refused, cancelled or refunded.
 *
 * @not-serializable
 */
final class NotPaidException extends NotConfirmedException
{
}

/**
 * A fault of the library, of this extension, or of the system they run on.
 *
 * @not-serializable
 */
final class InternalException extends CallException
{
}
