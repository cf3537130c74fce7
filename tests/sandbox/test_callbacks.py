"""What callbacks say, forged ones among them; callbacks out of thin air; replays; the list of deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from support.site import Site

if TYPE_CHECKING:
    from support.world import World

FORGERIES = ["amount", "operation", "order", "status"]


def lies(world: World, operation_id: int, claimed: Any) -> list[str]:
    """In what a callback differs from the payment as it is."""
    truth = world.payment(operation_id)
    told = {
        "operation": claimed["Id"] == operation_id,
        "amount": claimed["Amount"] == f"{truth['amount_cents'] / 100:.2f}",
        "order": claimed["ClientOrderId"] == truth["order_id"],
        "status": claimed["Status"] == truth["status"],
    }
    return [name for name, is_true in told.items() if not is_true]


def test_a_true_callback_says_what_is(world: World) -> None:
    """In all four respects."""
    paid = world.paid("order-1", 1234)
    assert lies(world, paid.operation_id, world.site.only().operation) == []


@pytest.mark.parametrize("forge", ["amount", "operation", "order"])
def test_an_approval_with_a_forged_callback(world: World, forge: str) -> None:
    """The callback lies about one thing; the payment is as it is."""
    created = world.partner.create("order-1", 1234)
    world.approve(created.operation_id, forge=forge)
    claimed = world.site.only().operation
    assert lies(world, created.operation_id, claimed) == [forge]
    assert world.status(created.operation_id) == "Completed"
    if forge == "operation":
        assert world.partner.read(claimed["Id"]).ok(404).json["Code"] == 356
    if forge == "amount":
        assert float(claimed["Amount"]) > 0


def test_a_refusal_with_a_forged_status(world: World) -> None:
    """It claims success for a payment that was refused."""
    created = world.partner.create("order-1", 1234)
    result = world.approve(created.operation_id, account="solde-insuffisant", forge="status")
    assert result["result"] == "refused"
    callback = world.site.only()
    assert (callback.operation["Status"], callback.json["Error"]["Code"]) == ("Completed", 0)
    assert world.status(created.operation_id) == "Waiting"


def test_settings_may_forge_every_callback(world: World) -> None:
    """Until they are changed back."""
    world.settings(forge="order")
    paid = world.paid()
    assert lies(world, paid.operation_id, world.site.received[0].operation) == ["order"]
    world.settings(forge=None)
    paid = world.paid()
    assert lies(world, paid.operation_id, world.site.received[1].operation) == []


def test_a_callback_out_of_thin_air_tells_the_truth(world: World) -> None:
    """About a payment as it is now."""
    created = world.partner.create()
    for change in ("Waiting", "Completed", "Refund"):
        if change == "Completed":
            world.approve(created.operation_id)
        if change == "Refund":
            world.partner.refund(created.operation_id).ok()
        (delivery,) = world.admin.post("/callbacks", {"operation_id": created.operation_id})["deliveries"]
        assert (delivery["state"], delivery["accepted"], delivery["attempt"]) == ("ended", True, 1)
        assert world.site.received[-1].operation["Status"] == change
        assert lies(world, created.operation_id, world.site.received[-1].operation) == []


@pytest.mark.parametrize("forge", FORGERIES)
def test_a_forged_callback_out_of_thin_air(world: World, forge: str) -> None:
    """It lies about one thing, and nothing happens to the payment."""
    created = world.partner.create()
    before = world.payment(created.operation_id)
    body = {"operation_id": created.operation_id, "forge": forge}
    (delivery,) = world.admin.post("/callbacks", body)["deliveries"]
    assert delivery["accepted"]
    callback = world.site.only()
    assert lies(world, created.operation_id, callback.operation) == [forge]
    if forge == "status":
        assert (callback.operation["Status"], callback.json["Error"]["Code"]) == ("Completed", 0)
    assert world.payment(created.operation_id) == before
    assert world.account()["balance_cents"] == 10_000


def test_a_callback_out_of_thin_air_goes_whatever_the_mode(world: World) -> None:
    """It was asked for now."""
    created = world.partner.create()
    for mode in ("manual", "never", "after_reply"):
        world.settings(mode=mode)
        (delivery,) = world.admin.post("/callbacks", {"operation_id": created.operation_id})["deliveries"]
        assert delivery["accepted"], mode
    assert len(world.site.received) == 3


def test_options_of_a_single_callback(world: World) -> None:
    """Another address and more copies, for this once."""
    created = world.partner.create(CallbackParameters="basket=12")
    with Site() as other:
        body = {"operation_id": created.operation_id, "callback_url": other.url, "copies": 3, "concurrent": True}
        sent = world.admin.post("/callbacks", body)["deliveries"]
        assert [one["accepted"] for one in sent] == [True] * 3
        assert [callback.target for callback in other.wait(3)] == ["/izly/callback?basket=12"] * 3
        world.approve(created.operation_id, callback_url=other.url)
        other.wait(4)
    assert world.site.received == []
    (default,) = world.admin.post("/callbacks", {"operation_id": created.operation_id})["deliveries"]
    assert default["url"] == f"{world.site.url}?basket=12"


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"operation_id": None}, 400, "operation_id"),
        ({"operation_id": "12"}, 400, "operation_id"),
        ({"operation_id": 12}, 404, "operation_id"),
        ({"copies": 0}, 400, "copies"),
        ({"copies": 51}, 400, "copies"),
        ({"concurrent": 1}, 400, "concurrent"),
        ({"forge": "everything"}, 400, "forge"),
        ({"callback_url": "/callback"}, 400, "callback_url"),
        ({"callback_url": "javascript:alert(1)"}, 400, "callback_url"),
        ({"callback_url": "http://127.0.0.1/é"}, 400, "callback_url"),
        ({"mode": "manual"}, 400, "mode"),
    ],
)
def test_a_callback_that_makes_no_sense_is_refused(
    world: World, change: dict[str, object], status: int, field: str
) -> None:
    """Nothing is sent."""
    body = {"operation_id": world.partner.create().operation_id, **change}
    assert world.admin.refused(status, "POST", "/callbacks", body) == field
    assert world.site.received == []
    assert world.deliveries() == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"mode": "sometimes"}, "mode"),
        ({"delay_ms": 60_001}, "delay_ms"),
        ({"delay_ms": -1}, "delay_ms"),
        ({"timeout_ms": 0}, "timeout_ms"),
        ({"copies": 0}, "copies"),
        ({"concurrent": "no"}, "concurrent"),
        ({"retries": [0]}, "retries"),
        ({"retries": [86_401]}, "retries"),
        ({"retries": [1] * 21}, "retries"),
        ({"forge": "nothing"}, "forge"),
        ({"commit": "never"}, "commit"),
        ({"moed": "manual"}, "moed"),
    ],
)
def test_settings_that_make_no_sense_are_refused(world: World, change: dict[str, object], field: str) -> None:
    """Nothing is changed, not even what made sense beside it."""
    before = world.admin.get("/callback-settings")
    assert world.admin.refused(400, "PATCH", "/callback-settings", {"copies": 7, **change}) == field
    assert world.admin.get("/callback-settings") == before


def test_a_replay_is_the_same_bytes_again(world: World) -> None:
    """A delivery of its own, to the same address or to another."""
    world.paid()
    (first,) = world.deliveries()
    again = world.admin.post(f"/deliveries/{first['id']}/replay")
    assert (again["body"], again["url"], again["state"]) == (first["body"], first["url"], "ended")
    assert (again["attempt"], again["accepted"]) == (2, True)
    assert again["id"] != first["id"]
    with Site() as other:
        third = world.admin.post(f"/deliveries/{first['id']}/replay", {"callback_url": other.url})
        assert (third["url"], third["accepted"]) == (other.url, True)
        assert other.only().body == world.site.received[0].body == world.site.received[1].body
    assert world.deliveries() == [first, again, third]


def test_a_replay_of_a_waiting_one_leaves_it_waiting(world: World) -> None:
    """The two have nothing to do with each other."""
    world.settings(mode="manual")
    world.paid()
    (waiting,) = world.deliveries()
    assert world.admin.post(f"/deliveries/{waiting['id']}/replay")["accepted"]
    assert world.admin.get(f"/deliveries/{waiting['id']}") == waiting
    assert len(world.site.received) == 1


def test_deliveries_that_are_none(world: World) -> None:
    """Neither read, nor sent, nor repeated."""
    for number in ("0", "1", "99999999999999999999", "x"):
        world.admin.refused(404, "GET", f"/deliveries/{number}")
        world.admin.refused(404, "POST", f"/deliveries/{number}/deliver")
        world.admin.refused(404, "POST", f"/deliveries/{number}/replay")
    world.paid()
    assert world.admin.refused(400, "POST", "/deliveries/1/replay", {"url": "http://127.0.0.1/"}) == "url"


def test_the_list_of_deliveries(world: World) -> None:
    """By id, and by what is asked for."""
    one, two = world.paid("order-1"), world.paid("order-2")
    world.settings(mode="manual")
    three = world.paid("order-3")
    everything = world.deliveries()
    assert [delivery["operation_id"] for delivery in everything] == [
        created.operation_id for created in (one, two, three)
    ]
    assert [delivery["id"] for delivery in everything] == sorted(delivery["id"] for delivery in everything)
    assert world.deliveries(operation_id=two.operation_id) == [everything[1]]
    assert world.deliveries(state="waiting") == [everything[2]]
    assert world.deliveries(state="ended") == everything[:2]
    assert world.deliveries(operation_id=two.operation_id, state="waiting") == []
    assert world.admin.refused(400, "GET", "/deliveries", state="sent") == "state"
    assert world.admin.refused(400, "GET", "/deliveries", operation_id="x") == "operation_id"


@pytest.mark.parametrize("host", ["192.0.2.1", "example.com", "127.0.0.1.example.com", "0.0.0.0", "[2001:db8::1]"])
def test_nothing_leaves_the_machine(world: World, host: str) -> None:
    """Each way of sending a callback elsewhere ends before it begins."""
    address = f"http://{host}/callback"
    created = world.partner.create()
    sent = world.admin.post("/callbacks", {"operation_id": created.operation_id, "callback_url": address})["deliveries"]
    sent += world.approve(created.operation_id, callback_url=address)["deliveries"]
    sent.append(world.admin.post(f"/deliveries/{sent[0]['id']}/replay", {"callback_url": address}))
    world.admin.patch("/partner", {"callback_url": address})
    sent += world.admin.post("/callbacks", {"operation_id": created.operation_id})["deliveries"]
    for delivery in sent:
        assert (delivery["sent"], delivery["status"]) == (False, None)
        assert "loopback" in delivery["error"]


def test_callbacks_over_tls_are_not_sent(world: World) -> None:
    """The sandbox speaks plain HTTP only, and says so."""
    created = world.partner.create()
    (delivery,) = world.approve(created.operation_id, callback_url="https://127.0.0.1/callback")["deliveries"]
    assert not delivery["sent"]
    assert "plain http" in delivery["error"]


def test_a_redirect_is_not_followed(world: World) -> None:
    """It is no acceptance either."""
    world.site.replies.append((302, ""))
    world.paid()
    assert len(world.site.received) == 1
    (delivery,) = world.deliveries()
    assert (delivery["status"], delivery["accepted"]) == (302, False)


@pytest.mark.parametrize(
    ("reply", "accepted"),
    [
        ((200, '{"Code":0,"ErrorMessage":""}'), True),
        ((200, ""), True),
        ((200, '{"Code":1,"ErrorMessage":"no"}'), False),
        ((200, "<html>"), False),
        ((204, ""), False),
        ((500, '{"Code":0}'), False),
    ],
)
def test_what_counts_as_accepted(world: World, reply: tuple[int, str], accepted: bool) -> None:
    """Status 200, and an empty body or Code 0."""
    world.site.replies.append(reply)
    world.paid()
    (delivery,) = world.deliveries()
    assert (delivery["status"], delivery["reply_body"], delivery["accepted"]) == (*reply, accepted)
