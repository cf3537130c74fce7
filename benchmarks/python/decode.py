"""Reading a callback: the text that Izly posts, to an object with types.

Every contender's six fields are read from its result. izly makes an object of a field when it is asked for; its peers make
all of them at once, so `izly_all` asks for all. An amount in centimes counts as its value, one left as text as the length of
the text.
"""

from __future__ import annotations

from measure import repeated, sample

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from typing import Protocol

    from measure import Operation

    class OperationRead(Protocol):
        """The part of a callback that is about the payment, in whatever shape a peer gives it."""

        @property
        def Id(self) -> int: ...
        @property
        def Date(self) -> datetime: ...
        @property
        def Message(self) -> str: ...
        @property
        def ClientOrderId(self) -> str: ...
        @property
        def Status(self) -> str: ...

    class TypedOperation(OperationRead, Protocol):
        """The amount in centimes."""

        @property
        def Amount(self) -> int: ...

    class TextOperation(OperationRead, Protocol):
        """The amount as it is written."""

        @property
        def Amount(self) -> str: ...

    class Typed(Protocol):
        """A callback."""

        @property
        def OperationSMoney(self) -> TypedOperation: ...

    class Text(Protocol):
        """A callback."""

        @property
        def OperationSMoney(self) -> TextOperation: ...


def izly() -> str:
    """The date is a datetime. The amount stays text on purpose: production has sent `200.00` for 200 centimes."""
    from izly import Callback

    body = sample("callback.json")
    parse = Callback.parse

    def operation() -> int:
        callback = parse(body)
        claims = callback.untrusted
        _, _ = claims.status, claims.message
        return len(claims.amount_text) + len(callback.order_id) + callback.operation_id % 10 + claims.date.minute  # type: ignore[arg-type, union-attr]

    return repeated(operation)


def izly_all() -> str:
    """The same, and every other field."""
    from izly import Callback

    body = sample("callback.json")
    parse = Callback.parse

    def operation() -> int:
        callback = parse(body)
        claims = callback.untrusted
        beneficiary, user, error = claims.beneficiary, claims.user, claims.error
        _ = claims.status, claims.message, claims.transaction_id, claims.callback_parameters
        _ = beneficiary.account_id, beneficiary.identifier, error.code, error.message
        _ = user.account_id, user.email, user.client_code, user.affectation_number
        return len(claims.amount_text) + len(callback.order_id) + callback.operation_id % 10 + claims.date.minute  # type: ignore[arg-type, union-attr]

    return repeated(operation)


def msgspec() -> str:
    """Into frozen structures, by one decoder."""
    from shapes_msgspec import typed_decoder

    return repeated(typed(typed_decoder().decode))


def msgspec_same() -> str:
    """What izly does: the date a datetime, the amount left as text."""
    from shapes_msgspec import text_decoder

    return repeated(text(text_decoder().decode))


def pydantic() -> str:
    """Into models, in one pass over the text."""
    from shapes_pydantic import Callback

    return repeated(typed(Callback.model_validate_json))


def orjson() -> str:
    """To dictionaries, and from these to frozen dataclasses."""
    from orjson import loads

    from shapes_dataclasses import reader

    return repeated(typed(reader(loads)))


def json() -> str:
    """To dictionaries, and from these to frozen dataclasses."""
    from json import loads

    from shapes_dataclasses import reader

    return repeated(typed(reader(loads)))


def typed(parse: Callable[[bytes], Typed]) -> Operation:
    """Reads a result that holds centimes."""
    body = sample("callback.json")

    def operation() -> int:
        read = parse(body).OperationSMoney
        _, _ = read.Status, read.Message
        return read.Amount + len(read.ClientOrderId) + read.Id % 10 + read.Date.minute

    return operation


def text(parse: Callable[[bytes], Text]) -> Operation:
    """Reads a result that holds the amount as text."""
    body = sample("callback.json")

    def operation() -> int:
        read = parse(body).OperationSMoney
        _, _ = read.Status, read.Message
        return len(read.Amount) + len(read.ClientOrderId) + read.Id % 10 + read.Date.minute

    return operation


OPERATIONS = {
    "decode_callback": {
        "izly": izly,
        "izly_all": izly_all,
        "msgspec": msgspec,
        "msgspec_same": msgspec_same,
        "pydantic": pydantic,
        "orjson": orjson,
        "json": json,
    }
}
