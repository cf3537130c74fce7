"""What each kind of fault looks like on the wire, and whether the work was done: by a rule, and by a header."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from support.calls import CALLS
from support.student import returned

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from support.calls import Call
    from support.web import Answer
    from support.world import World

    Strike = Callable[..., Mapping[str, str]]

PAGES = ("login_page", "payment_page")
JSON_CALLS = [name for name in CALLS if name not in PAGES]
PAYMENT_CALLS = ["create_payment", "read_payment", "refund"]
USUAL_STATUSES = {"Waiting", "Completed", "Cancelled", "Refund"}
BEYOND_DOUBLES = 2**53


def by_rule(world: World, call: str, kind: str, **more: object) -> Mapping[str, str]:
    """A rule that strikes once."""
    world.admin.post("/faults", {"call": call, "fault": kind, "times": 1, **more}, status=201)
    return {}


def by_header(world: World, call: str, kind: str, **more: object) -> Mapping[str, str]:  # noqa: ARG001
    """A header on the one request."""
    words = [name if value is True else f"{name}={value}" for name, value in more.items() if value is not False]
    return {"Izly-Sandbox-Fault": "; ".join([kind, *words])}


@pytest.fixture(params=[by_rule, by_header])
def strike(request: pytest.FixtureRequest) -> Strike:
    """Both ways of asking for a fault; gives the headers to add to the call that it is to strike."""
    way: Strike = request.param
    return way


def struck(world: World, name: str, call: Call, strike: Strike, kind: str, **more: object) -> Answer:
    """Makes the call with a fault. A page that is only opened is none: its form, when it is sent, is."""
    return call.make(strike(world, name, kind, **more))


def journalled(world: World, name: str) -> Any:
    """The fault that the timeline has for the last call of this kind."""
    return [entry["fault"] for entry in world.entries(call=name) if entry["fault"] is not None]


@pytest.mark.parametrize("name", CALLS)
def test_delay(world: World, strike: Strike, name: str) -> None:
    """The answer is the usual one, later."""
    call = CALLS[name](world)
    answer = struck(world, name, call, strike, "delay", delay_ms=250)
    assert answer.status == (302 if name == "login_page" else 200)
    assert answer.seconds >= 0.25
    assert call.is_done is None or call.is_done()
    assert "delay" in journalled(world, name)


@pytest.mark.parametrize("name", CALLS)
def test_drop_before_commit(world: World, strike: Strike, name: str) -> None:
    """Not a byte comes back, and nothing was done."""
    call = CALLS[name](world)
    assert struck(world, name, call, strike, "drop_before_commit").is_dropped
    assert call.is_done is None or not call.is_done()
    assert journalled(world, name) == ["drop_before_commit"]


@pytest.mark.parametrize("name", CALLS)
def test_commit_then_drop(world: World, strike: Strike, name: str) -> None:
    """Not a byte comes back, and the work was done: the caller cannot tell it from the one above."""
    call = CALLS[name](world)
    assert struck(world, name, call, strike, "commit_then_drop").is_dropped
    assert call.is_done is None or call.is_done()
    (entry,) = [entry for entry in world.entries(call=name) if entry["fault"] == "commit_then_drop"]
    assert (entry["status"], entry["response_body"]) == (0, "")


def test_a_payment_that_was_committed_is_called_back(world: World, strike: Strike) -> None:
    """The student sees nothing, the partner is told; and not the other way round."""
    call = CALLS["payment_page"](world)
    assert struck(world, "payment_page", call, strike, "drop_before_commit").is_dropped
    assert world.site.received == []
    assert struck(world, "payment_page", call, strike, "commit_then_drop").is_dropped
    assert world.site.wait()[0].operation["Status"] == "Completed"
    assert len(world.admin.get("/emails")["emails"]) == 1


@pytest.mark.parametrize("commit", [False, True])
@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("kind", ["server_error", "bad_gateway", "empty_reply", "redirect"])
def test_answers_of_other_servers(world: World, strike: Strike, kind: str, name: str, commit: bool) -> None:
    """What stands in front of such servers says this: the work is done only if `commit` says so."""
    call = CALLS[name](world)
    answer = struck(world, name, call, strike, kind, commit=commit)
    if kind == "server_error":
        assert answer.status == 500
    elif kind == "bad_gateway":
        assert answer.status == 502
        assert answer.headers["content-type"].startswith("text/html")
        assert "<html" in answer.text.lower()
    elif kind == "empty_reply":
        assert (answer.status, answer.body) == (200, b"")
    else:
        assert answer.status == 302
        where = urlsplit(answer.headers["location"])
        assert where.scheme in ("http", "https")
        assert where.netloc not in ("", urlsplit(world.process.url).netloc, urlsplit(world.site.url).netloc)
    assert call.is_done is None or call.is_done() == commit
    assert journalled(world, name) == [kind]


@pytest.mark.parametrize("name", JSON_CALLS)
def test_truncated_json(world: World, strike: Strike, name: str) -> None:
    """A good status and a type that promises JSON, which breaks off. The work was done."""
    call = CALLS[name](world)
    answer = struck(world, name, call, strike, "truncated_json").ok()
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.body.startswith(b"{")
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.body)
    assert call.is_done is None or call.is_done()


def test_foreign_authorization_url(world: World, strike: Strike) -> None:
    """A page on another host, to which no student must be sent."""
    call = CALLS["create_payment"](world)
    answer = struck(world, "create_payment", call, strike, "foreign_authorization_url").ok()
    assert urlsplit(answer.json["PaymentAuthorizationUrl"]).netloc != urlsplit(world.process.url).netloc
    (payment,) = world.admin.get("/payments")["payments"]
    assert payment["authorization_url"].startswith(world.process.url), "the truth stays"
    assert payment["operation_id"] == answer.json["OperationSMoney"]["Id"]


def operation_of(name: str, answer: Answer) -> dict[str, Any]:
    """What an answer says of the operation."""
    said: dict[str, Any] = answer.json["OperationSMoney"] if name == "create_payment" else answer.json
    return said


@pytest.mark.parametrize("name", PAYMENT_CALLS)
def test_unknown_status(world: World, strike: Strike, name: str) -> None:
    """A status that nobody has heard of. The payment itself is as it is."""
    call = CALLS[name](world)
    said = operation_of(name, struck(world, name, call, strike, "unknown_status").ok())
    status = said["Status" if name == "create_payment" else "OperationStatus"]
    assert isinstance(status, str)
    assert status not in USUAL_STATUSES
    assert call.is_done is None or call.is_done()


@pytest.mark.parametrize("name", JSON_CALLS)
def test_extra_fields(world: World, strike: Strike, name: str) -> None:
    """Properties that nobody has heard of, beside all the usual ones."""
    usual = CALLS[name](world).make({}).ok().json
    more = struck(world, name, CALLS[name](world), strike, "extra_fields").ok().json
    assert set(usual) < set(more)


def test_big_ids(world: World, strike: Strike) -> None:
    """A payment with ids that a double cannot hold, as plain JSON numbers; it can be read and refunded by them."""
    call = CALLS["create_payment"](world)
    said = operation_of("create_payment", struck(world, "create_payment", call, strike, "big_ids").ok())
    for field in ("Id", "IdTransactionDebitIzly"):
        assert isinstance(said[field], int)
        assert BEYOND_DOUBLES < said[field] < 2**63
    (payment,) = world.admin.get("/payments")["payments"]
    assert payment["operation_id"] == said["Id"]
    assert world.partner.read(said["Id"]).ok().json["OperationId"] == said["Id"]
    usual = world.partner.create("order-2").operation_id
    assert usual < BEYOND_DOUBLES


@pytest.mark.parametrize("name", PAYMENT_CALLS)
def test_comma_decimals(world: World, strike: Strike, name: str) -> None:
    """An amount as people write it in France, in a text."""
    call = CALLS[name](world)
    said = operation_of(name, struck(world, name, call, strike, "comma_decimals").ok())
    assert said["Amount"] == "1,50"


def test_stuck_waiting(world: World, strike: Strike) -> None:
    """A reading says Waiting about a payment that is paid, until the fault is gone."""
    call = CALLS["read_payment"](world)
    assert struck(world, "read_payment", call, strike, "stuck_waiting").ok().json["OperationStatus"] == "Waiting"
    assert call.make({}).ok().json["OperationStatus"] == "Completed"


def test_token_expired(world: World, strike: Strike) -> None:
    """An access token that should work does not; it works again afterwards."""
    call = CALLS["users"](world)
    answer = struck(world, "users", call, strike, "token_expired").ok(401)
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert call.make({}).ok().json["CodeClient"] == "etu00001"


def test_refresh_refused(world: World, strike: Strike) -> None:
    """A refresh token that should work does not, and is not spent."""
    call = CALLS["refresh"](world)
    assert struck(world, "refresh", call, strike, "refresh_refused").ok(400).json["error"] == "invalid_grant"
    assert call.make({}).ok().json["token_type"] == "Bearer"


def test_state_dropped(world: World, strike: Strike) -> None:
    """The way back has a code that works, and no state."""
    call = CALLS["login_page"](world)
    query = returned(struck(world, "login_page", call, strike, "state_dropped"))
    assert list(query) == ["code"]
    assert world.partner.token(query["code"]).ok().json["token_type"] == "Bearer"
