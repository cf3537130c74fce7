"""The timeline: what is on it, what is not, what is covered, and how one waits for it."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from support.web import ask

if TYPE_CHECKING:
    from conftest import Start
    from support.world import World


def purchase(world: World) -> int:
    """A login and a payment from beginning to end, by the real pages."""
    access = world.tokens()["access_token"]
    world.partner.users(access).ok()
    created = world.partner.create()
    world.student.approve(created.url).ok()
    world.partner.read(created.operation_id).ok()
    world.partner.refund(created.operation_id).ok()
    return created.operation_id


def test_everything_is_on_it_in_order(world: World) -> None:
    """Requests, the callback, the e-mail; nothing of this API's."""
    purchase(world)
    journal = world.admin.get("/journal")
    entries = journal["entries"]
    sequences = [entry["sequence"] for entry in entries]
    assert sequences == sorted(set(sequences))
    assert journal["last"] == sequences[-1]
    told = [entry.get("call") or entry["kind"] for entry in entries]
    assert told[:6] == ["login_page", "login_page", "token", "users", "create_payment", "payment_page"]
    assert set(told[6:9]) == {"payment_page", "email", "callback"}
    assert told[9:] == ["read_payment", "refund"]
    assert all("/_sandbox" not in entry.get("target", "") for entry in entries)


def test_a_request_to_the_letter(world: World) -> None:
    """What was sent and what was answered."""
    created = world.partner.create("l'été", Message="2 cafés")
    (entry,) = world.entries(call="create_payment")
    assert (entry["method"], entry["target"], entry["status"]) == ("POST", "/api/Izly/WebPayments", 200)
    assert json.loads(entry["body"]) == {"Amount": 150, "ClientOrderId": "l'été", "Message": "2 cafés"}
    headers = dict(entry["headers"])
    assert headers["appidentifier"] == world.partner.identifier
    assert headers["authorization"].endswith("…")
    assert dict(entry["response_headers"])["content-type"] == "application/json; charset=utf-8"
    operation = json.loads(entry["response_body"])["OperationSMoney"]
    assert operation == created.answer.json["OperationSMoney"]
    assert entry["fault"] is None
    for remark in entry["remarks"]:
        assert set(remark) == {"provenance", "section", "text"}
        assert remark["provenance"] in ("documented", "observed", "invented")


def test_what_the_sandbox_puts_up_with_is_remarked(world: World) -> None:
    """A slash before the order id is most likely a slip in the guide."""
    paid = world.paid()
    world.partner.refund(paid.operation_id, "/order-1").ok()
    (entry,) = world.entries(call="refund")
    assert any(remark["section"] == "4.5" for remark in entry["remarks"]), entry["remarks"]


def test_an_address_that_is_none(world: World) -> None:
    """It is on the timeline all the same."""
    ask("GET", f"{world.process.url}/api/Izly/Nothing").ok(404)
    (entry,) = world.entries()
    assert (entry["kind"], entry["call"], entry["status"]) == ("request", None, 404)


def test_secrets_are_covered_unless_they_are_asked_for(world: World) -> None:
    """Keys, codes, tokens, states and passwords, wherever they stand."""
    state = "a-state-of-my-own"
    code = world.code(state)
    tokens = world.partner.token(code).ok().json
    world.partner.users(tokens["access_token"]).ok()
    fresh = world.partner.refresh(tokens["refresh_token"]).ok().json
    created = world.partner.create()
    page_token = created.url.partition("token=")[2].partition("&")[0]
    # The accounts' own passwords are no secret, every page shows them; what somebody types is.
    mistyped = replace(world.student, password="what-I-have-typed")
    assert "incorrect" in mistyped.approve(created.url).text
    world.student.approve(created.url).ok()
    secrets = {
        "the key": world.partner.api_key,
        "what was typed": mistyped.password,
        "the state": state,
        "the code": code.rstrip("="),
        "the access token": tokens["access_token"].rstrip("="),
        "the refresh token": tokens["refresh_token"].rstrip("="),
        "the new access token": fresh["access_token"].rstrip("="),
        "the page's token": page_token,
    }
    covered = world.admin.ask("GET", "/journal").text
    assert covered == world.admin.ask("GET", "/journal", reveal=False).text
    revealed = world.admin.ask("GET", "/journal", reveal=True).text
    for name, secret in secrets.items():
        assert secret not in covered, f"{name} is on the timeline"
        assert secret in revealed, f"{name} cannot be seen at all"


