"""Both readings of everything that the guide leaves open: what changes on the wire, switch by switch."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from support.student import returned
from support.web import ask, form

if TYPE_CHECKING:
    from conftest import Start
    from support.world import World

GUIDE = {
    "create_amount": "euros",
    "callback_amount": "euros",
    "read_amount": "euros",
    "beneficiary_name": "app_identifier",
    "casing": "pascal",
    "dates": "guide",
    "echo_state": True,
    "refresh": "new",
    "refund_slash": "tolerated",
    "token_form_body": False,
    "fault_status": "not_found",
    "oauth_errors": "rfc6749",
    "login_cancel": "home_page",
    "strict_content_type": False,
    "callback_on_failure": True,
    "callback_on_cancel": False,
    "repeated_refunds": False,
    "operation_ids": "usual",
    "token_style": "plain",
    "unique_order_ids": False,
    "order_id_max_length": None,
}
OBSERVED = {
    **GUIDE,
    "create_amount": "centimes",
    "callback_amount": "centimes",
    "beneficiary_name": "client_id",
    "casing": "camel",
}
FRENCH_DATE = re.compile(r"\d\d/\d\d/\d{4} \d\d:\d\d:\d\d")
ISO_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


def turn(world: World, **switches: object) -> None:
    """Turns switches, and looks whether the API says so."""
    assert switches.items() <= world.admin.patch("/wire", switches).items()


def test_the_switches_as_they_come(world: World) -> None:
    """The guide's own reading, and the profile that production clients have seen."""
    assert world.admin.get("/wire") == GUIDE
    assert world.admin.patch("/wire", {"profile": "observed"}) == OBSERVED
    assert world.admin.patch("/wire", {"dates": "drifting"}) == {**OBSERVED, "dates": "drifting"}
    mixed = world.admin.patch("/wire", {"casing": "camel", "profile": "guide"})
    assert mixed == {**GUIDE, "casing": "camel"}, "the profile comes first, wherever it stands"
    assert world.admin.get("/wire") == mixed
    assert world.admin.patch("/wire", GUIDE) == GUIDE, "every switch can be named"


def test_a_mistyped_switch_is_told_with_all_there_are(world: World) -> None:
    """The profile among them, though it is no switch."""
    message = world.admin.ask("PATCH", "/wire", {"profil": "guide"}).ok(400).json["error"]["message"]
    assert [name for name in ("profile", *GUIDE) if name not in message] == []


def test_the_command_line_turns_switches(start: Start) -> None:
    """A profile, then single switches."""
    world = start("--profile", "observed", "--wire", "casing=pascal", "--wire", "order_id_max_length=30")
    turned = {**OBSERVED, "casing": "pascal", "order_id_max_length": 30}
    assert world.admin.get("/wire") == turned
    turn(world, casing="camel")
    world.admin.post("/reset", status=204)
    assert world.admin.get("/wire") == turned


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"profile": "esup"}, "profile"),
        ({"create_amount": "dollars"}, "create_amount"),
        ({"casing": "snake"}, "casing"),
        ({"echo_state": "yes"}, "echo_state"),
        ({"refresh": True}, "refresh"),
        ({"order_id_max_length": 0}, "order_id_max_length"),
        ({"order_id_max_length": 10_001}, "order_id_max_length"),
        ({"case": "camel"}, "case"),
    ],
)
def test_a_reading_that_nobody_has_is_refused(world: World, change: dict[str, object], field: str) -> None:
    """Nothing is turned, not even what made sense beside it."""
    assert world.admin.refused(400, "PATCH", "/wire", {"echo_state": False, **change}) == field
    assert world.admin.get("/wire") == GUIDE


@pytest.mark.parametrize(("unit", "said"), [("euros", "1.50"), ("centimes", "150.00")])
def test_amounts(world: World, unit: str, said: str) -> None:
    """Each place has a unit of its own: a text in creations and callbacks, a number in readings and refunds."""
    turn(world, create_amount=unit)
    created = world.partner.create()
    assert created.answer.json["OperationSMoney"]["Amount"] == said
    world.approve(created.operation_id)
    assert world.site.only().operation["Amount"] == "1.50"
    turn(world, create_amount="euros", callback_amount=unit)
    world.admin.post("/callbacks", {"operation_id": created.operation_id})
    assert world.site.received[1].operation["Amount"] == said
    assert '"Amount":1.50,' in world.partner.read(created.operation_id).text
    turn(world, callback_amount="euros", read_amount=unit)
    assert f'"Amount":{said},' in world.partner.read(created.operation_id).text
    assert f'"Amount":{said},' in world.partner.refund(created.operation_id).ok().text


@pytest.mark.parametrize(("name", "said"), [("app_identifier", "AppIdentifier"), ("client_id", "ClientId")])
def test_beneficiary_name(world: World, name: str, said: str) -> None:
    """In creations and callbacks."""
    turn(world, beneficiary_name=name)
    created = world.partner.create()
    world.approve(created.operation_id)
    for reply in (created.answer.json, world.site.only().json):
        assert reply["Beneficiary"] == {"Id": "49918", said: world.partner.identifier}


