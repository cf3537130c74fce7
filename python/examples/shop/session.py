"""What a browser's session holds: the login under way, the student's rate, and which orders are its own."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

Session = MutableMapping[str, Any]

# A session may be a cookie, which has little room.
ORDERS_KEPT = 20


def begin_login(session: Session, state: str) -> None:
    """Ties the login to this browser: only here may it end."""
    session["izly_state"] = state


def take_login_state(session: Session) -> str | None:
    """The state of the login that began in this browser; gone afterwards, since it is good for one return."""
    state: str | None = session.pop("izly_state", None)
    return state


def log_in(session: Session, rate: str | None) -> None:
    """Of all that Izly tells about a student the shop keeps the rate: it needs nothing else, and no token either."""
    session["rate"] = rate or "inconnu"


def log_out(session: Session) -> None:
    """Forgets the student; the orders stay this browser's."""
    session.pop("rate", None)


def rate(session: Session) -> str | None:
    """The rate of the student who is logged in."""
    value: str | None = session.get("rate")
    return value


def add_order(session: Session, order_id: str) -> None:
    """Makes an order this browser's."""
    session["orders"] = [*session.get("orders", []), order_id][-ORDERS_KEPT:]


def owns(session: Session, order_id: str) -> bool:
    """Whether this browser made the order, and so may see and refund it. A real shop may leave refunds to its staff."""
    return order_id in session.get("orders", [])
