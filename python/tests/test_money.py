"""Amounts are integer centimes and ids are integers: whatever may pass for one is refused."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import izly
import pytest
from support.partner import ORDER, PAID, WAITING

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.canned import Canned

NO_INTEGERS: list[Any] = [
    1.0,
    1.5,
    150.0,
    float("nan"),
    float("inf"),
    True,
    False,
    Decimal(150),
    Fraction(150),
    "150",
    b"150",
    None,
    [150],
    1j,
]


class Index:
    """Something that Python takes for an index."""

    def __index__(self) -> int:
        """A number all the same."""
        return 150


class Number(int):
    """A subclass of int, as database libraries give."""


@pytest.mark.parametrize("wrong", [*NO_INTEGERS, Index()], ids=repr)
def test_what_is_no_int_is_no_amount(wrong: Any) -> None:
    """A float is a rounding error to come, a bool a mistake; the error names the argument."""
    with pytest.raises(TypeError, match="amount_cents"):
        izly.Order("order-42", wrong)
    with pytest.raises(TypeError, match="amount_cents"):
        izly.Order(id="order-42", amount_cents=wrong)


@pytest.mark.parametrize("wrong", [*NO_INTEGERS, Index()], ids=repr)
def test_what_is_no_int_is_no_operation(wrong: Any, client: izly.Client, server: Canned) -> None:
    """Everywhere an operation id is taken."""
    calls: list[tuple[str, Callable[[], object]]] = [
        ("operation_id", lambda: izly.RefundTarget(wrong, "order-42")),
        ("operation_id", lambda: client.payment(wrong)),
        ("operation", lambda: client.confirm(wrong, ORDER)),
    ]
    for name, call in calls:
        with pytest.raises(TypeError, match=name):
            call()
    assert server.requests == []


@pytest.mark.parametrize("wrong", [1.0, True, "7"], ids=repr)
def test_numbers_elsewhere(wrong: Any) -> None:
    """The partner's software, and a scope."""
    with pytest.raises(TypeError, match="software"):
        izly.NewPayment(ORDER, software=wrong)
    with pytest.raises(TypeError, match="bits"):
        izly.Scope(wrong)


@pytest.mark.parametrize("amount", [0, -1, -(2**63), 2**31, 2**63, 2**64, 10**30])
def test_amounts_out_of_range(amount: int) -> None:
    """Refused by the core, by name, however large."""
    with pytest.raises(izly.InvalidInputError) as caught:
        izly.Order("order-42", amount)
    assert (caught.value.field, caught.value.outcome) == ("amount", "not_sent")
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("number", [0, -1, 2**63, 2**64, 10**30])
def test_operations_out_of_range(number: int, client: izly.Client, server: Canned) -> None:
    """1 to 2⁶³ - 1, and nothing is sent for another."""
    calls: list[Callable[[], object]] = [
        lambda: izly.RefundTarget(number, "order-42"),
        lambda: client.payment(number),
        lambda: client.confirm(number, ORDER),
    ]
    for call in calls:
        with pytest.raises(izly.InvalidInputError) as caught:
            call()
        assert caught.value.field == "operation_id"
    assert server.requests == []


def test_a_subclass_of_int_is_an_int() -> None:
    """Only a bool is not."""
    assert izly.Order("order-42", Number(150)) == ORDER
    assert type(izly.Order("order-42", Number(150)).amount_cents) is int


@pytest.mark.parametrize(
    ("cents", "euros"), [(1, "0.01"), (5, "0.05"), (150, "1.50"), (100, "1.00"), (2**31 - 1, "21474836.47")]
)
def test_euros_are_exact(cents: int, euros: str) -> None:
    """A Decimal of two places."""
    amount = izly.Order("order-42", cents).amount
    assert type(amount) is Decimal
    assert (str(amount), amount * 100) == (euros, Decimal(cents))


def test_amounts_that_come_are_integers(client: izly.Client, server: Canned) -> None:
    """Read without a float: 1.15 is 115 centimes, not 114."""
    server.answer(200, PAID.replace("1.50", "1.15"))
    payment = client.payment(52795)
    assert (type(payment.amount_cents), payment.amount_cents) == (int, 115)
    assert str(payment.amount) == "1.15"


def test_another_amount_is_no_payment(client: izly.Client, server: Canned) -> None:
    """The proof is of the order's own amount; an amount off by 100 says so."""
    server.answer(200, PAID.replace("1.50", "150.00"))
    with pytest.raises(izly.MismatchError, match="100") as caught:
        client.confirm(52795, ORDER)
    assert (caught.value.field, caught.value.outcome, caught.value.retryable) == ("amount", "rejected", False)
    server.answer(200, WAITING)
    with pytest.raises(izly.NotFinalError) as not_final:
        client.confirm(52795, ORDER)
    assert (not_final.value.outcome, not_final.value.retryable) == ("unknown", True)


@pytest.mark.parametrize("wrong", [True, "1", None, Decimal(1)], ids=repr)
def test_seconds_are_numbers(wrong: Any, server: Canned) -> None:
    """An int or a float, never a bool."""
    key = izly.ApiKey.from_parts("Paris-78-78-78-78", "s3cret")
    for option in ("deadline", "connect_timeout"):
        with pytest.raises(TypeError, match=option):
            izly.Client(key, server.url, **{option: wrong})


@pytest.mark.parametrize("wrong", [0, -1, 0.0, float("nan"), float("inf"), 601])
def test_lengths_of_time_out_of_range(wrong: float, server: Canned) -> None:
    """Refused by name: a deadline is always there, and always ends."""
    key = izly.ApiKey.from_parts("Paris-78-78-78-78", "s3cret")
    with pytest.raises(izly.ConfigurationError) as caught:
        izly.Client(key, server.url, deadline=wrong)
    assert (caught.value.field, caught.value.outcome) == ("deadline", "not_sent")