def test_filters(world: World) -> None:
    """One by one, and together."""
    operation = purchase(world)
    other = world.partner.create("other").operation_id
    world.partner.read(1).ok(404)
    everything = world.entries()

    def requests(**wanted: object) -> list[Any]:
        return [entry for entry in everything if wanted.items() <= entry.items()]

    for kind in ("request", "callback", "email", "event"):
        assert world.entries(kind=kind) == requests(kind=kind)
    assert world.entries(call="read_payment") == requests(call="read_payment")
    assert world.entries(method="get") == world.entries(method="GET") == requests(method="GET")
    assert world.entries(status=404) == requests(status=404)
    assert world.entries(call="read_payment", status=200) == requests(call="read_payment", status=200)
    about = world.entries(operation_id=operation)
    assert [entry["kind"] for entry in about].count("callback") == 1
    calls = {entry["call"] for entry in about if entry["kind"] == "request"}
    assert calls == {"create_payment", "payment_page", "read_payment", "refund"}
    assert [entry["call"] for entry in world.entries(operation_id=other)] == ["create_payment"]


def test_pages(world: World) -> None:
    """Without `after`, the last ones; with it, on from there."""
    for _ in range(5):
        world.partner.read(1)
    everything = world.admin.get("/journal")
    sequences = [entry["sequence"] for entry in everything["entries"]]
    assert [entry["sequence"] for entry in world.entries(limit=2)] == sequences[3:]
    seen: list[int] = []
    after = 0
    while True:
        page = world.admin.get("/journal", after=after, limit=2)
        if not page["entries"]:
            break
        seen += [entry["sequence"] for entry in page["entries"]]
        assert page["last"] >= seen[-1]
        after = page["last"]
    assert seen == sequences
    assert after == everything["last"]


def test_one_waits_for_what_comes(world: World) -> None:
    """The answer comes with the entry, and not before."""
    last = world.admin.get("/journal")["last"]
    later = threading.Timer(0.3, lambda: world.partner.read(1))
    begins = time.monotonic()
    later.start()
    (entry,) = world.entries(after=last, call="read_payment", wait_ms=10_000)
    assert 0.3 <= time.monotonic() - begins < 9
    assert entry["sequence"] > last
    later.join()
    begins = time.monotonic()
    assert world.entries(after=entry["sequence"], wait_ms=200) == []
    assert time.monotonic() - begins >= 0.2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("after", "-1"),
        ("after", "x"),
        ("limit", "0"),
        ("limit", "1001"),
        ("kind", "page"),
        ("call", "any"),
        ("method", "GET POST"),
        ("status", "ok"),
        ("operation_id", "1.5"),
        ("reveal", "yes"),
        ("wait_ms", "30001"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(world: World, name: str, value: str) -> None:
    """The answer names it."""
    assert world.admin.refused(400, "GET", "/journal", **{name: value}) == name


def test_the_timeline_is_emptied(world: World) -> None:
    """Its numbers go on."""
    purchase(world)
    before = world.admin.get("/journal")["last"]
    world.admin.delete("/journal")
    assert world.entries() == []
    world.partner.read(1)
    (entry,) = world.entries()
    assert entry["sequence"] > before


def test_what_is_done_from_outside_is_an_event(world: World) -> None:
    """In words, so that a reader understands what follows."""
    world.admin.patch("/wire", {"casing": "camel"})
    world.admin.post("/clock/advance", {"seconds": 60})
    world.admin.post("/faults", {"call": "any", "fault": "server_error"}, status=201)
    events = world.entries(kind="event")
    assert len(events) >= 3
    assert all(set(event) == {"kind", "sequence", "date", "text"} and event["text"] for event in events)


def test_a_site_elsewhere_is_told_as_well(start: Start) -> None:
    """`--forward-to` sends each callback on, whatever the registration says."""
    elsewhere = start()
    world = start("--forward-to", elsewhere.site.url)
    world.paid()
    assert elsewhere.site.wait()[0].operation["Status"] == "Completed"
