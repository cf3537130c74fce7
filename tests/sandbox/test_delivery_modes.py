"""When callbacks are delivered, and what a partner's site can see meanwhile."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.partner import Created
    from support.site import Received
    from support.world import World

    Approve = Callable[[World, Created], object]


def on_the_page(world: World, created: Created) -> None:
    """The student approves on the real page."""
    assert world.student.approve(created.url).ok().headers["content-type"].startswith("text/html")


def by_the_api(world: World, created: Created) -> None:
    """The student approves by the admin API."""
    assert world.approve(created.operation_id)["result"] == "paid"


@pytest.fixture(params=[on_the_page, by_the_api])
def approve(request: pytest.FixtureRequest) -> Approve:
    """Both ways of approving: callbacks go the same way."""
    way: Approve = request.param
    return way


def begin(approve: Approve, world: World, created: Created) -> threading.Thread:
    """Approves on a thread of its own, for a test that looks on meanwhile."""
    thread = threading.Thread(target=approve, args=(world, created))
    thread.start()
    return thread


def only(world: World, **query: object) -> Any:
    """The one delivery there is."""
    (delivery,) = world.deliveries(**query)
    return delivery


def test_the_settings_as_they_come(world: World) -> None:
    """The guide's reading: one callback, during the validation, no retries."""
    assert world.admin.get("/callback-settings") == {
        "mode": "during_validation",
        "delay_ms": 0,
        "timeout_ms": 5000,
        "copies": 1,
        "concurrent": False,
        "retries": [],
        "forge": None,
        "commit": "before_callback",
    }
    changed = world.admin.patch("/callback-settings", {"retries": [20, 60], "forge": "order"})
    assert (changed["retries"], changed["forge"], changed["copies"]) == ([20, 60], "order", 1)
    assert world.admin.patch("/callback-settings", {"forge": None})["forge"] is None
    assert world.admin.get("/callback-settings")["retries"] == [20, 60]


def test_during_validation(world: World, approve: Approve) -> None:
    """The student waits until the site has answered, and the site can read the payment as paid meanwhile."""
    seen: list[str] = []
    created = world.partner.create()
    world.site.during = lambda _: seen.append(world.partner.status(created.operation_id))
    approve(world, created)
    assert seen == ["Completed"], "the callback was answered before the student was"
    callback = world.site.only()
    assert callback.headers["content-type"] == "application/json"
    assert callback.operation["Id"] == created.operation_id
    assert callback.json["Error"] == {"Code": 0, "Message": ""}
    assert callback.json["User"]["Email"] == "riche@example.fr"
    delivery = only(world)
    assert delivery["body"].encode() == callback.body
    assert (delivery["url"], delivery["operation_id"]) == (world.site.url, created.operation_id)
    assert (delivery["attempt"], delivery["state"], delivery["due"]) == (1, "ended", None)
    assert (delivery["sent"], delivery["status"], delivery["accepted"], delivery["error"]) == (True, 200, True, None)
    assert delivery["reply_body"] == '{"Code":0,"ErrorMessage":""}'
    assert world.admin.get(f"/deliveries/{delivery['id']}") == delivery


def test_commit_after_the_callback(world: World, approve: Approve) -> None:
    """A reading from within the callback still says Waiting."""
    world.settings(commit="after_callback")
    seen: list[str] = []
    created = world.partner.create()
    world.site.during = lambda _: seen.append(world.partner.status(created.operation_id))
    approve(world, created)
    assert seen == ["Waiting"]
    assert world.site.only().operation["Status"] == "Completed", "the callback says what will be"
    assert world.partner.status(created.operation_id) == "Completed"
    assert world.account()["balance_cents"] == 10_000 - 150


def test_after_the_reply(world: World, approve: Approve) -> None:
    """The student has the answer while the site has not even answered."""
    world.settings(mode="after_reply")
    release = world.site.hold()
    created = world.partner.create()
    approve(world, created)
    assert world.status(created.operation_id) == "Completed"
    world.site.wait()
    assert world.deliveries(state="ended") == []
    release.set()
    assert wait_until_ended(world)["accepted"]


