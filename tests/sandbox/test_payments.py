"""Payments as the API shows them, approvals, cancels and logins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

if TYPE_CHECKING:
    from support.world import World


def test_a_payment_with_everything(world: World) -> None:
    """What the partner gave, and what became of it."""
    given = {
        "Message": "2 cafés",
        "CallbackParameters": "basket=12",
        "RedirectUrlAfterPayment": "https://boutique.example/merci",
        "Software": 7,
    }
    created = world.partner.create("étudiant@univ/2 & co", 150, **given)
    payment = world.payment(created.operation_id)
    assert payment == {
        "operation_id": created.operation_id,
        "transaction_id": created.answer.json["OperationSMoney"]["IdTransactionDebitIzly"],
        "partner": world.partner.identifier,
        "order_id": "étudiant@univ/2 & co",
        "amount_cents": 150,
        "status": "Waiting",
        "created": "2026-01-05T09:00:01",
        "paid": None,
        "refunded": None,
        "message": "2 cafés",
        "callback_parameters": "basket=12",
        "redirect_url": "https://boutique.example/merci",
        "software": 7,
        "customer": None,
        "authorization_url": created.url,
    }
    paid = world.approve(created.operation_id)["payment"]
    assert paid == {**payment, "status": "Completed", "paid": "2026-01-05T09:00:02", "customer": "riche@example.fr"}
    world.partner.refund(created.operation_id, created.order_id).ok()
    assert world.payment(created.operation_id) == {**paid, "status": "Refund", "refunded": "2026-01-05T09:00:03"}


def test_the_list_of_payments(world: World) -> None:
    """Newest last; of those that fit, the last ones."""
    made = [world.partner.create(f"order-{number % 2}").operation_id for number in range(5)]
    world.approve(made[1])

    def listed(**query: object) -> list[int]:
        return [payment["operation_id"] for payment in world.admin.get("/payments", **query)["payments"]]

    assert listed() == made
    assert listed(limit=2) == made[3:]
    assert listed(order_id="order-1") == [made[1], made[3]]
    assert listed(status="Completed") == [made[1]]
    assert listed(status="Waiting", order_id="order-0", limit=1) == [made[4]]
    assert listed(status="Refund") == listed(order_id="order-2") == []
    for name, value in [("limit", "0"), ("limit", "1001"), ("limit", "x"), ("limit", ""), ("status", "Paid")]:
        assert world.admin.refused(400, "GET", "/payments", **{name: value}) == name
    assert world.admin.refused(400, "GET", "/payments?limit=1&limit=2") == "limit"


def test_payments_that_are_none(world: World) -> None:
    """Whatever is to be done with them."""
    for number in ("1", "0", "-1", "1.0", "x", "99999999999999999999"):
        world.admin.refused(404, "GET", f"/payments/{number}")
        world.admin.refused(404, "POST", f"/payments/{number}/approve", {"account": "riche"})
        world.admin.refused(404, "POST", f"/payments/{number}/cancel")


@pytest.mark.parametrize("account", ["riche", "riche@example.fr", "0639980001"])
def test_an_approval(world: World, account: str) -> None:
    """Debit, e-mail, callback, as on the page."""
    created = world.partner.create()
    decision = world.approve(created.operation_id, account)
    assert (decision["result"], decision["refusal"]) == ("paid", None)
    assert decision["payment"] == world.payment(created.operation_id)
    assert decision["deliveries"] == world.deliveries()
    assert [one["accepted"] for one in decision["deliveries"]] == [True]
    assert world.account()["balance_cents"] == 9850
    (email,) = world.admin.get("/emails")["emails"]
    assert email["to"] == "riche@example.fr"
    assert str(created.operation_id) in email["text"]
    assert set(email) == {"sequence", "date", "to", "subject", "text"}


@pytest.mark.parametrize(
    ("account", "password", "code", "is_told"),
    [
        ("solde-insuffisant", None, 9101, True),
        ("impayes", None, 9102, True),
        ("bloque", None, 9103, True),
        ("riche", "wrong", 9100, False),
    ],
)
def test_a_refusal_is_an_answer(world: World, account: str, password: str | None, code: int, is_told: bool) -> None:
    """Nothing is debited, and the payment can still be paid."""
    created = world.partner.create()
    decision = world.approve(created.operation_id, account, password=password)
    assert (decision["result"], decision["refusal"]["code"]) == ("refused", code)
    assert decision["payment"]["status"] == "Waiting"
    assert len(decision["deliveries"]) == len(world.site.received) == int(is_told)
    if is_told:
        assert world.site.only().json["Error"] == {"Code": code, "Message": decision["refusal"]["message"]}
    assert world.admin.get("/emails") == {"emails": []}
    assert world.approve(created.operation_id)["result"] == "paid"


def test_wrong_passwords_count(world: World) -> None:
    """The third blocks the account, here as on the page."""
    created = world.partner.create()
    for attempts, state in [(1, "active"), (2, "active"), (3, "blocked")]:
        world.approve(created.operation_id, password="wrong")
        assert (world.account()["failed_attempts"], world.account()["state"]) == (attempts, state)


def test_what_is_settled_stays(world: World) -> None:
    """Nothing happens to it any more."""
    paid = world.paid()
    before = world.payment(paid.operation_id)
    for answer in (world.approve(paid.operation_id), world.admin.post(f"/payments/{paid.operation_id}/cancel")):
        assert answer == {"result": "already_settled", "refusal": None, "payment": before, "deliveries": []}
    assert world.account()["balance_cents"] == 9850
    assert len(world.site.received) == 1


def test_a_cancel(world: World) -> None:
    """Without a word to the partner, unless that is asked for."""
    created = world.partner.create()
    decision = world.admin.post(f"/payments/{created.operation_id}/cancel")
    assert (decision["result"], decision["payment"]["status"], decision["deliveries"]) == ("cancelled", "Cancelled", [])
    assert world.partner.status(created.operation_id) == "Cancelled"
    for body, is_told in [({}, False), ({"callback": True}, True), ({"callback": False}, False)]:
        world.site.received.clear()
        created = world.partner.create()
        decision = world.admin.post(f"/payments/{created.operation_id}/cancel", body)
        assert len(decision["deliveries"]) == len(world.site.received) == int(is_told), body
    world.admin.patch("/wire", {"callback_on_cancel": True})
    created = world.partner.create()
    world.admin.post(f"/payments/{created.operation_id}/cancel")
    callback = world.site.only()
    assert callback.operation["Status"] == "Cancelled"
    assert callback.json["Error"]["Code"] == 9104
    assert callback.json["User"] is None


def test_the_options_of_a_decision(world: World) -> None:
    """Copies, all at once or not, are as for any callback."""
    created = world.partner.create()
    decision = world.approve(created.operation_id, copies=3, concurrent=True)
    assert [one["accepted"] for one in decision["deliveries"]] == [True] * 3
    created = world.partner.create()
    decision = world.admin.post(f"/payments/{created.operation_id}/cancel", {"callback": True, "copies": 2})
    assert [one["accepted"] for one in decision["deliveries"]] == [True] * 2
    assert len(world.site.received) == 5


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 400, "account"),
        ({"account": None}, 400, "account"),
        ({"account": ""}, 400, "account"),
        ({"account": "nobody"}, 404, "account"),
        ({"account": "riche", "password": 1}, 400, "password"),
        ({"account": "riche", "copies": 51}, 400, "copies"),
        ({"account": "riche", "callback": True}, 400, "callback"),
        ({"account": "riche", "forge": "payee"}, 400, "forge"),
    ],
)
def test_an_approval_that_makes_no_sense(world: World, body: dict[str, Any], status: int, field: str) -> None:
    """Nothing happens."""
    created = world.partner.create()
    assert world.admin.refused(status, "POST", f"/payments/{created.operation_id}/approve", body) == field
    assert world.status(created.operation_id) == "Waiting"
    assert world.site.received == []


def test_a_cancel_that_makes_no_sense_is_refused(world: World) -> None:
    """Nothing happens."""
    created = world.partner.create()
    path = f"/payments/{created.operation_id}/cancel"
    assert world.admin.refused(400, "POST", path, {"callback": "yes"}) == "callback"
    assert world.admin.refused(400, "POST", path, {"account": "riche"}) == "account"
    assert world.status(created.operation_id) == "Waiting"


def test_a_login(world: World) -> None:
    """The way back, with a code that works."""
    location = world.admin.post("/logins", {"account": "riche", "state": "a b+c"})["location"]
    assert location.startswith(f"{world.site.base_url}/izly/login?code=")
    query = parse_qs(urlsplit(location).query)
    assert query["state"] == ["a b+c"]
    tokens = world.partner.token(query["code"][0]).ok().json
    assert tokens["scope"] == "users_details payments izly_pay"
    assert world.partner.users(tokens["access_token"]).ok().json["CodeClient"] == "etu00001"
    location = world.admin.post("/logins", {"account": "impayes", "scope": 1})["location"]
    query = parse_qs(urlsplit(location).query)
    assert list(query) == ["code"]
    assert world.partner.token(query["code"][0]).ok().json["scope"] == "users_details"


def test_a_login_that_is_refused(world: World) -> None:
    """By the account, by the partner, by the words of the request."""
    world.admin.refused(409, "POST", "/logins", {"account": "bloque"})
    assert world.admin.refused(404, "POST", "/logins", {"account": "nobody"}) == "account"
    assert world.admin.refused(400, "POST", "/logins", {"scope": 1}) == "account"
    for scope in (0, 2, 3, "1", 16384.5):
        assert world.admin.refused(400, "POST", "/logins", {"account": "riche", "scope": scope}) == "scope"
    assert world.admin.refused(400, "POST", "/logins", {"account": "riche", "state": 1}) == "state"
    world.admin.patch("/partner", {"approved": False})
    world.admin.refused(409, "POST", "/logins", {"account": "riche"})
