"""The students' accounts: read, added, changed, and what their states allow."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import pytest

from support.student import Student

if TYPE_CHECKING:
    from support.world import World

NEW = {"name": "camille", "email": "camille@example.fr"}


def test_the_accounts_as_they_come(world: World) -> None:
    """Those of the ready line, and more about them."""
    accounts = world.admin.get("/accounts")["accounts"]
    ready = world.process.ready["accounts"]
    assert [account["name"] for account in accounts] == [account["name"] for account in ready]
    riche = accounts[0]
    assert riche == {
        "name": "riche",
        "purpose": riche["purpose"],
        "email": "riche@example.fr",
        "phone": "0639980001",
        "password": "izly-sandbox",
        "state": "active",
        "balance_cents": 10_000,
        "failed_attempts": 0,
        "smoney_id": riche["smoney_id"],
        "client_code": "etu00001",
        "right_holder_id": riche["right_holder_id"],
        "rate": 1,
    }
    assert world.admin.get("/accounts/riche") == world.admin.get("/accounts/Riche@example.fr") == riche


def test_every_state_has_an_account(world: World) -> None:
    """So that each scene can be played without set-up."""
    states = {account["state"] for account in world.admin.get("/accounts")["accounts"]}
    assert states == {"active", "unpaid_debts", "blocked", "opposed", "frozen", "closed", "unconfirmed"}


def test_a_new_account_pays(world: World) -> None:
    """What is left out has a default, and no two share what must be their own."""
    made = world.admin.post("/accounts", {**NEW, "balance_cents": 200}, status=201)
    assert (made["state"], made["password"], made["rate"], made["purpose"]) == ("active", "izly-sandbox", 1, "")
    others = world.admin.get("/accounts")["accounts"]
    assert others[-1] == made
    for own in ("name", "email", "phone", "smoney_id", "client_code", "right_holder_id"):
        assert len({account[own] for account in others}) == len(others), own
    created = world.partner.create(cents=200)
    world.student.approve(created.url)
    created = world.partner.create(cents=200)
    Student(made["phone"]).approve(created.url).ok()
    assert world.payment(created.operation_id)["customer"] == "camille@example.fr"
    assert world.account("camille")["balance_cents"] == 0


def test_a_new_account_with_everything(world: World) -> None:
    """All that may be said."""
    full = {
        **NEW,
        "phone": "0639981234",
        "purpose": "l'été",
        "password": "un autre",
        "state": "unpaid_debts",
        "balance_cents": 2**53 - 1,
        "client_code": "cam1",
        "rate": 98,
    }
    made = world.admin.post("/accounts", full, status=201)
    assert {name: made[name] for name in full} == full


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "riche"}, "name"),
        ({"email": "riche@example.fr"}, "email"),
        ({"email": "RICHE@example.fr"}, "email"),
        ({"phone": "0639980001"}, "phone"),
    ],
)
def test_what_is_taken_is_a_conflict(world: World, change: dict[str, object], field: str) -> None:
    """A login must name one student."""
    assert world.admin.refused(409, "POST", "/accounts", {**NEW, **change}) == field


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": None}, "name"),
        ({"name": ""}, "name"),
        ({"name": "a@b"}, "name"),
        ({"name": "a" * 101}, "name"),
        ({"email": "nobody"}, "email"),
        ({"phone": "123"}, "phone"),
        ({"password": ""}, "password"),
        ({"state": "rich"}, "state"),
        ({"balance_cents": -1}, "balance_cents"),
        ({"balance_cents": 1.5}, "balance_cents"),
        ({"balance_cents": 2**53}, "balance_cents"),
        ({"client_code": "a b"}, "client_code"),
        ({"rate": "1"}, "rate"),
        ({"failed_attempts": 0}, "failed_attempts"),
        ({"smoney_id": "1"}, "smoney_id"),
    ],
)
def test_an_account_that_makes_no_sense_is_refused(world: World, change: dict[str, object], field: str) -> None:
    """Nobody is added."""
    before = world.admin.get("/accounts")
    assert world.admin.refused(400, "POST", "/accounts", {**NEW, **change}) == field
    assert world.admin.get("/accounts") == before


def test_changes_show_at_once(world: World) -> None:
    """On the pages as well."""
    before = world.account()
    change = {"balance_cents": 1, "password": "neuf", "failed_attempts": 2, "purpose": "x", "rate": 2}
    assert world.admin.patch("/accounts/riche@example.fr", change) == {**before, **change}
    created = world.partner.create(cents=1)
    assert "incorrect" in world.student.approve(created.url).text
    assert world.account()["state"] == "blocked", "the third wrong password"
    world.admin.patch("/accounts/riche", {"state": "active", "failed_attempts": 0})
    Student(password="neuf").approve(created.url).ok()
    assert (world.status(created.operation_id), world.account()["balance_cents"]) == ("Completed", 0)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "x"}, "name"),
        ({"email": "x@y.fr"}, "email"),
        ({"failed_attempts": 4}, "failed_attempts"),
        ({"rate": -1}, "rate"),
    ],
)
def test_what_must_not_change(world: World, change: dict[str, object], field: str) -> None:
    """Nor anything beside it."""
    before = world.account()
    assert world.admin.refused(400, "PATCH", "/accounts/riche", {"balance_cents": 5, **change}) == field
    assert world.account() == before


def test_accounts_that_are_none(world: World) -> None:
    """Neither by a name, nor by an address."""
    for name in ("nobody", "nobody@example.fr", "Riche"):
        world.admin.refused(404, "GET", f"/accounts/{name}")
        world.admin.refused(404, "PATCH", f"/accounts/{name}", {})


@pytest.mark.parametrize(
    ("state", "logs_in"),
    [
        ("active", True),
        ("unpaid_debts", True),
        ("blocked", False),
        ("opposed", False),
        ("frozen", True),
        ("closed", False),
        ("unconfirmed", False),
    ],
)
def test_what_a_state_allows(world: World, state: str, logs_in: bool) -> None:
    """On the real pages and by the API alike; only an active account pays."""
    world.admin.patch("/accounts/riche", {"state": state})
    page = world.student.log_in(world.partner.authorization_url())
    assert page.status == (302 if logs_in else 200), page
    login = world.admin.ask("POST", "/logins", {"account": "riche"})
    assert login.status == (200 if logs_in else 409), login
    created = world.partner.create()
    result = world.approve(created.operation_id)
    assert result["result"] == ("paid" if state == "active" else "refused")
    if state != "active":
        assert result["refusal"]["code"] > 0
        assert result["refusal"]["message"] in html.unescape(world.student.approve(created.url).text)
    assert world.status(created.operation_id) == ("Completed" if state == "active" else "Waiting")