def names(value: Any) -> set[str]:
    """All property names, however deep."""
    if not isinstance(value, dict):
        return set()
    return set(value).union(*(names(inner) for inner in value.values()))


@pytest.mark.parametrize("casing", ["pascal", "camel"])
def test_casing(world: World, casing: str) -> None:
    """Everything of Izly's own, errors among it; not what OAuth fixes."""
    turn(world, casing=casing)
    paid = world.paid()
    replies = [
        paid.answer.json,
        world.site.only().json,
        world.partner.read(paid.operation_id).json,
        world.partner.refund(paid.operation_id).json,
        world.partner.read(1).json,
        world.partner.users(world.tokens()["access_token"]).json,
    ]
    for reply in replies:
        said = names(reply)
        assert len(said) >= 4
        assert all(name[0].islower() == (casing == "camel") for name in said), said


@pytest.mark.parametrize("dates", ["guide", "drifting"])
def test_dates(world: World, dates: str) -> None:
    """Without a zone or a fraction, as the guide has them, or in some other way."""
    turn(world, dates=dates)
    paid = world.paid()
    shown = [
        (FRENCH_DATE, paid.answer.json["OperationSMoney"]["Date"]),
        (FRENCH_DATE, world.site.only().operation["Date"]),
        (ISO_DATE, world.partner.read(paid.operation_id).json["PaymentDate"]),
        (ISO_DATE, world.partner.refund(paid.operation_id).json["RefundDate"]),
    ]
    for pattern, date in shown:
        assert bool(pattern.fullmatch(date)) == (dates == "guide"), date


def test_drifting_dates_drift(world: World) -> None:
    """Not all in the same way, which is the point."""
    turn(world, dates="drifting")
    dates = [world.partner.create().answer.json["OperationSMoney"]["Date"] for _ in range(12)]
    shapes = {re.sub(r"\d", "0", date) for date in dates}
    assert len(shapes) > 1, shapes


@pytest.mark.parametrize("echo", [True, False])
def test_echo_state(world: World, echo: bool) -> None:
    """The state comes back, or does not."""
    turn(world, echo_state=echo)
    query = returned(world.student.log_in(world.partner.authorization_url("mine")))
    assert query.get("state") == ("mine" if echo else None)


@pytest.mark.parametrize("refresh", ["new", "same", "absent"])
def test_refresh(world: World, refresh: str) -> None:
    """A new refresh token ends the old one; the other two answers leave it good."""
    turn(world, refresh=refresh)
    old = world.tokens()["refresh_token"]
    said = world.partner.refresh(old).ok().json
    if refresh == "new":
        assert said["refresh_token"] != old
        assert world.partner.refresh(old).ok(400).json["error"] == "invalid_grant"
    elif refresh == "same":
        assert said["refresh_token"] == old
    else:
        assert "refresh_token" not in said
    world.partner.refresh(said.get("refresh_token", old)).ok()


@pytest.mark.parametrize(
    ("reading", "plain", "slashed"), [("tolerated", 200, 200), ("required", 400, 200), ("refused", 200, 400)]
)
def test_refund_slash(world: World, reading: str, plain: int, slashed: int) -> None:
    """The guide prints a slash before the order id, most likely by mistake."""
    turn(world, refund_slash=reading)
    for order_id, status in [("order-1", plain), ("/order-1", slashed)]:
        paid = world.paid("order-1")
        world.partner.refund(paid.operation_id, order_id).ok(status)
        assert world.status(paid.operation_id) == ("Refund" if status == 200 else "Completed")


@pytest.mark.parametrize("reads_forms", [True, False])
def test_token_form_body(world: World, reads_forms: bool) -> None:
    """A standard OAuth client sends a form; the query works either way."""
    turn(world, token_form_body=reads_forms)
    code = world.code()
    headers, body = form({"grant_type": "authorization_code", "code": code})
    headers["Authorization"] = f"Basic {world.partner.api_key}"
    answer = ask("POST", f"{world.process.url}/oauth/Home/Token", headers, body)
    if reads_forms:
        assert answer.ok().json["token_type"] == "Bearer"
    else:
        assert answer.ok(400).json["error"] == "invalid_request"
        world.partner.token(code).ok()


@pytest.mark.parametrize(("reading", "status"), [("not_found", 404), ("ok", 200), ("bad_request", 400)])
def test_fault_status(world: World, reading: str, status: int) -> None:
    """The object is the guide's, to the byte; a failed authentication is 401 either way."""
    turn(world, fault_status=reading)
    answer = world.partner.read(1).ok(status)
    assert answer.text == (
        '{"Code":356,"ErrorMessage":"Opération introuvable","Title":"L\'opération ne peut pas aboutir","Priority":2}'
    )
    world.partner.users("nobody's").ok(401)