def wait_until_ended(world: World) -> Any:
    """The one delivery, once it has ended."""
    deadline = time.monotonic() + 10
    while not world.deliveries(state="ended"):
        assert time.monotonic() < deadline, f"it did not end: {world.deliveries()}"
        time.sleep(0.02)
    return only(world)


def test_manual(world: World, approve: Approve) -> None:
    """Nothing goes until it is told to."""
    world.settings(mode="manual")
    created = world.partner.create()
    approve(world, created)
    assert world.status(created.operation_id) == "Completed"
    waiting = only(world, state="waiting")
    assert (waiting["due"], waiting["sent"], waiting["sequence"], waiting["date"]) == ("manual", False, None, None)
    assert world.site.received == []
    ended = world.admin.post(f"/deliveries/{waiting['id']}/deliver")
    assert (ended["id"], ended["state"], ended["due"], ended["accepted"]) == (waiting["id"], "ended", None, True)
    assert world.site.only().body == waiting["body"].encode()
    world.admin.refused(409, "POST", f"/deliveries/{waiting['id']}/deliver")
    assert len(world.site.received) == 1
    assert world.deliveries(state="waiting") == []


def test_never(world: World, approve: Approve) -> None:
    """The payment is paid, and nobody is told: the delivery says why."""
    world.settings(mode="never")
    created = world.partner.create()
    approve(world, created)
    lost = only(world)
    assert (lost["state"], lost["sent"], lost["status"], lost["accepted"]) == ("ended", False, None, False)
    assert lost["error"]
    assert world.status(created.operation_id) == "Completed"
    assert world.site.received == []


def test_before_the_creation_is_answered(world: World) -> None:
    """The site is told about an operation whose id it does not have yet."""
    world.settings(mode="before_creation_reply")
    release = world.site.hold()
    answers: list[Created] = []
    creation = threading.Thread(target=lambda: answers.append(world.partner.create("early")))
    creation.start()
    callback = world.site.wait()[0]
    assert (callback.operation["ClientOrderId"], callback.operation["Status"]) == ("early", "Completed")
    assert answers == []
    assert world.status(callback.operation["Id"]) == "Completed"
    release.set()
    creation.join(10)
    assert answers[0].operation_id == callback.operation["Id"]
    assert world.payment(answers[0].operation_id)["customer"] == "riche@example.fr"


def test_before_the_creation_is_answered_but_nobody_can_pay(world: World) -> None:
    """Then it is a payment like any other."""
    world.settings(mode="before_creation_reply")
    created = world.partner.create(cents=1_000_000)
    assert world.partner.status(created.operation_id) == "Waiting"
    assert world.site.received == []


def test_a_host_that_lets_nothing_out(world: World, approve: Approve) -> None:
    """As long as the callback URL is not allowed, payments work and nobody is told."""
    world.admin.patch("/partner", {"callback_allowed": False})
    created = world.partner.create()
    approve(world, created)
    blocked = only(world)
    assert (blocked["sent"], blocked["state"]) == (False, "ended")
    assert "firewall" in blocked["error"]
    assert world.status(created.operation_id) == "Completed"
    assert world.site.received == []


def test_a_site_that_does_not_answer_in_time(world: World, approve: Approve) -> None:
    """The payment is paid all the same."""
    world.settings(timeout_ms=200)
    release = world.site.hold()
    created = world.partner.create()
    approve(world, created)
    late = only(world)
    assert (late["sent"], late["status"], late["accepted"]) == (True, None, False)
    assert "time" in late["error"]
    assert world.status(created.operation_id) == "Completed"
    release.set()


def test_a_site_that_nobody_runs(world: World) -> None:
    """A refused connection, in plain words."""
    created = world.partner.create()
    result = world.approve(created.operation_id, callback_url="http://127.0.0.1:1/callback")
    (delivery,) = result["deliveries"]
    assert (delivery["sent"], delivery["error"]) == (True, "connection refused")


def test_late(world: World, approve: Approve) -> None:
    """After the answer, and then some."""
    world.settings(mode="after_reply", delay_ms=1500)
    created = world.partner.create()
    begins = time.monotonic()
    approve(world, created)
    assert world.site.received == []
    callback = world.site.wait()[0]
    assert callback.at - begins >= 1.5


