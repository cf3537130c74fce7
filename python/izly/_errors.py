"""What went wrong, and what happened to the request.

Plain Python, so that errors can be caught, subclassed and pickled like any other. The native module makes them; the
rules behind `outcome` and `retry` are the core's.
"""

from __future__ import annotations

import builtins

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import ClassVar, Final

__all__ = [
    "ApiError",
    "AuthenticationError",
    "ConfigurationError",
    "ConnectError",
    "DisconnectedError",
    "Error",
    "InternalError",
    "InterruptedError",
    "InvalidInputError",
    "MismatchError",
    "NotConfirmedError",
    "NotFinalError",
    "NotPaidError",
    "Outcome",
    "ProtocolError",
    "RateLimitedError",
    "RedirectError",
    "ResolveError",
    "ServerError",
    "TimeoutError",
    "TlsError",
    "TooLargeError",
    "TransportError",
    "UnreadableError",
]


class Outcome(str):
    """What happened to the request behind an `Error`: the question that matters when money moves.

    There are three, and each is a `str`: `Outcome.NOT_SENT == "not_sent"`. Code that moves money should handle all
    of them. For `Client.confirm`, which changes nothing, the outcome speaks of the order: `UNKNOWN` means that
    it is not decided yet, or that nobody could say; `REJECTED` that Izly refused the question, or, with `NotPaidError`
    and `MismatchError` and only with those, that this operation does not pay this order.
    """

    # `enum` would double the time that `import izly` takes.
    __slots__ = ()

    NOT_SENT: ClassVar[Outcome]
    """Izly never saw the request. Nothing happened; nothing can have happened."""
    REJECTED: ClassVar[Outcome]
    """Izly saw the request and said no. Nothing was carried out."""
    UNKNOWN: ClassVar[Outcome]
    """The request may have been carried out. Look before doing it again: `Error.retry` says how."""

    def __new__(cls, text: str) -> Outcome:
        """The outcome of this name: always the same object."""
        known = _OUTCOMES.get(text)
        if known is None:
            raise ValueError("an outcome is not_sent, rejected or unknown")
        return known

    def __repr__(self) -> str:
        """Its name in a program: `Outcome.NOT_SENT`."""
        return f"Outcome.{self.upper()}"


_OUTCOMES: Final[dict[str, Outcome]] = {
    name: str.__new__(Outcome, name) for name in ("not_sent", "rejected", "unknown")
}
Outcome.NOT_SENT = _OUTCOMES["not_sent"]
Outcome.REJECTED = _OUTCOMES["rejected"]
Outcome.UNKNOWN = _OUTCOMES["unknown"]


