"""
The native half of izly: import `izly` instead.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from izly._status import Status
from os import PathLike
from types import MappingProxyType
from typing import Final, Literal, NoReturn, final

__all__ = ["VERSION", "AccessToken", "ApiKey", "Beneficiary", "Callback", "CallbackError", "CallbackUser", "Client", "Customer", "Environment", "Interrupt", "Login", "NewPayment", "Order", "PaidPayment", "Payment", "PendingPayment", "RefreshToken", "Refund", "RefundTarget", "Reply", "Scope", "State", "Tokens", "Untrusted", "UserDetails", "Wire", "_restore", "parse_callback", "status_facts"]

VERSION: Final[str]
"""
The version of the package.
"""

@final
class AccessToken:
    """
    Opens a student's details (protocol §3.2); lives about half an hour. Prints as `***`.
    """
    def __copy__(self, /) -> AccessToken: ...
    def __deepcopy__(self, memo: object, /) -> AccessToken: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, text: str) -> AccessToken: ...
    def __reduce__(self, /) -> NoReturn: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    def reveal(self, /) -> str:
        """
        The secret itself. Every use of this method is a place to look at in a review.
        """

@final
class ApiKey:
    """
    The partner's API key (protocol §1), checked. Its `identifier` is no secret; the rest prints as `***`.

    Raises `ConfigurationError`, with a message for each way a key is commonly mistyped and never the key itself.
    """
    def __copy__(self, /) -> ApiKey: ...
    def __deepcopy__(self, memo: object, /) -> ApiKey: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, text: str) -> ApiKey: ...
    def __reduce__(self, /) -> NoReturn: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @staticmethod
    def from_parts(identifier: str, secret: str) -> ApiKey:
        """
        The key of this identifier and secret, for a program that keeps the two apart.
        """
    @property
    def identifier(self, /) -> str:
        """
        The application identifier, such as `Site-en-ligne-16-16-16-13`.
        """
    @property
    def is_sandbox(self, /) -> bool:
        """
        Whether this is the key of a sandbox, which is never sent to the real Izly.
        """
    def reveal(self, /) -> str:
        """
        The secret itself. Every use of this method is a place to look at in a review.
        """

@final
class Beneficiary:
    """
    Whom a payment goes to.
    """
    __match_args__: Final[tuple[Literal["account_id"], Literal["identifier"]]]
    def __copy__(self, /) -> Beneficiary: ...
    def __deepcopy__(self, memo: object, /) -> Beneficiary: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[object, tuple[object, ...]]: ...
    def __repr__(self, /) -> str: ...
    @property
    def account_id(self, /) -> str | None:
        """
        The electronic money account.
        """
    @property
    def identifier(self, /) -> str | None:
        """
        The partner's application identifier.
        """
    def to_dict(self, /, *, reveal: bool = False) -> dict[str, object]:
        """
        The fields by name, models within as dictionaries too.

        Personal data, secrets and unknown fields are left out unless `reveal` is true: a dictionary is the
        shortest way into a log.
        """

@final
class Callback:
    """
    A claim that something happened to a payment (protocol §4.3). It proves nothing.

    Callbacks carry no signature, so anyone who knows the address can post one. It names an operation; give it to
    `Client.confirm` together with your own order to learn the truth. What it says beyond that is behind `untrusted`.

    >>> callback = izly.Callback.parse(request.body)
    >>> paid = client.confirm(callback, order)
    """
    MAX_BYTES: Final[int]
    """
    The largest body accepted, in bytes, for a framework that wants a limit.
    """
    __match_args__: Final[tuple[Literal["operation_id"], Literal["order_id"]]]
    def __copy__(self, /) -> Callback: ...
    def __deepcopy__(self, memo: object, /) -> Callback: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[object, tuple[object, ...]]: ...
    def __repr__(self, /) -> str: ...
    @property
    def operation_id(self, /) -> int:
        """
        The operation it claims something about.
        """
    @property
    def order_id(self, /) -> str | None:
        """
        The order it claims to be about: good for finding your own record, and for nothing else.
        """
    @staticmethod
    def parse(body: bytes | bytearray | memoryview | str) -> Callback:
        """
        Reads the body of a callback: the raw bytes of the request, before any framework decoded them. No network; the
        amount, date and status in it are not judged.

        Raises `UnreadableError`, whose `field` says what broke a rule, and `TooLargeError` above 1 MiB. Answer such a
        request with a plain 400.
        """
    def to_dict(self, /, *, reveal: bool = False) -> dict[str, object]:
        """
        The fields by name, models within as dictionaries too.

        Personal data, secrets and unknown fields are left out unless `reveal` is true: a dictionary is the
        shortest way into a log.
        """
    @property
    def untrusted(self, /) -> Untrusted:
        """
        Everything else it says, none of it proven. Never credit anything on the strength of it.
        """

@final
class CallbackError:
    """
    The error a callback reports: code 0 is said to be success.
    """
    __match_args__: Final[tuple[Literal["code"], Literal["message"]]]
    def __copy__(self, /) -> CallbackError: ...
    def __deepcopy__(self, memo: object, /) -> CallbackError: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[object, tuple[object, ...]]: ...
    def __repr__(self, /) -> str: ...
    @property
    def code(self, /) -> int | None:
        """
        The code.
        """
    @property
    def message(self, /) -> str | None:
        """
        The message, in French.
        """
    def to_dict(self, /, *, reveal: bool = False) -> dict[str, object]:
        """
        The fields by name, models within as dictionaries too.

        Personal data, secrets and unknown fields are left out unless `reveal` is true: a dictionary is the
        shortest way into a log.
        """

@final
class CallbackUser:
    """
    The student a callback names. All of it is personal, so that the repr shows nothing.
    """
    __match_args__: Final[tuple[Literal["account_id"], Literal["email"], Literal["client_code"], Literal["affectation_number"]]]
    def __copy__(self, /) -> CallbackUser: ...
    def __deepcopy__(self, memo: object, /) -> CallbackUser: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[object, tuple[object, ...]]: ...
    def __repr__(self, /) -> str: ...
    @property
    def account_id(self, /) -> str | None:
        """
        The electronic money account. Personal.
        """
    @property
    def affectation_number(self, /) -> str | None:
        """
        The number of the assignment, *affectation*. Personal.
        """
    @property
    def client_code(self, /) -> str | None:
        """
        CROUS's code for the client. Personal.
        """
    @property
    def email(self, /) -> str | None:
        """
        The e-mail address. Personal.
        """
    def to_dict(self, /, *, reveal: bool = False) -> dict[str, object]:
        """
        The fields by name, models within as dictionaries too.

        Personal data, secrets and unknown fields are left out unless `reveal` is true: a dictionary is the
        shortest way into a log.
        """

@final
class Client:
    """
    Talks to Izly for one partner.

    Made once and shared: any number of threads may use it at once, and a process forked from one that uses it gets
    connections of its own. Every method blocks, without the interpreter's lock, until its answer or its deadline; a Ctrl-C
    ends it at once. `AsyncClient` has the same methods to be awaited.

    Reads are repeated by themselves, at most twice, when a passing fault got in the way; a payment, a refund and a code
    never are. Every error is an `izly.Error`: `outcome` says what happened to the request, `retry` what may be done next.

    >>> client = izly.Client(api_key, "preproduction", deadline=8, application="boutique-bde/1.4")

    - `api_key`, `environment`: who calls, and which Izly: `"production"`, `"preproduction"`, or an address;
    - `app_identifier`: for a program that keeps it beside the key: building fails if the key holds another;
    - `deadline`: seconds for a whole call, repeats included, above 0 and at most 600; `connect_timeout`: for opening a
      connection;
    - `max_body_bytes`: the largest answer accepted, at least 1024;
    - `reuse_connections`: whether reads may share connections. Payments, refunds and token calls never do;
    - `roots`: whose certificates are trusted, `"bundled"` (Mozilla's) or `"system"`; `ca_file`: those in this PEM file, and
      no others;
    - `proxy`: an HTTP proxy to tunnel through. `HTTPS_PROXY` and the like are never read;
    - `application`: your application's name and version, for the user agent;
    - `wire`: other readings of the guide's open points.

    Raises `ConfigurationError` with the option that breaks a rule as its `field`. Nothing is sent.
    """
    def __copy__(self, /) -> Client: ...
    def __deepcopy__(self, memo: object, /) -> Client: ...
    def __enter__(self, /) -> Client: ...
    def __exit__(self, /, *exception: "object") -> None: ...
    def __new__(cls, /, api_key: ApiKey | str, environment: Environment | str, *, app_identifier: str | None = ..., deadline: float = ..., connect_timeout: float = ..., max_body_bytes: int = ..., reuse_connections: bool = ..., roots: str = ..., ca_file: str | PathLike[str] | None = ..., proxy: str | None = ..., application: str | None = ..., wire: Wire | None = ...) -> Client: ...
    def __reduce__(self, /) -> NoReturn: ...
    def __repr__(self, /) -> str: ...
    def close(self, /) -> None:
        """
        Closes its connections, once the calls under way have ended. A call made after raises `RuntimeError`.
        """
    def confirm(self, /, operation: Callback | PendingPayment | int, order: Order, *, patience: float = ...) -> PaidPayment:
        """
        Reads a payment back and compares it with the partner's own order: the only way an order becomes paid.

        A callback is sent *during* the validation, so Izly may say "not yet" for a moment after: with `patience`, in
        seconds, it is asked again for that long. Keep it to a few seconds inside a request.

        Raises `NotFinalError`: not decided yet, ask again later; `NotPaidError`: refused, cancelled or refunded;
        `MismatchError`: not the payment of this order, and `field` says where they differ; whatever a read may fail with.
        """
    def create_payment(self, /, payment: NewPayment | Order) -> PendingPayment:
        """
        Creates a payment for the student to approve (protocol §4.1). Sent once, whatever happens.

        Store the order before, and the operation id after, then send the browser to the authorization URL.

        Raises `InvalidInputError` with the field that breaks a rule, before anything is sent. With an unknown outcome the
        payment may exist, but nobody has its page: creating another, under a new order id, is safe.
        """
    @property
    def environment(self, /) -> Environment:
        """
        Which Izly it talks to.
        """
    def finish_login(self, /, raw_query: str | bytes, state: State | str) -> Tokens:
        """
        Finishes a login (protocol §3.1, §3.2): checks the state, reads the code, trades it for tokens.

        `raw_query` is what stands after the `?` of the address the browser came back to, not decoded; `state` is what was
        kept in that browser's session.

        Raises `ApiError` with `is_access_denied` when the student cancelled, `MismatchError` with field `state` when this
        return is not of this login. A code works once: after an unknown outcome the student logs in again.
        """
    @staticmethod
    def from_env(*, app_identifier: str | None = ..., deadline: float = ..., connect_timeout: float = ..., max_body_bytes: int = ..., reuse_connections: bool = ..., roots: str = ..., ca_file: str | PathLike[str] | None = ..., proxy: str | None = ..., application: str | None = ..., wire: Wire | None = ...) -> Client:
        """
        A client from environment variables: `IZLY_API_KEY` and `IZLY_ENVIRONMENT`, and `IZLY_APP_IDENTIFIER`,
        `IZLY_CA_FILE` and `IZLY_PROXY` where they are set. Keywords win over them.

        Raises `ConfigurationError` when one of the first two is not set.
        """
    @property
    def identifier(self, /) -> str:
        """
        The application identifier, read out of the key.
        """
    def payment(self, /, operation_id: int) -> Payment:
        """
        Reads a payment, for support desks and reconciliation (protocol §4.4).

        Raises `ApiError` with `api_code` 356 when Izly knows no such operation of this partner's.
        """
    def refresh(self, /, tokens: Tokens | RefreshToken | str) -> Tokens:
        """
        Trades the refresh token for new tokens (protocol §3.3). If Izly gives no new refresh token, the old one is kept.

        Raises `InvalidInputError`, field `refresh_token`, when there is none; `ApiError` with `oauth_error` `invalid_grant`
        when it is spent, and the student must log in again.
        """
    def refund(self, /, payment: PaidPayment | Payment | RefundTarget) -> Refund:
        """
        Gives the whole amount back (protocol §4.5). Sent once, whatever happens.

        After an unknown outcome the money may have gone back: read the payment and look for `Status.REFUND` before trying
        again.
        """
    def start_login(self, /, scope: Scope | None = None) -> Login:
        """
        Begins a login (protocol §3.1): the page to send the browser to, and the state to keep in its session. Nothing is
        sent.
        """
    def user(self, /, access: Tokens | AccessToken | str) -> UserDetails:
        """
        Reads the details of the student who gave this token (protocol §3.4).

        Raises `AuthenticationError` when the token has expired: refresh, then ask again.
        """
    def with_options(self, /, *, environment: Environment | str = ..., app_identifier: str | None = ..., deadline: float = ..., connect_timeout: float = ..., max_body_bytes: int = ..., reuse_connections: bool = ..., roots: str = ..., ca_file: str | PathLike[str] | None = ..., proxy: str | None = ..., application: str | None = ..., wire: Wire | None = ...) -> Client:
        """
        A client like this one, but for these options. It has connections of its own.
        """

@final
class Customer:
    """
    The student who pays. All of it is personal, so that the repr shows nothing.
    """
    __match_args__: Final[tuple[Literal["account_id"], Literal["email"], Literal["client_code"]]]
    def __copy__(self, /) -> Customer: ...
    def __deepcopy__(self, memo: object, /) -> Customer: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[object, tuple[object, ...]]: ...
    def __repr__(self, /) -> str: ...
    @property
    def account_id(self, /) -> str | None:
        """
        The electronic money account. Personal.
        """
    @property
    def client_code(self, /) -> str | None:
        """
        CROUS's code for the client. Personal.
        """
    @property
    def email(self, /) -> str | None:
        """
        The e-mail address. Personal.
        """
    def to_dict(self, /, *, reveal: bool = False) -> dict[str, object]:
        """
        The fields by name, models within as dictionaries too.

        Personal data, secrets and unknown fields are left out unless `reveal` is true: a dictionary is the
        shortest way into a log.
        """

@final
class Environment:
    """
    Which Izly a client talks to (protocol §2).

    `Environment.PRODUCTION` is real money, `Environment.PREPRODUCTION` the vendor's test environment,
    `Environment("http://127.0.0.1:8080")` the sandbox or any other: `https` anywhere, `http` to a loopback address only.

    Raises `ConfigurationError`, field `environment`.
    """
    PREPRODUCTION: Final[Environment]
    """
    The vendor's test environment.
    """
    PRODUCTION: Final[Environment]
    """
    Real students, real money.
    """
    __match_args__: Final[tuple[Literal["base_url"]]]
    def __copy__(self, /) -> Environment: ...
    def __deepcopy__(self, memo: object, /) -> Environment: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, text: str) -> Environment: ...
    def __reduce__(self, /) -> tuple[object, tuple[object, ...]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @property
    def base_url(self, /) -> str:
        """
        The address everything starts with, without a final slash.
        """
    def to_dict(self, /, *, reveal: bool = False) -> dict[str, object]:
        """
        The fields by name, models within as dictionaries too.

        Personal data, secrets and unknown fields are left out unless `reveal` is true: a dictionary is the
        shortest way into a log.
        """

@final
class Interrupt:
    """
    Ends a call that waits in another thread: for `AsyncClient`, whose tasks can be cancelled.
    """
    def __new__(cls, /) -> Interrupt: ...
    def run(self, /, function: object, *arguments: "object") -> object:
        """
        Calls `function(*arguments)` in this thread; calls of a client's in it listen to this wish.
        """
    def set(self, /) -> None:
        """
        Wants the call to end. It is asked about some 25 times a second, and then ends with `InterruptedError`.
        """

@final
class Login:
    """
    A login that has begun (protocol §3.1).
    """
    def __repr__(self, /) -> str: ...
    @property
    def state(self, /) -> State:
        """
        Keep `state.reveal()` in the browser's session; `Client.finish_login` wants it back.
        """
    @property
    def url(self, /) -> str:
        """
        Izly's login page: send the browser there with a redirect. It holds the state, so keep it out of logs.
        """

@final
class NewPayment:
    """
    What a payment is created with: an order, and what may be said beside it.

    >>> izly.NewPayment(order, message="2 cafés", callback_parameters={"order": "order-42"})

    - `message`: a comment the operation keeps, at most 255 characters;
    - `callback_parameters`: what Izly appends to the callback URL, as a mapping or as an encoded query. They travel in
      clear: put nothing secret in them and believe nothing in them;
    - `redirect_url`: where the link on the success page leads, instead of the registered address;
    - `software`: the number of the partner's software, if Izly gave it one.

    Their rules are checked when the payment is created, before anything is sent.
    """
    __match_args__: Final[tuple[Literal["order"], Literal["message"], Literal["callback_parameters"], Literal["redirect_url"], Literal["software"]]]
    def __copy__(self, /) -> NewPayment: ...
    def __deepcopy__(self, memo: object, /) -> NewPayment: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, order: Order, *, message: str | None = None, callback_parameters: str | Mapping[str, str] | None = None, redirect_url: str | None = None, software: int | None = None) -> NewPayment: ...
    def __reduce__(self, /) -> tuple[object, tuple[object, ...]]: ...
    def __repr__(self, /) -> str: ...
    @property
    def callback_parameters(self, /) -> str | None:
        """
        What Izly appends to the callback URL, as an encoded query.
        """
    @property
    def message(self, /) -> str | None:
        """
        A comment the operation keeps.
        """
    @property
    def order(self, /) -> Order:
        """
        The order it is for.
        """
    @property
    def redirect_url(self, /) -> str | None:
        """
        Where the link on the success page leads.
        """
    @property
    def software(self, /) -> int | None:
        """
        The number of the partner's software.
        """
    def to_dict(self, /, *, reveal: bool = False) -> dict[str, object]:
        """
        The fields by name, models within as dictionaries too.

        Personal data, secrets and unknown fields are left out unless `reveal` is true: a dictionary is the
        shortest way into a log.
        """

@final
class Order:
    """
    What the partner sold and for how much: its own record, stored before anything is sent.

    A payment is created with it and confirmed against it.

    >>> order = izly.Order("order-42", 150)
    >>> order.amount
    Decimal('1.50')

    Raises `InvalidInputError`: field `order_id` if the id is empty, longer than 100 characters, holds a control character
    or has white space around it; field `amount` outside 1 to 2147483647. `TypeError` for an amount that is no `int`.
    """
    __match_args__: Final[tuple[Literal["id"], Literal["amount_cents"]]]
    def __copy__(self, /) -> Order: ...
    def __deepcopy__(self, memo: object, /) -> Order: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, id: str, amount_cents: int) -> Order: ...
    def __reduce__(self, /) -> tuple[object, tuple[object, ...]]: ...
    def __repr__(self, /) -> str: ...
    @property
    def amount(self, /) -> Decimal:
        """
        The amount due in euros, exact, with two decimals.
        """
    @property
    def amount_cents(self, /) -> int:
        """
        The amount due in centimes, taxes included.
        """
    @property
    def id(self, /) -> str:
        """
        The partner's reference, unique among its orders.
        """
    def to_dict(self, /, *, reveal: bool = False) -> dict[str, object]:
        """
        The fields by name, models within as dictionaries too.

        Personal data, secrets and unknown fields are left out unless `reveal` is true: a dictionary is the
        shortest way into a log.
        """

@final
class PaidPayment:
    """
    A payment that Izly itself says is completed, for the order it was compared with.

    `Client.confirm` makes it, and nothing else does: it means that the operation was read back from Izly, and that its
    number, order, amount, payee and status were all as they should be. Credit an order on this, and on nothing else.

    It does not say that the order was not credited already: claim `operation_id` under a uniqueness rule, in the same
    database transaction as the credit. It can be pickled, for a task queue: a pickle is trusted, as all pickles are, and
    what comes out of one was a proof when it went in.
    """
    __match_args__: Final[tuple[Literal["operation_id"], Literal["order_id"], Literal["amount_cents"]]]
    def __copy__(self, /) -> PaidPayment: ...
    def __deepcopy__(self, memo: object, /) -> PaidPayment: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[object, tuple[object, ...]]: ...
    def __repr__(self, /) -> str: ...
    @property
    def amount(self, /) -> Decimal:
        """
        The amount paid in euros, exact, with two decimals.
        """
    @property
    def amount_cents(self, /) -> int:
        """
        The amount paid in centimes, equal to the order's.
        """
    @property
    def date(self, /) -> datetime | None:
        """
        When the operation was created: naive local time. `None` if it cannot be read.
        """
    @property
    def date_text(self, /) -> str | None:
        """
        The date as Izly wrote it.
        """
    @property
    def operation_id(self, /) -> int:
        """
        Izly's number for the payment: the one to claim under a uniqueness rule.
        """
    @property
    def order_id(self, /) -> str:
        """
        The partner's reference, equal to the order's.
        """
    @property
    def payment(self, /) -> Payment:
        """
        All that Izly said.
        """
    def to_dict(self, /, *, reveal: bool = False) -> dict[str, object]:
        """
        The fields by name, models within as dictionaries too.

        Personal data, secrets and unknown fields are left out unless `reveal` is true: a dictionary is the
        shortest way into a log.
        """

@final
class Payment:
    """
    A payment as Izly describes it, for support desks and reconciliation (protocol §4.4).

    It is no proof that an order is paid: only `Client.confirm` compares it with the order.
    """
    __match_args__: Final[tuple[Literal["operation_id"], Literal["order_id"], Literal["amount_cents"], Literal["status"]]]
    def __copy__(self, /) -> Payment: ...
    def __deepcopy__(self, memo: object, /) -> Payment: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[object, tuple[object, ...]]: ...
    def __repr__(self, /) -> str: ...
    @property
    def amount(self, /) -> Decimal:
        """
        The amount in euros, exact, with two decimals.
        """
    @property
    def amount_cents(self, /) -> int:
        """
        The amount in centimes.
        """
    @property
    def beneficiary(self, /) -> Beneficiary:
        """
        Whom it pays.
        """
    @property
    def callback_parameters(self, /) -> str | None:
        """
        The callback parameters.
        """
    @property
    def customer(self, /) -> Customer:
        """
        Who pays.
        """
    @property
    def date(self, /) -> datetime | None:
        """
        When it was created, in Izly's local time: naive, for no zone is documented. `None` if it cannot be read.
        """
    @property
    def date_text(self, /) -> str | None:
        """
        The date as Izly wrote it.
        """
    @property
    def error_text(self, /) -> str | None:
        """
        What went wrong, in Izly's words; `None` when nothing did.
        """
    @property
    def extra(self, /) -> MappingProxyType[str, str]:
        """
        Fields of the reply this library does not know: dotted path to raw JSON text.
        """
    @property
    def message(self, /) -> str | None:
        """
        The partner's message.
        """
    @property
    def operation_id(self, /) -> int:
        """
        Izly's number for the payment.
        """
    @property
    def order_id(self, /) -> str:
        """
        The partner's reference.
        """
    @property
    def status(self, /) -> Status:
        """
        Its state.
        """
    def to_dict(self, /, *, reveal: bool = False) -> dict[str, object]:
        """
        The fields by name, models within as dictionaries too.

        Personal data, secrets and unknown fields are left out unless `reveal` is true: a dictionary is the
        shortest way into a log.
        """
    @property
    def transaction_id(self, /) -> int | None:
        """
        Izly's number for the debit.
        """

@final
class PendingPayment:
    """
    A payment that waits for the student's approval (protocol §4.1).

    Store `operation_id` beside the order, then send the browser to `authorization_url`.
    """
    __match_args__: Final[tuple[Literal["operation_id"], Literal["order"], Literal["authorization_url"], Literal["status"]]]
    def __copy__(self, /) -> PendingPayment: ...
    def __deepcopy__(self, memo: object, /) -> PendingPayment: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[object, tuple[object, ...]]: ...
    def __repr__(self, /) -> str: ...
    @property
    def authorization_url(self, /) -> str:
        """
        The page where the student approves. Whoever has it can see the payment: keep it out of logs.
        """
    @property
    def beneficiary(self, /) -> Beneficiary:
        """
        Whom it pays.
        """
    @property
    def callback_parameters(self, /) -> str | None:
        """
        The callback parameters, as echoed.
        """
    @property
    def date(self, /) -> datetime | None:
        """
        When it was created, in Izly's local time: naive, for no zone is documented. `None` if it cannot be read.
        """
    @property
    def date_text(self, /) -> str | None:
        """
        The date as Izly wrote it.
        """
    @property
    def extra(self, /) -> MappingProxyType[str, str]:
        """
        Fields of the reply this library does not know: dotted path to raw JSON text.
        """
    @property
    def message(self, /) -> str | None:
        """
        The partner's message, as echoed.
        """
    @property
    def operation_id(self, /) -> int:
        """
        Izly's number for the payment.
        """
    @property
    def order(self, /) -> Order:
        """
        The order it was created with.
        """
    @property
    def status(self, /) -> Status | None:
        """
        Its state.
        """
    def to_dict(self, /, *, reveal: bool = False) -> dict[str, object]:
        """
        The fields by name, models within as dictionaries too.

        Personal data, secrets and unknown fields are left out unless `reveal` is true: a dictionary is the
        shortest way into a log.
        """
    @property
    def transaction_id(self, /) -> int | None:
        """
        Izly's number for the debit.
        """

@final
class RefreshToken:
    """
    Gets a new access token (protocol §3.3). Store it encrypted. Prints as `***`.
    """
    def __copy__(self, /) -> RefreshToken: ...
    def __deepcopy__(self, memo: object, /) -> RefreshToken: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, text: str) -> RefreshToken: ...
    def __reduce__(self, /) -> NoReturn: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    def reveal(self, /) -> str:
        """
        The secret itself. Every use of this method is a place to look at in a review.
        """

@final
class Refund:
    """
    A refund that was made: the whole amount went back to the student (protocol §4.5).
    """
    __match_args__: Final[tuple[Literal["operation_id"], Literal["order_id"], Literal["amount_cents"], Literal["status"]]]
    def __copy__(self, /) -> Refund: ...
    def __deepcopy__(self, memo: object, /) -> Refund: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[object, tuple[object, ...]]: ...
    def __repr__(self, /) -> str: ...
    @property
    def amount(self, /) -> Decimal | None:
        """
        The amount that went back in euros, exact, with two decimals.
        """
    @property
    def amount_cents(self, /) -> int | None:
        """
        The amount that went back, in centimes; `None` if Izly did not say.
        """
    @property
    def date(self, /) -> datetime | None:
        """
        When: naive local time. `None` if it cannot be read.
        """
    @property
    def date_text(self, /) -> str | None:
        """
        The date as Izly wrote it.
        """
    @property
    def extra(self, /) -> MappingProxyType[str, str]:
        """
        Fields of the reply this library does not know: dotted path to raw JSON text.
        """
    @property
    def operation_id(self, /) -> int:
        """
        The operation that was refunded.
        """
    @property
    def order_id(self, /) -> str | None:
        """
        The partner's reference, as echoed.
        """
    @property
    def status(self, /) -> Status:
        """
        The operation's state now: `Status.REFUND`.
        """
    def to_dict(self, /, *, reveal: bool = False) -> dict[str, object]:
        """
        The fields by name, models within as dictionaries too.

        Personal data, secrets and unknown fields are left out unless `reveal` is true: a dictionary is the
        shortest way into a log.
        """
    @property
    def transaction_id(self, /) -> int | None:
        """
        Izly's number for the debit.
        """

@final
class RefundTarget:
    """
    What a refund undoes, for a program that has only kept an operation's number and its order's id.

    Raises `InvalidInputError`: field `operation_id` or `order_id`.
    """
    __match_args__: Final[tuple[Literal["operation_id"], Literal["order_id"]]]
    def __copy__(self, /) -> RefundTarget: ...
    def __deepcopy__(self, memo: object, /) -> RefundTarget: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, operation_id: int, order_id: str) -> RefundTarget: ...
    def __reduce__(self, /) -> tuple[object, tuple[object, ...]]: ...
    def __repr__(self, /) -> str: ...
    @property
    def operation_id(self, /) -> int:
        """
        The operation to refund.
        """
    @property
    def order_id(self, /) -> str:
        """
        The order it was for.
        """
    def to_dict(self, /, *, reveal: bool = False) -> dict[str, object]:
        """
        The fields by name, models within as dictionaries too.

        Personal data, secrets and unknown fields are left out unless `reveal` is true: a dictionary is the
        shortest way into a log.
        """

@final
class Reply:
    """
    What to answer a callback with (protocol §4.3): a status, headers and a body, for any framework.

    Answer `Reply.accepted()` once the payment is settled in your own database, or was before, or will never be your
    order's. Answer `Reply.rejected(...)` when you could not settle it *yet*, so that a server which retries has a reason
    to. What Izly does after a rejection is not documented: reconcile unpaid orders with `Client.confirm` all the same.

    >>> reply = izly.Reply.accepted()
    >>> flask.Response(reply.body, reply.status, reply.headers)
    """
    __match_args__: Final[tuple[Literal["status"], Literal["body"]]]
    def __copy__(self, /) -> Reply: ...
    def __deepcopy__(self, memo: object, /) -> Reply: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[object, tuple[object, ...]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def accepted() -> Reply:
        """
        Settled: HTTP 200, code 0.
        """
    @property
    def body(self, /) -> bytes:
        """
        The body to send.
        """
    @property
    def headers(self, /) -> dict[str, str]:
        """
        The headers to send.
        """
    @staticmethod
    def rejected(code: int, message: str) -> Reply:
        """
        Not settled: HTTP 500, with a code of your own and a message for Izly's logs. Put no secret in it.

        Raises `InvalidInputError`, field `code`, for the code 0, which means success.
        """
    @property
    def status(self, /) -> int:
        """
        The HTTP status.
        """
    def to_dict(self, /, *, reveal: bool = False) -> dict[str, object]:
        """
        The fields by name, models within as dictionaries too.

        Personal data, secrets and unknown fields are left out unless `reveal` is true: a dictionary is the
        shortest way into a log.
        """
    def with_status(self, /, status: int) -> Reply:
        """
        The same under another HTTP status, 200 to 599, for an Izly that wants 200 even for a rejection.
        """

@final
class Scope:
    """
    The rights a login asks for: a bit mask (protocol §3.1).

    >>> izly.Scope.USER_DETAILS | izly.Scope.IZLY_PAY
    Scope(bits=16385)
    """
    IZLY_PAY: Final[Scope]
    """
    Payments by the student, bit 16384. A guess from the guide's example; payments themselves need no login.
    """
    USER_DETAILS: Final[Scope]
    """
    The student's details, bit 1: enough for `Client.user`.
    """
    __match_args__: Final[tuple[Literal["bits"]]]
    def __contains__(self, other: Scope, /) -> bool: ...
    def __copy__(self, /) -> Scope: ...
    def __deepcopy__(self, memo: object, /) -> Scope: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, bits: int) -> Scope: ...
    def __or__(self, other: object, /) -> Scope: ...
    def __reduce__(self, /) -> tuple[object, tuple[object, ...]]: ...
    def __repr__(self, /) -> str: ...
    def __ror__(self, other: object, /) -> Scope: ...
    @property
    def bits(self, /) -> int:
        """
        The mask as it is sent.
        """
    def to_dict(self, /, *, reveal: bool = False) -> dict[str, object]:
        """
        The fields by name, models within as dictionaries too.

        Personal data, secrets and unknown fields are left out unless `reveal` is true: a dictionary is the
        shortest way into a log.
        """

@final
class State:
    """
    The random text that ties a login's return to the browser that began it (protocol §3.1). Prints as `***`.

    Keep `state.reveal()` in that browser's session until it comes back, and forget it after.
    """
    def __copy__(self, /) -> State: ...
    def __deepcopy__(self, memo: object, /) -> State: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, text: str) -> State: ...
    def __reduce__(self, /) -> NoReturn: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    def reveal(self, /) -> str:
        """
        The secret itself. Every use of this method is a place to look at in a review.
        """

@final
class Tokens:
    """
    What a login gives (protocol §3.2), or what was stored of it: `Tokens(access, refresh)`.
    """
    def __copy__(self, /) -> Tokens: ...
    def __deepcopy__(self, memo: object, /) -> Tokens: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, access: AccessToken | str, refresh: RefreshToken | str | None = None) -> Tokens: ...
    def __reduce__(self, /) -> NoReturn: ...
    def __repr__(self, /) -> str: ...
    @property
    def access(self, /) -> AccessToken:
        """
        Opens the student's details.
        """
    @property
    def expires_in(self, /) -> int | None:
        """
        How many seconds the access token lives, from when it was given.
        """
    @property
    def extra(self, /) -> MappingProxyType[str, str]:
        """
        Fields of the reply this library does not know: dotted path to raw JSON text.
        """
    @property
    def refresh(self, /) -> RefreshToken | None:
        """
        Gets new tokens; `None` if Izly gave none.
        """
    @property
    def scope(self, /) -> str | None:
        """
        The rights granted, such as `users_details payments izly_pay`.
        """
    @property
    def token_type(self, /) -> str | None:
        """
        The type, `Bearer`.
        """

@final
class Untrusted:
    """
    What a callback claims, for logs and support desks. See `Callback.untrusted`.
    """
    __match_args__: Final[tuple[Literal["amount_text"], Literal["status"]]]
    def __copy__(self, /) -> Untrusted: ...
    def __deepcopy__(self, memo: object, /) -> Untrusted: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[object, tuple[object, ...]]: ...
    def __repr__(self, /) -> str: ...
    @property
    def amount_text(self, /) -> str | None:
        """
        The amount as it is written. Production has sent `200.00` for 200 *centimes*: never decide on it.
        """
    @property
    def beneficiary(self, /) -> Beneficiary:
        """
        Whom it claims to pay.
        """
    @property
    def callback_parameters(self, /) -> str | None:
        """
        The callback parameters, as echoed.
        """
    @property
    def date(self, /) -> datetime | None:
        """
        When, as claimed: naive local time. `None` if it cannot be read.
        """
    @property
    def date_text(self, /) -> str | None:
        """
        The date as it is written.
        """
    @property
    def error(self, /) -> CallbackError:
        """
        Whether it is said to have worked.
        """
    @property
    def extra(self, /) -> MappingProxyType[str, str]:
        """
        Fields this library does not know: dotted path to raw JSON text.
        """
    @property
    def message(self, /) -> str | None:
        """
        The partner's message.
        """
    @property
    def status(self, /) -> Status | None:
        """
        The state claimed.
        """
    def to_dict(self, /, *, reveal: bool = False) -> dict[str, object]:
        """
        The fields by name, models within as dictionaries too.

        Personal data, secrets and unknown fields are left out unless `reveal` is true: a dictionary is the
        shortest way into a log.
        """
    @property
    def transaction_id(self, /) -> int | None:
        """
        Izly's number for the debit.
        """
    @property
    def user(self, /) -> CallbackUser:
        """
        Who is said to pay.
        """

@final
class UserDetails:
    """
    A student's details as CROUS knows them (protocol §3.4).

    Every field is optional, and every value is the text of what came: the guide does not say which ones come. What has no
    field here is in `extra`. The repr and `to_dict` leave out what is personal; each field gives it to whoever asks by
    name.
    """
    __match_args__: Final[tuple[Literal["client_code"], Literal["ine"], Literal["company"], Literal["rate"]]]
    def __copy__(self, /) -> UserDetails: ...
    def __deepcopy__(self, memo: object, /) -> UserDetails: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[object, tuple[object, ...]]: ...
    def __repr__(self, /) -> str: ...
    @property
    def academic_year(self, /) -> str | None:
        """
        The academic year.
        """
    @property
    def affectation_number(self, /) -> str | None:
        """
        The number of the assignment, *affectation*. Personal.
        """
    @property
    def client_code(self, /) -> str | None:
        """
        CROUS's code for the client. Personal.
        """
    @property
    def client_type(self, /) -> str | None:
        """
        The type of client.
        """
    @property
    def company(self, /) -> str | None:
        """
        The rate company, *société*.
        """
    @property
    def component_code(self, /) -> str | None:
        """
        The UAI code of the part of the institution.
        """
    @property
    def employer(self, /) -> str | None:
        """
        The employer.
        """
    @property
    def extra(self, /) -> MappingProxyType[str, str]:
        """
        Fields of the reply this library does not know: dotted path to raw JSON text. They may be personal too.
        """
    @property
    def id(self, /) -> str | None:
        """
        Another number of the person. Personal.
        """
    @property
    def ine(self, /) -> str | None:
        """
        The national student number. Personal.
        """
    @property
    def institution_code(self, /) -> str | None:
        """
        The institution's UAI code.
        """
    @property
    def izly_id(self, /) -> str | None:
        """
        The number of the Izly account. Personal.
        """
    @property
    def rate(self, /) -> str | None:
        """
        The rate within the company, *tarif*: what a meal costs this person.
        """
    @property
    def right_holder_id(self, /) -> str | None:
        """
        The person's number as a right holder. Personal.
        """
    @property
    def student_code(self, /) -> str | None:
        """
        The institution's number for the student. Personal.
        """
    def to_dict(self, /, *, reveal: bool = False) -> dict[str, object]:
        """
        The fields by name, models within as dictionaries too.

        Personal data, secrets and unknown fields are left out unless `reveal` is true: a dictionary is the
        shortest way into a log.
        """

@final
class Wire:
    """
    Other readings of the points that the vendor's guide leaves open; the defaults are the protocol page's.

    - `content_type`: `"xpollens"`, as in the guide, or `"s-money"`, as older clients in production send;
    - `reply_amounts`: `"euros"` or `"centimes"`, the unit of amounts in replies;
    - `refund_slash`: whether a refund's `clientOrderId` begins with the slash that the guide prints;
    - `state`: `"required"`, or `"allow_missing"` for a server that does not echo it. Weaker: know why you choose it.
    """
    __match_args__: Final[tuple[Literal["content_type"], Literal["reply_amounts"], Literal["refund_slash"], Literal["state"]]]
    def __copy__(self, /) -> Wire: ...
    def __deepcopy__(self, memo: object, /) -> Wire: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __new__(cls, /, *, content_type: str = ..., reply_amounts: str = ..., refund_slash: bool = False, state: str = ...) -> Wire: ...
    def __reduce__(self, /) -> tuple[object, tuple[object, ...]]: ...
    def __repr__(self, /) -> str: ...
    @property
    def content_type(self, /) -> str:
        """
        The content type of payment calls: `"xpollens"` or `"s-money"`.
        """
    @property
    def refund_slash(self, /) -> bool:
        """
        Whether a refund's order id is sent with a slash before it.
        """
    @property
    def reply_amounts(self, /) -> str:
        """
        The unit of amounts in replies: `"euros"` or `"centimes"`.
        """
    @property
    def state(self, /) -> str:
        """
        Whether a login's return must bear its state: `"required"` or `"allow_missing"`.
        """
    def to_dict(self, /, *, reveal: bool = False) -> dict[str, object]:
        """
        The fields by name, models within as dictionaries too.

        Personal data, secrets and unknown fields are left out unless `reveal` is true: a dictionary is the
        shortest way into a log.
        """

def _restore(name: str, state: dict[str, object], /) -> object:
    """
    Makes a model again from its pickle. Not for calling: pickles name it.
    """

def parse_callback(body: bytes | bytearray | memoryview | str) -> Callback:
    """
    Reads the body of a callback: short for `Callback.parse`.
    """

def status_facts(text: str, /) -> tuple[str, bool, bool, bool]:
    """
    A state's name as it is spelt here, whether it is one of those named here, whether it means paid, whether it is final.
    """