def test_late_while_the_student_waits(world: World, approve: Approve) -> None:
    """In the usual mode, the student waits for it."""
    world.settings(delay_ms=400)
    created = world.partner.create()
    begins = time.monotonic()
    approve(world, created)
    assert time.monotonic() - begins >= 0.4
    assert world.site.only().at - begins >= 0.4


def test_retries(world: World, approve: Approve) -> None:
    """A failure is followed by the schedule, which the clock brings forward, until the site accepts."""
    world.settings(retries=[60, 3600, 86_400])
    world.site.replies.extend([(500, ""), (200, '{"Code":7,"ErrorMessage":"not yet"}')])
    approve(world, world.partner.create())
    first, second = world.deliveries()
    assert (first["attempt"], first["state"], first["status"], first["accepted"]) == (1, "ended", 500, False)
    assert (second["attempt"], second["state"], second["body"]) == (2, "waiting", first["body"])
    assert second["due"].startswith("in ")
    assert second["due"].endswith(" s")
    world.admin.post("/clock/advance", {"seconds": 30})
    assert len(world.site.received) == 1
    world.admin.post("/clock/advance", {"seconds": 30})
    assert len(world.site.received) == 2
    third = world.deliveries()[2]
    assert (third["attempt"], third["state"]) == (3, "waiting")
    world.admin.post("/clock/advance", {"seconds": 3600})
    assert [one["accepted"] for one in world.deliveries()] == [False, False, True], "and no fourth one"
    assert len({callback.body for callback in world.site.received}) == 1


def test_retries_end_with_the_schedule(world: World) -> None:
    """Then Izly gives up."""
    world.settings(retries=[1, 1])
    world.site.replies.extend([(500, "")] * 9)
    world.approve(world.partner.create().operation_id)
    for _ in range(4):
        world.admin.post("/clock/advance", {"seconds": 10})
    assert [(one["attempt"], one["state"]) for one in world.deliveries()] == [(n, "ended") for n in (1, 2, 3)]


def test_a_waiting_retry_can_be_sent_now(world: World) -> None:
    """As a manual one."""
    world.settings(retries=[3600])
    world.site.replies.append((500, ""))
    world.approve(world.partner.create().operation_id)
    (waiting,) = world.deliveries(state="waiting")
    assert world.admin.post(f"/deliveries/{waiting['id']}/deliver")["accepted"]
    assert len(world.site.received) == 2


def test_what_was_not_sent_is_not_retried(world: World) -> None:
    """Neither a lost one nor one that must not go."""
    world.settings(mode="never", retries=[1])
    world.approve(world.partner.create().operation_id)
    world.settings(mode="during_validation")
    world.approve(world.partner.create().operation_id, callback_url="http://192.0.2.1/callback")
    assert [one["state"] for one in world.deliveries()] == ["ended", "ended"]


def test_duplicates_one_after_the_other(world: World, approve: Approve) -> None:
    """The same bytes again, once the first has been answered."""
    world.settings(copies=2)
    approve(world, world.partner.create())
    first, second = world.site.received
    assert first.body == second.body
    assert [(one["attempt"], one["accepted"]) for one in world.deliveries()] == [(1, True), (1, True)]


def test_duplicates_all_at_once(world: World, approve: Approve) -> None:
    """Ten in the site at the same time: each waits there for the others."""
    world.settings(copies=10, concurrent=True)
    together = threading.Barrier(10)

    def meet(_: Received) -> None:
        together.wait(5)

    world.site.during = meet
    approve(world, world.partner.create())
    assert len({callback.body for callback in world.site.wait(10)}) == 1
    assert [one["accepted"] for one in world.deliveries()] == [True] * 10


def test_callbacks_of_two_payments_do_not_wait_for_each_other(world: World) -> None:
    """A slow site holds one student up, not all."""
    held = world.partner.create("held")
    release = threading.Event()

    def hold_one(callback: Received) -> None:
        if callback.operation["ClientOrderId"] == "held":
            release.wait(10)

    world.site.during = hold_one
    thread = begin(on_the_page, world, held)
    world.site.wait(1)
    on_the_page(world, world.partner.create("quick"))
    assert [one["accepted"] for one in world.deliveries(state="ended")] == [True]
    release.set()
    thread.join(10)
