"""What the sandbox's admin API tells, as frozen records."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from izly.testing._errors import SandboxError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal

    from izly.testing._words import AccountState, Call, DeliveryState, FaultKind, PaymentState

__all__ = ["Account", "Delivery", "Fault", "PaymentRecord", "Request", "Snapshot", "read"]

_Record = TypeVar("_Record")


def _date(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _headers(pairs: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in pairs)


_A_DATE: Mapping[str, Any] = {"reads": _date}
_HEADERS: Mapping[str, Any] = {"reads": _headers}


def read(record: type[_Record], values: Mapping[str, Any]) -> _Record:
    """Makes a record of what the sandbox says. What a newer sandbox says beyond it is left out."""
    # Every record here is a dataclass, which the type of `fields` can only say for one at a time.
    known: Any = record
    try:
        return record(**{one.name: _value(one.metadata, values[one.name]) for one in fields(known)})
    except KeyError as error:
        raise SandboxError(f"the sandbox says no {error}: is it of the same version as this package?") from None


def _value(metadata: Mapping[str, Any], value: Any) -> Any:
    reads = metadata.get("reads")
    return value if reads is None else reads(value)


@dataclass(frozen=True)
class Account:
    """A student's test account, named after the scene it plays.

    - `name`: which scene: `riche`, `boursier`, `solde-insuffisant`, `impayes`, `bloque`…;
    - `login`: the e-mail address to log in with;
    - `password`: the same for all, and no secret, but it does not show;
    - `state`: `active` logs in and pays, `unpaid_debts` and `frozen` log in only, the others do neither;
    - `balance_cents`: the money on it at that moment, in centimes.
    """

    name: str
    login: str
    password: str = field(repr=False)
    state: AccountState
    balance_cents: int


@dataclass(frozen=True)
class Fault:
    """A rule about which call goes wrong, as `Partner.fault` made it.

    - `id`: its number;
    - `call`, `fault`, `nth`, `times`, `probability`, `operation_id`, `commit`, `delay_ms`: as it was asked for;
    - `seen`, `fired`: how many calls it was about, and how often one went wrong, at that moment.
    """

    id: int
    call: Literal["any"] | Call
    fault: FaultKind
    nth: int | None
    times: int | None
    probability: float | None
    operation_id: int | None
    commit: bool
    delay_ms: int
    seen: int
    fired: int


@dataclass(frozen=True)
class Delivery:
    """A callback: what became of it, or that it waits.

    - `id`: its number, for `Partner.deliver` and `Partner.replay`;
    - `operation_id`: the payment it is about;
    - `attempt`: 1 for the first; retries and replays count on, copies share a number;
    - `state`: `waiting` or `ended`;
    - `due`: what a waiting one waits for, in words;
    - `url`, `body`: where it goes, and what it says; neither shows, for they name students and orders;
    - `date`: when it went, by the sandbox's clock;
    - `sent`: whether it went at all;
    - `status`, `reply_body`: what the partner answered;
    - `accepted`: whether that is an acceptance to Izly: status 200, and nothing or a `Code` of 0;
    - `error`: why it was not sent, or what went wrong on the way.
    """

    id: int
    operation_id: int
    attempt: int
    state: DeliveryState
    due: str | None
    url: str = field(repr=False)
    body: str = field(repr=False)
    date: datetime | None = field(metadata=_A_DATE)
    sent: bool
    status: int | None
    reply_body: str
    accepted: bool
    error: str | None


@dataclass(frozen=True)
class PaymentRecord:
    """A payment as Izly itself keeps it: the truth that a test may compare its own records with.

    - `operation_id`, `transaction_id`, `order_id`, `amount_cents`: what it is;
    - `status`: `Waiting`, `Completed`, `Cancelled` or `Refund`;
    - `created`, `paid`, `refunded`: when, by the sandbox's clock;
    - `message`, `callback_parameters`, `redirect_url`, `software`: as it was created with;
    - `customer`: the login of the account that paid; it does not show;
    - `authorization_url`: the page where the student pays; it does not show.
    """

    operation_id: int
    transaction_id: int
    order_id: str
    amount_cents: int
    status: PaymentState
    created: datetime = field(metadata=_A_DATE)
    paid: datetime | None = field(metadata=_A_DATE)
    refunded: datetime | None = field(metadata=_A_DATE)
    message: str | None
    callback_parameters: str | None
    redirect_url: str | None
    software: int | None
    customer: str | None = field(repr=False)
    authorization_url: str = field(repr=False)


@dataclass(frozen=True)
class Request:
    """A request that reached the sandbox. Its secrets are `…`; the headers and bodies do not show.

    - `sequence`: its place on the timeline;
    - `date`: when, by the sandbox's clock;
    - `call`: which call of the protocol, or `None` for an address that is none;
    - `operation_id`: the payment it is about, if it is about one;
    - `method`, `target`, `headers`, `body`: what was asked;
    - `status`, `response_headers`, `response_body`: what was answered; the status 0 is no answer;
    - `fault`: the fault that struck it.
    """

    sequence: int
    date: datetime = field(metadata=_A_DATE)
    call: Call | None
    operation_id: int | None
    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = field(repr=False, metadata=_HEADERS)
    body: str = field(repr=False)
    status: int
    response_headers: tuple[tuple[str, str], ...] = field(repr=False, metadata=_HEADERS)
    response_body: str = field(repr=False)
    fault: FaultKind | None


@dataclass(frozen=True)
class Snapshot:
    """A whole sandbox at one moment, for `Sandbox.restore`. Only a sandbox of the same version is sure to know it."""

    text: bytes = field(repr=False)