class _Covered:
    """A text that may hold personal data, and so does not show where objects are printed whole."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return "***"


BY_KIND: Final[dict[str, type[Error]]] = {}
"""The class of each kind of error, for the native module. Filled below, by the classes themselves."""


class Error(Exception):
    """Everything that can go wrong, above all other errors of this package.

    `str(error)` is one English line for a log, with Izly's own French text kept inside it. It never holds a key,
    code, token or query. `outcome` says what happened to the request and `retry` what may be done next:

        try:
            client.refund(paid)
        except izly.Error as error:
            if error.outcome == izly.Outcome.UNKNOWN:
                ...  # the money may have gone back: read the payment first

    Errors can be pickled, which leaves `raw_excerpt` behind. One made without keywords, as some task queues do when
    they carry only its text, claims nothing: its outcome is unknown.
    """

    # Plain attributes, no slots: `TimeoutError` has a builtin base with a layout of its own.
    _own_kind: ClassVar[str] = "internal"

    def __init_subclass__(cls, *, kind: str | None = None, **keywords: object) -> None:
        """A class with a kind is the one that errors of this kind are made of; a program's own classes have none."""
        super().__init_subclass__(**keywords)
        if kind is not None:
            cls._own_kind = kind
            BY_KIND[kind] = cls

    def __init__(
        self,
        message: str,
        *,
        kind: str | None = None,
        outcome: str = Outcome.UNKNOWN,
        call: str | None = None,
        field: str | None = None,
        phase: str | None = None,
        http_status: int | None = None,
        api_code: int | None = None,
        api_message: str | None = None,
        title: str | None = None,
        priority: int | None = None,
        oauth_error: str | None = None,
        retry_after: float | None = None,
        retry: str = "look_up_first",
        raw_excerpt: str | None = None,
    ) -> None:
        """An error of this message; `kind` is the class's own unless it is given."""
        super().__init__(message)
        self._kind = self._own_kind if kind is None else kind
        self._outcome = Outcome(outcome)
        self._call = call
        self._field = field
        self._phase = phase
        self._http_status = http_status
        self._api_code = api_code
        self._api_message = api_message
        self._title = title
        self._priority = priority
        self._oauth_error = oauth_error
        self._retry_after = retry_after
        self._retry = retry
        self._raw_excerpt = None if raw_excerpt is None else _Covered(raw_excerpt)

    @property
    def kind(self) -> str:
        """The sort of failure: `invalid_input`, `timeout`, `api`, ... There is a class for each."""
        return self._kind

    @property
    def outcome(self) -> Outcome:
        """What happened to the request. For an error found before any request, `Outcome.NOT_SENT`."""
        return self._outcome

    @property
    def call(self) -> str | None:
        """The call that failed, such as `create_payment`, if one was being made."""
        return self._call

    @property
    def field(self) -> str | None:
        """The argument, setting or reply field the error is about.

        For an unreadable reply it is the dotted path as Izly spells it (`OperationSMoney.Id`), otherwise the name in
        this library (`amount`, `order_id`).
        """
        return self._field

    @property
    def phase(self) -> str | None:
        """What was going on when the deadline passed: `resolve`, `connect`, `tls`, `send` or `receive`."""
        return self._phase

    @property
    def http_status(self) -> int | None:
        """The HTTP status of the answer, if one arrived."""
        return self._http_status

    @property
    def api_code(self) -> int | None:
        """Izly's own error code. Only 356, unknown operation, is documented (protocol §5)."""
        return self._api_code

    @property
    def api_message(self) -> str | None:
        """Izly's own message, in French, as it came but for blanked secrets."""
        return self._api_message

    @property
    def title(self) -> str | None:
        """The title Izly gave its message, in French, as it came but for blanked secrets."""
        return self._title

    @property
    def priority(self) -> int | None:
        """The priority Izly gave its message; its meaning is not documented."""
        return self._priority

    @property
    def oauth_error(self) -> str | None:
        """The OAuth error of a login or token call, such as `invalid_grant` or `access_denied`."""
        return self._oauth_error

    @property
    def retry_after(self) -> float | None:
        """How many seconds the server asked to wait."""
        return self._retry_after

    @property
    def retry(self) -> str:
        """What may be done next.

        - `safe`: the same call may be made again at once; `later`: after a while; `once`: once only;
        - `look_up_first`: it may have moved money, so read the operation with `Client.payment` first;
        - `refresh_token`: get a new access token, then call again; `restart_login`: send the student through the login;
        - `fix`: correct the argument or the setting; `no`: repeating gives the same answer;
        - `report`: nobody expects this answer; keep it and tell Izly, or the authors of this library.
        """
        return self._retry

    @property
    def raw_excerpt(self) -> str | None:
        """The beginning of the answer that could not be used, at most 512 bytes, for a person to look at.

        It may hold personal data: keep it out of logs that others read. The secrets of the request are blanked. It
        does not survive pickling.
        """
        return None if self._raw_excerpt is None else self._raw_excerpt.text

    @property
    def retryable(self) -> bool:
        """Whether the same call may simply be made again, at once or after a while: `retry` is `safe` or `later`."""
        return self._retry in ("safe", "later")

    @property
    def is_access_denied(self) -> bool:
        """Whether the student cancelled the login."""
        return self._oauth_error == "access_denied"

    def __repr__(self) -> str:
        """The message and the facts of the error; the excerpt is covered."""
        facts = {
            "kind": self._kind,
            "outcome": self._outcome,
            "call": self._call,
            "field": self._field,
            "phase": self._phase,
            "http_status": self._http_status,
            "api_code": self._api_code,
            "oauth_error": self._oauth_error,
            "retry_after": self._retry_after,
            "retry": self._retry,
            "raw_excerpt": self._raw_excerpt,
        }
        shown = "".join(f", {name}={fact!r}" for name, fact in facts.items() if fact is not None)
        return f"{type(self).__name__}({str(self)!r}{shown})"

    def __reduce__(self) -> tuple[Callable[..., Error], tuple[object, ...], dict[str, object]]:
        """Pickles everything but the excerpt, which may hold personal data."""
        state = dict(self.__dict__, _raw_excerpt=None)
        return _rebuild, (type(self), self.args), state


