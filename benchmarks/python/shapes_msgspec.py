"""A callback as msgspec's structures.

Fields are named as on the wire, which spares a renaming. `gc=False`: a structure of texts and numbers is in no cycle, and
the documentation names this as the way to lighter ones.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from convert import centimes, moment

TYPE_CHECKING = False
if TYPE_CHECKING:
    Centimes = int
    Moment = datetime
else:
    # msgspec gives the hook the types that it does not know, and then asks whether the result is an instance. Asking
    # int and datetime themselves, in C, lets the result be a plain one: a subclass would take longer to make.
    class Centimes(metaclass=type("AskInt", (type,), {"__instancecheck__": int.__instancecheck__})):
        """An int, from a text in euros."""

    class Moment(metaclass=type("AskDatetime", (type,), {"__instancecheck__": datetime.__instancecheck__})):
        """A datetime, from a text in French order."""


class Beneficiary(msgspec.Struct, frozen=True, gc=False):
    """Whom it pays."""

    Id: str
    ClientId: str


class User(msgspec.Struct, frozen=True, gc=False):
    """Who pays."""

    Id: str
    Email: str
    ClientCode: str
    NumeroAffectation: str


class Error(msgspec.Struct, frozen=True, gc=False):
    """Whether it worked."""

    Code: int
    Message: str


class TypedOperation(msgspec.Struct, frozen=True, gc=False):
    """The payment, its amount in centimes."""

    Id: int
    IdTransactionDebitIzly: int
    Amount: Centimes
    Date: Moment
    Message: str
    ClientOrderId: str
    Status: str
    CallbackParameters: str


class TextOperation(msgspec.Struct, frozen=True, gc=False):
    """The payment, its amount as it is written."""

    Id: int
    IdTransactionDebitIzly: int
    Amount: str
    Date: Moment
    Message: str
    ClientOrderId: str
    Status: str
    CallbackParameters: str


class TypedCallback(msgspec.Struct, frozen=True, gc=False):
    """All of it."""

    OperationSMoney: TypedOperation
    Beneficiary: Beneficiary
    User: User
    Error: Error


class TextCallback(msgspec.Struct, frozen=True, gc=False):
    """All of it."""

    OperationSMoney: TextOperation
    Beneficiary: Beneficiary
    User: User
    Error: Error


def amount_or_date(wanted: type, text: str) -> object:
    """What msgspec asks for the two types of ours."""
    return centimes(text) if wanted is Centimes else moment(text)


def date(_wanted: type, text: str) -> object:
    """The same where only the date is ours."""
    return moment(text)


def typed_decoder() -> msgspec.json.Decoder[TypedCallback]:
    """Reads amount and date."""
    return msgspec.json.Decoder(TypedCallback, dec_hook=amount_or_date)


def text_decoder() -> msgspec.json.Decoder[TextCallback]:
    """Reads the date, and leaves the amount as text."""
    return msgspec.json.Decoder(TextCallback, dec_hook=date)
