"""What is on its way when a sandbox ends, is put back, or starts again: nothing is lost, and nothing is mistaken."""

from __future__ import annotations

import subprocess
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from support.process import command

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Start
    from support.world import World


def test_a_callback_that_waits_survives_a_kill(start: Start, tmp_path: Path) -> None:
    """It was told of in an answer, so it is there after the next start, and its payment does not settle for ever."""
    file = str(tmp_path / "state.json")
    world = start("--state", file)
    world.settings(mode="manual", commit="after_callback")
    operation = world.partner.create().operation_id
    (waiting,) = world.approve(operation)["deliveries"]
    world.process.kill()
    again = start("--state", file)
    assert [delivery["id"] for delivery in again.deliveries(state="waiting")] == [waiting["id"]]
    assert again.partner.read(operation).ok().json["OperationStatus"] == "Waiting"
    again.admin.post(f"/deliveries/{waiting['id']}/deliver")
    assert again.partner.read(operation).ok().json["OperationStatus"] == "Completed"


def test_a_state_file_is_one_sandboxs_own(start: Start, tmp_path: Path) -> None:
    """Two would overwrite each other; and nobody else may read the keys in it."""
    file = tmp_path / "state.json"
    start("--state", str(file))
    assert file.stat().st_mode & 0o077 == 0
    run = subprocess.run([command(), "sandbox", "--state", str(file)], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (2, "")
    assert "another sandbox uses it" in run.stderr


def test_what_was_on_its_way_before_a_reset_touches_nothing_after_it(world: World) -> None:
    """Numbers begin again, and the old callback 1 is not the new one."""
    world.settings(delay_ms=600)
    old = world.partner.create("old").operation_id
    approving = threading.Thread(target=lambda: world.admin.ask("POST", f"/payments/{old}/approve", {"account": "riche"}))
    approving.start()
    time.sleep(0.2)
    world.admin.post("/reset", status=204)
    world.admin.patch("/partner", {"callback_url": world.site.url})
    world.settings(mode="manual", commit="after_callback")
    new = world.partner.create("new").operation_id
    (waiting,) = world.approve(new)["deliveries"]
    approving.join()
    assert world.deliveries() == [waiting]
    world.admin.post(f"/deliveries/{waiting['id']}/deliver")
    assert world.partner.read(new).ok().json["OperationStatus"] == "Completed"


def test_a_retry_of_another_life_sends_nothing(world: World) -> None:
    """Its timer finds nobody."""
    world.settings(retries=[1])
    world.site.replies.append((500, ""))
    world.approve(world.partner.create().operation_id)
    world.admin.post("/reset", status=204)
    world.settings(mode="manual")
    world.approve(world.partner.create().operation_id)
    before = len(world.site.received)
    time.sleep(1.5)
    assert len(world.site.received) == before


def test_a_snapshot_opens_no_way_out(world: World) -> None:
    """Where a waiting callback goes is asked again when it goes."""
    world.settings(mode="manual")
    world.approve(world.partner.create().operation_id)
    snapshot = world.admin.get("/snapshot")
    snapshot["worlds"][0]["waiting"][0].update(url="http://192.0.2.1/callback", obstacle=None)
    world.admin.put("/snapshot", snapshot)
    (waiting,) = world.deliveries(state="waiting")
    ended = world.admin.post(f"/deliveries/{waiting['id']}/deliver")
    assert (ended["sent"], "loopback" in ended["error"]) == (False, True)


def _changed(path: tuple[str | int, ...], value: object) -> Any:
    def change(snapshot: Any) -> None:
        place = snapshot["worlds"][0]
        for name in path[:-1]:
            place = place[name] if not isinstance(place, dict) or name in place else next(iter(place.values()))
        place[path[-1]] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        _changed(("last_delivery",), 2**64 - 1),
        _changed(("mint", "operation_id"), 2**64 - 1),
        _changed(("mint", "stride"), 0),
        _changed(("payments", "any", "amount_cents"), 2**64 - 1),
        _changed(("payments", "any", "operation_id"), 7),
        _changed(("payments", "any", "account"), 99),
        _changed(("callbacks", "copies"), 300_000),
        _changed(("waiting", 0, "timeout_ms"), 0),
        _changed(("waiting", 0, "id"), 99),
        _changed(("waiting", 0, "due"), {"After": {"seconds": 2**63, "advanced": 0}}),
        _changed(("faults", "rules", 0, "seen"), 2**64 - 1),
        _changed(("faults", "rules", 0, "probability"), 2),
        _changed(("accounts", 0, "balance_cents"), 2**64 - 1),
    ],
)
def test_a_snapshot_that_could_not_be(world: World, change: Any) -> None:
    """Numbers that would break what goes on from them are refused, and everything stays."""
    world.settings(mode="manual")
    world.admin.post("/faults", {"call": "refund", "fault": "server_error"}, status=201)
    world.approve(world.partner.create().operation_id)
    snapshot = world.admin.get("/snapshot")
    change(snapshot)
    before = world.admin.ask("GET", "/snapshot").text
    world.admin.refused(400, "PUT", "/snapshot", snapshot)
    assert world.admin.ask("GET", "/snapshot").text == before


def test_a_strangers_request_uses_up_nobodys_rule(world: World) -> None:
    """With several partners, what belongs to none of them strikes no rule of the first one's."""
    world.another("Laverie-2-2-2-2")
    world.admin.post("/faults", {"call": "any", "fault": "server_error", "nth": 1}, status=201)
    world.partner.users("a token of nobody's").ok(401)
    assert world.admin.get("/faults")["faults"][0]["seen"] == 0
    world.partner.create_raw({"Amount": 1, "ClientOrderId": "a"}).ok(500)


def test_one_long_step_of_the_clock_holds_all_retries(world: World) -> None:
    """20, 20 and 20 seconds are over after an hour."""
    world.settings(retries=[20, 20, 20])
    world.site.replies.extend([(500, "")] * 4)
    world.approve(world.partner.create().operation_id)
    world.admin.post("/clock/advance", {"seconds": 3600})
    assert [delivery["attempt"] for delivery in world.deliveries()] == [1, 2, 3, 4]


def test_an_account_that_is_unblocked_counts_anew(world: World) -> None:
    """One slip does not block it again."""
    world.admin.patch("/accounts/riche", {"state": "blocked", "failed_attempts": 3})
    assert world.admin.patch("/accounts/riche", {"state": "active"})["failed_attempts"] == 0


def test_very_large_ids_are_exact_in_no_double(world: World) -> None:
    """Not one in four by chance."""
    world.admin.patch("/wire", {"operation_ids": "beyond_53_bits"})
    ids = [world.partner.create(f"order-{number}").operation_id for number in range(20)]
    assert all(int(float(identifier)) != identifier for identifier in ids)
    assert ids == sorted(ids)
