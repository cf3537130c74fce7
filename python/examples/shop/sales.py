"""A sale, the states it goes through, and what the shop needs of whoever keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import izly

OPEN = "open"  # Not paid, as far as the shop knows.
PAID = "paid"
REFUNDING = "refunding"  # Somebody asked for the money back, and it is not known yet how that ended.
REFUNDED = "refunded"
ABANDONED = "abandoned"  # Izly says that it will not be paid.
STATES = (OPEN, PAID, REFUNDING, REFUNDED, ABANDONED)

# Izly does not say how long its payment page works. After a week the shop stops asking; a callback still settles.
ASK_FOR_SECONDS = 7 * 24 * 3600

# Well beyond the time that a worker can stand still and a request can be under way, both together, so that whoever began
# it has surely stopped: an early "it was not" would let a second one be sent (docs/settle-once.md).
REFUND_LASTS_SECONDS = 3600


class Sale(Protocol):
    """An order and how far it has come."""

    @property
    def id(self) -> str:
        """The order's id."""

    @property
    def amount_cents(self) -> int:
        """The price, in centimes."""

    @property
    def state(self) -> str:
        """One of STATES."""

    @property
    def operation_id(self) -> int | None:
        """Izly's number for the payment, once there is one."""

    @property
    def voucher(self) -> str | None:
        """What the student bought; there from the credit on."""


class Sales(Protocol):
    """Keeps the sales. Every method is one transaction, and none is ever open while Izly is being asked."""

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """What the methods raise when the database is down."""

    def place(self, order: izly.Order) -> None:
        """Stores a new order, open."""

    def payment_created(self, order_id: str, operation_id: int) -> None:
        """Notes Izly's number for the payment."""

    def find(self, order_id: str) -> Sale | None:
        """The sale of this order."""

    def credit(self, paid: izly.PaidPayment) -> int | None:
        """Credits the order unless it is credited already; gives the operation that settles it, then or now.

        There is none if this operation has settled another order: it settles no second one.
        """

    def abandon(self, order_id: str) -> None:
        """Closes an open order."""

    def claim_refund(self, order_id: str) -> int | None:
        """Makes a paid order one that is being refunded: gives the operation to refund, to one caller only."""

    def end_refund(self, order_id: str, state: str) -> None:
        """Says how a claimed refund ended: REFUNDED, or PAID when nothing was given back."""

    def unsettled(self) -> Sequence[Sale]:
        """The open orders of the last ASK_FOR_SECONDS that have a payment."""

    def stale_refunds(self) -> Sequence[tuple[str, int]]:
        """The orders and operations whose refund began more than REFUND_LASTS_SECONDS ago and has no known end."""


def order_of(sale: Sale) -> izly.Order:
    """The shop's own order: what Izly's answer is compared with."""
    return izly.Order(sale.id, sale.amount_cents)
