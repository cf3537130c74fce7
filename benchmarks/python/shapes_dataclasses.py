"""A callback as frozen dataclasses with slots, made from the dictionaries that a JSON library gives.

Arguments go by position: the names were paid for once, when looking the values up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from convert import centimes, moment

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Operation:
    """The payment."""

    Id: int
    IdTransactionDebitIzly: int
    Amount: int
    Date: datetime
    Message: str
    ClientOrderId: str
    Status: str
    CallbackParameters: str


@dataclass(frozen=True, slots=True)
class Beneficiary:
    """Whom it pays."""

    Id: str
    ClientId: str


@dataclass(frozen=True, slots=True)
class User:
    """Who pays."""

    Id: str
    Email: str
    ClientCode: str
    NumeroAffectation: str


@dataclass(frozen=True, slots=True)
class Error:
    """Whether it worked."""

    Code: int
    Message: str


@dataclass(frozen=True, slots=True)
class Callback:
    """All of it."""

    OperationSMoney: Operation
    Beneficiary: Beneficiary
    User: User
    Error: Error


def reader(loads: Callable[[bytes], Any]) -> Callable[[bytes], Callback]:
    """From text to objects, by this library. It has judged nothing but the syntax, and neither does this."""

    def callback(body: bytes) -> Callback:
        read = loads(body)
        payee, user, error = read["Beneficiary"], read["User"], read["Error"]
        return Callback(
            operation(read["OperationSMoney"]),
            Beneficiary(payee["Id"], payee["ClientId"]),
            User(user["Id"], user["Email"], user["ClientCode"], user["NumeroAffectation"]),
            Error(error["Code"], error["Message"]),
        )

    return callback


def operation(read: dict[str, Any]) -> Operation:
    """The payment of these."""
    return Operation(
        read["Id"],
        read["IdTransactionDebitIzly"],
        centimes(read["Amount"]),
        moment(read["Date"]),
        read["Message"],
        read["ClientOrderId"],
        read["Status"],
        read["CallbackParameters"],
    )
