"""Registrations: read, added, changed, removed."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from support.web import ask

if TYPE_CHECKING:
    from support.world import World


def test_the_ready_line_is_there_to_be_asked_for(world: World) -> None:
    """The same object, whoever asks."""
    ready = world.process.ready
    assert set(ready["urls"]) == {"authorize", "token", "users", "web_payments", "ready", "back_office", "admin_api"}
    assert ready["urls"]["admin_api"] == f"{world.process.url}/_sandbox/api"
    assert ready["urls"]["back_office"].startswith(f"{world.process.url}/_sandbox")
    assert ask("GET", ready["urls"]["ready"]).ok().json == ready


def test_the_first_partner(world: World) -> None:
    """As the command line set it up."""
    partner = world.admin.get("/partner")
    assert partner == {
        "type": "Izly Partner",
        "site_name": "Boutique de démonstration",
        "callback_url": world.site.url,
        "login_redirect_url": f"{world.site.base_url}/izly/login",
        "payment_redirect_url": f"{world.site.base_url}/izly/paid",
        "home_page_url": f"{world.site.base_url}/",
        "approved": True,
        "izly_pay": True,
        "callback_allowed": True,
        "identifier": world.process.ready["identifier"],
        "account_id": "49918",
        "api_key": world.process.ready["api_key"],
    }
    assert world.admin.get("/partners") == {"partners": [partner]}
    assert world.admin.get("/partner", partner=partner["identifier"]) == partner


def test_one_more_partner(world: World) -> None:
    """What is left out has a default; its key works at once."""
    made = world.admin.post("/partners", {"identifier": "Laverie-2-2-2-2", "site_name": "Laverie"}, status=201)
    assert (made["site_name"], made["approved"], made["type"]) == ("Laverie", True, "Izly Partner")
    assert base64.b64decode(made["api_key"]) == b"Laverie-2-2-2-2:sandbox_not_a_secret"
    assert world.admin.get("/partners")["partners"][1] == made
    assert world.admin.of("Laverie-2-2-2-2").get("/partner") == made
    second = world.another("Laverie-3-3-3-3", secret="sandbox_of_its_own", izly_pay=False)
    assert base64.b64decode(second.partner.api_key) == b"Laverie-3-3-3-3:sandbox_of_its_own"
    assert second.partner.create_raw({"Amount": 1, "ClientOrderId": "a"}).ok(403).json["Code"] == 9009


def test_an_identifier_is_taken_once(world: World) -> None:
    """By the first partner as by any other."""
    for identifier in (world.partner.identifier, "Laverie"):
        if identifier == "Laverie":
            world.another(identifier)
        assert world.admin.refused(409, "POST", "/partners", {"identifier": identifier}) == "identifier"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "identifier"),
        ({"identifier": None}, "identifier"),
        ({"identifier": ""}, "identifier"),
        ({"identifier": " a"}, "identifier"),
        ({"identifier": "a:b"}, "identifier"),
        ({"identifier": "é"}, "identifier"),
        ({"identifier": "a" * 101}, "identifier"),
        ({"identifier": "a", "secret": "live_0123"}, "secret"),
        ({"identifier": "a", "type": "Caisse"}, "type"),
        ({"identifier": "a", "site_name": ""}, "site_name"),
        ({"identifier": "a", "site_name": "x" * 10_001}, "site_name"),
        ({"identifier": "a", "api_key": "x"}, "api_key"),
        ({"identifier": "a", "site_nam": "x"}, "site_nam"),
        ({"identifier": "a", "callback_url": "ftp://127.0.0.1/"}, "callback_url"),
        ({"identifier": "a", "home_page_url": "javascript:alert(1)"}, "home_page_url"),
        ({"identifier": "a", "login_redirect_url": "http://127.0.0.1/é"}, "login_redirect_url"),
        ({"identifier": "a", "payment_redirect_url": "http://127.0.0.1/" + "a" * 2000}, "payment_redirect_url"),
        ({"identifier": "a", "approved": "yes"}, "approved"),
    ],
)
def test_a_registration_that_makes_no_sense_is_refused(world: World, body: dict[str, object], field: str) -> None:
    """Nobody is registered."""
    assert world.admin.refused(400, "POST", "/partners", body) == field
    assert len(world.admin.get("/partners")["partners"]) == 1


def test_changes_show_at_once(world: World) -> None:
    """What is not named stays."""
    before = world.admin.get("/partner")
    changed = world.admin.patch("/partner", {"site_name": "Cafétéria", "account_id": "7"})
    assert changed == {**before, "site_name": "Cafétéria", "account_id": "7"}
    assert world.admin.patch("/partner", {}) == changed
    created = world.partner.create()
    assert created.answer.json["Beneficiary"]["Id"] == "7"
    world.admin.patch("/partner", {"approved": False})
    assert world.partner.create_raw({"Amount": 1, "ClientOrderId": "a"}).ok(403).json["Code"] == 9008
    world.admin.patch("/partner", {"approved": True, "izly_pay": False})
    assert world.partner.create_raw({"Amount": 1, "ClientOrderId": "a"}).ok(403).json["Code"] == 9009
    assert world.tokens()["token_type"] == "Bearer"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"identifier": "another"}, "identifier"),
        ({"secret": "sandbox_another"}, "secret"),
        ({"api_key": "x"}, "api_key"),
        ({"type": "Izly Partner"}, "type"),
        ({"izly_pay": 1}, "izly_pay"),
        ({"callback_url": "127.0.0.1:8000"}, "callback_url"),
        ({"account_id": ""}, "account_id"),
    ],
)
def test_what_must_not_change(world: World, body: dict[str, object], field: str) -> None:
    """Neither what the key is made of, nor anything beside a mistake."""
    before = world.admin.get("/partner")
    assert world.admin.refused(400, "PATCH", "/partner", {"site_name": "x", **body}) == field
    assert world.admin.get("/partner") == before


def test_a_partner_is_removed_with_its_world(world: World) -> None:
    """Its key works no more; the first one stays."""
    laverie = world.another("Laverie")
    created = laverie.partner.create()
    laverie.admin.delete("/partner")
    assert laverie.admin.refused(404, "GET", "/partner") == "partner"
    laverie.partner.read(created.operation_id).ok(401)
    ask("GET", created.url).ok(404)
    world.admin.refused(409, "DELETE", "/partner")
    assert len(world.admin.get("/partners")["partners"]) == 1


PER_PARTNER = [
    ("POST", "/reset"),
    ("GET", "/partner"),
    ("PATCH", "/partner"),
    ("DELETE", "/partner"),
    ("GET", "/accounts"),
    ("POST", "/accounts"),
    ("GET", "/accounts/riche"),
    ("PATCH", "/accounts/riche"),
    ("GET", "/payments"),
    ("GET", "/payments/1"),
    ("POST", "/payments/1/approve"),
    ("POST", "/payments/1/cancel"),
    ("POST", "/callbacks"),
    ("POST", "/logins"),
    ("GET", "/deliveries"),
    ("GET", "/deliveries/1"),
    ("POST", "/deliveries/1/deliver"),
    ("POST", "/deliveries/1/replay"),
    ("GET", "/callback-settings"),
    ("PATCH", "/callback-settings"),
    ("GET", "/wire"),
    ("PATCH", "/wire"),
    ("GET", "/faults"),
    ("POST", "/faults"),
    ("DELETE", "/faults"),
    ("DELETE", "/faults/1"),
    ("GET", "/clock"),
    ("PATCH", "/clock"),
    ("POST", "/clock/advance"),
    ("GET", "/journal"),
    ("DELETE", "/journal"),
    ("GET", "/emails"),
]
VALID = {
    "/accounts": {"name": "a", "email": "a@example.fr"},
    "/payments/1/approve": {"account": "riche"},
    "/callbacks": {"operation_id": 1},
    "/logins": {"account": "riche"},
    "/faults": {"call": "any", "fault": "server_error"},
    "/clock/advance": {"seconds": 1},
}


def body_of(method: str, path: str) -> object:
    """A body that would do."""
    return VALID.get(path, {}) if method in ("POST", "PATCH") else None


@pytest.mark.parametrize(("method", "path"), PER_PARTNER)
def test_a_partner_nobody_knows(world: World, method: str, path: str) -> None:
    """404 everywhere, and a name that is mistyped is seen rather than passed over."""
    body = body_of(method, path)
    for nobody in ("Nobody-9-9-9-9", "", "a:b"):
        assert world.admin.refused(404, method, path, body, partner=nobody) == "partner"
    assert world.admin.refused(400, method, path, body, parnter="Nobody") == "parnter"


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/openapi.json"), ("GET", "/snapshot"), ("GET", "/partners"), ("POST", "/partners")]
)
def test_what_is_about_the_whole_sandbox_takes_no_partner(world: World, method: str, path: str) -> None:
    """It would be misleading."""
    body = {"identifier": "a"} if method == "POST" else None
    assert world.admin.refused(400, method, path, body, partner=world.partner.identifier) == "partner"
