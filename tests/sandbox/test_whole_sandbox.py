"""The sandbox as a whole: reset, snapshots, a state file that outlives the process, and how it starts and ends."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from support.process import command
from support.world import World

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Start


def busy(world: World) -> None:
    """Leaves traces everywhere."""
    world.tokens()
    world.paid()
    world.settings(mode="manual", retries=[5])
    world.paid("order-2")
    world.admin.patch("/wire", {"casing": "camel"})
    world.admin.patch("/accounts/boursier", {"balance_cents": 7})
    world.admin.post("/accounts", {"name": "camille", "email": "camille@example.fr"}, status=201)
    world.admin.post("/faults", {"call": "read_payment", "fault": "server_error", "nth": 5}, status=201)
    world.admin.post("/clock/advance", {"seconds": 100})


def traces(world: World) -> dict[str, Any]:
    """All that the API shows of a world but its timeline."""
    paths = ["/partner", "/accounts", "/payments", "/callback-settings", "/wire", "/faults", "/clock"]
    return {path: world.admin.get(path) for path in paths}


def test_a_reset_begins_again(world: World) -> None:
    """The same script gives the same answers once more; the registration stays."""
    before = traces(world)
    first = world.partner.create().answer.body
    world.admin.post("/reset", status=204)
    busy(world)
    world.admin.patch("/partner", {"site_name": "Cafétéria"})
    world.admin.post("/reset", status=204)
    assert traces(world) == {**before, "/partner": {**before["/partner"], "site_name": "Cafétéria"}}
    assert world.admin.get("/journal")["entries"] == []
    assert world.deliveries() == []
    assert world.admin.get("/emails") == {"emails": []}
    assert world.partner.create().answer.body == first


def test_a_reset_ends_what_was_handed_out(world: World) -> None:
    """Codes and tokens of before work no more."""
    code, tokens = world.code(), world.tokens()
    world.admin.post("/reset", status=204)
    world.partner.token(code).ok(400)
    world.partner.refresh(tokens["refresh_token"]).ok(400)
    world.partner.users(tokens["access_token"]).ok(401)


def test_a_reset_is_one_partners(world: World) -> None:
    """Another one's world stays."""
    other = world.another("Laverie")
    paid = other.paid()
    world.admin.post("/reset", status=204)
    assert other.status(paid.operation_id) == "Completed"
    other.admin.post("/reset", status=204)
    other.admin.refused(404, "GET", f"/payments/{paid.operation_id}")
    assert len(world.admin.get("/partners")["partners"]) == 2


def test_a_snapshot_brings_everything_back(world: World) -> None:
    """All partners, down to the next id and the tokens that were in force."""
    other = world.another("Laverie")
    busy(world)
    tokens, code = world.tokens(), world.code()
    held = [traces(world), traces(other)]
    snapshot = world.admin.get("/snapshot")
    assert (snapshot["version"], len(snapshot["worlds"])) == (1, 2)
    (waiting,) = world.deliveries(state="waiting")

    def what_follows() -> list[bytes]:
        return [
            world.partner.create("next").answer.body,
            other.partner.create("next").answer.body,
            world.partner.token(code).ok().body,
            world.partner.refresh(tokens["refresh_token"]).ok().body,
        ]

    first = what_follows()
    world.admin.post(f"/deliveries/{waiting['id']}/deliver")
    other.admin.delete("/partner")
    world.admin.patch("/partner", {"site_name": "Cafétéria"})
    world.admin.put("/snapshot", snapshot)
    assert [traces(world), traces(other)] == held
    assert world.deliveries(state="waiting") == [waiting]
    world.partner.users(tokens["access_token"]).ok()
    assert what_follows() == first
    world.admin.put("/snapshot", snapshot)
    assert world.admin.get("/snapshot") == snapshot


def test_a_snapshot_of_another_sandbox(world: World, start: Start) -> None:
    """A scene that was set up once begins many tests."""
    busy(world)
    other = start("--seed", "99")
    other.admin.put("/snapshot", world.admin.get("/snapshot"))
    assert traces(other)["/accounts"] == traces(world)["/accounts"]
    one, two = (each.partner.create().answer.json for each in (world, other))
    assert one["operationSMoney"] == two["operationSMoney"], "the casing came along too"


@pytest.mark.parametrize(
    "body", [{}, {"version": 2, "worlds": []}, {"version": 1}, {"version": 1, "worlds": [{}]}, {"worlds": []}, []]
)
def test_a_snapshot_that_is_none(world: World, body: object) -> None:
    """Everything stays as it is."""
    busy(world)
    before = traces(world)
    world.admin.refused(400, "PUT", "/snapshot", body)
    snapshot = world.admin.get("/snapshot")
    world.admin.refused(400, "PUT", "/snapshot", {**snapshot, "more": 1})
    assert traces(world) == before


@pytest.mark.parametrize("ending", ["stop", "kill"])
def test_a_state_file_outlives_the_process(start: Start, tmp_path: Path, ending: str) -> None:
    """Whatever was answered is there afterwards, even after a power cut."""
    file = str(tmp_path / "state.json")
    world = start("--state", file)
    other = world.another("Laverie")
    busy(world)
    tokens = world.tokens()
    before = [traces(world), traces(other)]
    last = world.partner.create("the last thing").operation_id
    getattr(world.process, ending)()

    again = start("--state", file)
    again_other = World(again.process, again.site, again.partner, again.admin.of("Laverie"))
    assert again.payment(last)["order_id"] == "the last thing"
    after = [traces(again), traces(again_other)]
    for one, two in zip(before, after, strict=True):
        assert two["/accounts"] == one["/accounts"]
        assert two["/wire"] == one["/wire"]
        assert two["/faults"] == one["/faults"]
        assert two["/callback-settings"] == one["/callback-settings"]
        operations = [payment["operation_id"] for payment in two["/payments"]["payments"]]
        assert [payment["operation_id"] for payment in one["/payments"]["payments"]] == [
            operation for operation in operations if operation != last
        ]
    again.partner.users(tokens["access_token"]).ok()
    assert again.partner.create("and on").operation_id > last


def test_what_was_answered_is_kept_through_many_power_cuts(start: Start, tmp_path: Path) -> None:
    """One payment, then the end, again and again."""
    file = str(tmp_path / "state.json")
    made: list[int] = []
    for number in range(5):
        world = start("--state", file)
        made.append(world.partner.create(f"order-{number}").operation_id)
        world.process.kill()
    world = start("--state", file)
    listed = world.admin.get("/payments")["payments"]
    assert [payment["operation_id"] for payment in listed] == made


def test_a_state_file_that_is_none(tmp_path: Path) -> None:
    """It is left alone, and nothing starts."""
    file = tmp_path / "state.json"
    for text in ("", "{}", "not json", '{"version": 99}'):
        file.write_text(text, "utf-8")
        run = subprocess.run(
            [command(), "sandbox", "--state", str(file)], capture_output=True, text=True, timeout=20, check=False
        )
        assert (run.returncode, run.stdout) == (2, ""), text
        assert str(file) in run.stderr
        assert file.read_text("utf-8") == text


def test_it_ends_with_its_parent(world: World) -> None:
    """With --until-stdin-closes; a sandbox without it does not mind."""
    process = subprocess.Popen(
        [command(), "sandbox", "--until-stdin-closes"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert process.stdout is not None
        assert process.stdin is not None
        assert b"base_url" in process.stdout.readline()
        assert process.poll() is None
        process.stdin.close()
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
    assert world.admin.get("/clock")