def _rebuild(cls: type[Error], args: tuple[object, ...]) -> Error:
    """An error before its state is set: a subclass may have a constructor of its own, which is not called."""
    error = cls.__new__(cls, *args)
    error.args = args
    return error


class InvalidInputError(Error, ValueError, kind="invalid_input"):
    """An argument breaks a rule; `field` names it. Nothing was sent."""


class ConfigurationError(Error, ValueError, kind="configuration"):
    """The client cannot be made from what it was given; `field` names the setting. Nothing was sent."""


class TransportError(Error):
    """No usable answer travelled back. Look at `outcome`: some of these may have been carried out."""


class ResolveError(TransportError, kind="resolve"):
    """The host name could not be resolved."""


class ConnectError(TransportError, kind="connect"):
    """No connection could be made."""


class TlsError(TransportError, kind="tls"):
    """The connection could not be made private: certificate, host name or protocol version."""


class TimeoutError(TransportError, builtins.TimeoutError, kind="timeout"):
    """The deadline passed; `phase` says during what. Also a builtin `TimeoutError`."""


class DisconnectedError(TransportError, kind="disconnected"):
    """The connection ended before the whole answer had arrived."""


class ProtocolError(TransportError, kind="protocol"):
    """What came back is not HTTP as promised."""


class TooLargeError(Error, kind="too_large"):
    """The answer, or the callback, is larger than is accepted."""


class UnreadableError(Error, kind="unreadable"):
    """The text cannot be read: not JSON, a required field missing, a value that breaks a reading rule (protocol §6)."""


class RedirectError(Error, kind="redirect"):
    """The server redirects. Redirects are never followed: that would hand the API key to another host."""


class AuthenticationError(Error, kind="authentication"):
    """The API key or the access token was not accepted (HTTP 401 or 403)."""


class RateLimitedError(Error, kind="rate_limited"):
    """Too many requests (HTTP 429); `retry_after` may say how long to wait."""


class ApiError(Error, kind="api"):
    """Izly refused, with a reason in `api_code` or `oauth_error` when it gave one."""


class ServerError(Error, kind="server"):
    """The server failed (HTTP 5xx)."""


class NotConfirmedError(Error):
    """A payment could not be confirmed, or what Izly says is not what was expected: see the classes below this one."""


class NotFinalError(NotConfirmedError, kind="not_final"):
    """The payment is not decided yet. Ask again later."""


class MismatchError(NotConfirmedError, kind="mismatch"):
    """What Izly says differs from what was expected; `field` names the difference (`order_id`, `amount`, `payee`)."""


class NotPaidError(NotConfirmedError, kind="not_paid"):
    """The payment was refused, cancelled or refunded: it will not become paid."""


class InterruptedError(Error, kind="interrupted"):
    """The program ended the call, as a cancelled task does. A call that was already sent may have been carried out."""


class InternalError(Error, kind="internal"):
    """A fault of this library or of the system it runs on."""


# The names that programs see, in tracebacks and pickles: where these classes are kept is nobody's business.
for _name in __all__:
    globals()[_name].__module__ = "izly"