@pytest.mark.parametrize("shape", ["rfc6749", "izly_object"])
def test_oauth_errors(world: World, shape: str) -> None:
    """The words of the standard, or Izly's own object."""
    turn(world, oauth_errors=shape)
    said = world.partner.token("nobody's").ok(400).json
    if shape == "rfc6749":
        assert said["error"] == "invalid_grant"
        assert set(said) <= {"error", "error_description"}
    else:
        assert set(said) == {"Code", "ErrorMessage", "Title", "Priority"}
        assert said["Code"] > 0


@pytest.mark.parametrize("reading", ["home_page", "access_denied"])
def test_login_cancel(world: World, reading: str) -> None:
    """To the home page, or back with an error."""
    turn(world, login_cancel=reading)
    answer = world.student.cancel(world.partner.authorization_url("mine")).ok(302)
    if reading == "home_page":
        assert answer.headers["location"] == f"{world.site.base_url}/"
    else:
        assert answer.headers["location"].startswith(f"{world.site.base_url}/izly/login?")
        assert returned(answer) == {"error": "access_denied", "state": "mine"}


@pytest.mark.parametrize("strict", [True, False])
def test_strict_content_type(world: World, strict: bool) -> None:
    """Only the guide's own, or what production clients send too."""
    turn(world, strict_content_type=strict)
    body = {"Amount": 1, "ClientOrderId": "a"}
    world.partner.create_raw(body).ok()
    for other in ("application/json", "application/vnd.s-money.v1+json"):
        world.partner.create_raw(body, {"Content-Type": other}).ok(415 if strict else 200)


@pytest.mark.parametrize("told", [True, False])
def test_callback_on_failure(world: World, told: bool) -> None:
    """Whether the partner hears of a refused payment."""
    turn(world, callback_on_failure=told)
    assert world.approve(world.partner.create().operation_id, "solde-insuffisant")["result"] == "refused"
    assert len(world.site.received) == int(told)


@pytest.mark.parametrize("told", [True, False])
def test_callback_on_cancel(world: World, told: bool) -> None:
    """Whether the partner hears of a cancelled one, by the page."""
    turn(world, callback_on_cancel=told)
    world.student.cancel(world.partner.create().url).ok()
    assert len(world.site.received) == int(told)


@pytest.mark.parametrize("repeated", [True, False])
def test_repeated_refunds(world: World, repeated: bool) -> None:
    """Money comes back twice, if nobody is careful."""
    turn(world, repeated_refunds=repeated)
    paid = world.paid()
    world.partner.refund(paid.operation_id).ok()
    world.partner.refund(paid.operation_id).ok(200 if repeated else 400)
    assert world.account()["balance_cents"] == 10_000 + (150 if repeated else 0)


@pytest.mark.parametrize(
    ("reading", "low", "high"),
    [("usual", 1, 2**31), ("beyond_32_bits", 2**32, 2**53), ("beyond_53_bits", 2**53, 2**63)],
)
def test_operation_ids(world: World, reading: str, low: int, high: int) -> None:
    """Everything works whatever their size, on both sides."""
    turn(world, operation_ids=reading)
    paid = world.paid()
    payment = world.payment(paid.operation_id)
    for number in (paid.operation_id, payment["transaction_id"]):
        assert low < number < high
    assert world.site.only().operation["Id"] == paid.operation_id
    assert world.partner.read(paid.operation_id).json["OperationId"] == paid.operation_id
    assert world.partner.refund(paid.operation_id).json["OperationId"] == paid.operation_id
    assert world.deliveries(operation_id=paid.operation_id)[0]["operation_id"] == paid.operation_id


@pytest.mark.parametrize("style", ["plain", "plus_and_slash"])
def test_token_style(world: World, style: str) -> None:
    """What has to be encoded on the way is in every code and token, or in none but `=`."""
    turn(world, token_style=style)
    code = world.code()
    tokens = world.partner.token(code).ok().json
    for secret in (code, tokens["access_token"], tokens["refresh_token"]):
        assert secret.endswith("=")
        assert ("+" in secret, "/" in secret) == (style == "plus_and_slash",) * 2


@pytest.mark.parametrize("unique", [True, False])
def test_unique_order_ids(world: World, unique: bool) -> None:
    """Whether a second payment of an order is refused."""
    turn(world, unique_order_ids=unique)
    world.partner.create("order-1")
    answer = world.partner.create_raw({"Amount": 150, "ClientOrderId": "order-1"})
    assert answer.status == (400 if unique else 200), answer
    world.partner.create("order-2")
    assert len(world.admin.get("/payments", order_id="order-1")["payments"]) == (1 if unique else 2)


@pytest.mark.parametrize("limit", [8, None])
def test_order_id_max_length(world: World, limit: int | None) -> None:
    """In characters, not bytes."""
    turn(world, order_id_max_length=limit)
    world.partner.create("é" * 8)
    answer = world.partner.create_raw({"Amount": 150, "ClientOrderId": "é" * 9})
    assert answer.status == (400 if limit else 200), answer
