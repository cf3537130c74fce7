"""Each call of the protocol, made ready: to be made once, with headers of the test's choice, and then looked into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from support.web import Answer
    from support.world import World


@dataclass(frozen=True)
class Call:
    """A call about to be made. `is_done` says whether its work was done, past all faults; it may be asked once."""

    make: Callable[[Mapping[str, str]], Answer]
    is_done: Callable[[], bool] | None = None


def login_page(world: World) -> Call:
    """The student logs in. That a code was made shows nowhere."""
    return Call(lambda more: world.student.log_in(world.partner.authorization_url(), more))


def token(world: World) -> Call:
    """A code is exchanged: it works once."""
    code = world.code()
    return Call(lambda more: world.partner.token(code, more), lambda: world.partner.token(code).status == 400)


def refresh(world: World) -> Call:
    """A token is renewed: the refresh token works once."""
    old = world.tokens()["refresh_token"]
    return Call(lambda more: world.partner.refresh(old, more), lambda: world.partner.refresh(old).status == 400)


def users(world: World) -> Call:
    """The student's details are read."""
    access = world.tokens()["access_token"]
    return Call(lambda more: world.partner.users(access, more))


def create_payment(world: World) -> Call:
    """A payment is created."""
    body = {"Amount": 150, "ClientOrderId": "made-ready", "Message": "2 cafés"}
    return Call(
        lambda more: world.partner.create_raw(body, more),
        lambda: bool(world.admin.get("/payments", order_id="made-ready")["payments"]),
    )


def read_payment(world: World) -> Call:
    """A paid payment is read."""
    paid = world.paid()
    return Call(lambda more: world.partner.read(paid.operation_id, more))


def payment_page(world: World) -> Call:
    """The student approves."""
    made = world.partner.create()
    return Call(
        lambda more: world.student.approve(made.url, more),
        lambda: world.status(made.operation_id) == "Completed",
    )


def refund(world: World) -> Call:
    """A paid payment is refunded."""
    paid = world.paid()
    return Call(
        lambda more: world.partner.refund(paid.operation_id, more=more),
        lambda: world.status(paid.operation_id) == "Refund",
    )


CALLS: Mapping[str, Callable[[World], Call]] = {
    one.__name__: one for one in (login_page, token, refresh, users, create_payment, read_payment, payment_page, refund)
}
