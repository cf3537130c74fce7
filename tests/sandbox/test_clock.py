"""The clock: virtual, real, and moved on."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Start
    from support.world import World

START = {"mode": "virtual", "now": "2026-01-05T09:00:00", "advanced_seconds": 0}


def test_the_virtual_clock_moves_when_something_is_created(world: World) -> None:
    """By a second; not by being looked at."""
    assert world.admin.get("/clock") == world.admin.get("/clock") == START
    created = world.partner.create()
    assert world.admin.get("/clock") == {**START, "now": "2026-01-05T09:00:01"}
    world.partner.read(created.operation_id)
    assert world.admin.get("/clock")["now"] == "2026-01-05T09:00:01"


def test_it_is_moved_on(world: World) -> None:
    """And says by how much in all."""
    assert world.admin.post("/clock/advance", {"seconds": 86_400}) == {
        "mode": "virtual",
        "now": "2026-01-06T09:00:00",
        "advanced_seconds": 86_400,
    }
    assert world.admin.post("/clock/advance", {"seconds": 1})["advanced_seconds"] == 86_401
    assert world.payment(world.partner.create().operation_id)["created"] == "2026-01-06T09:00:02"


def test_the_calendar_ends_without_an_error(world: World) -> None:
    """In 9999, whatever is asked for."""
    for _ in range(900):
        clock = world.admin.post("/clock/advance", {"seconds": 315_360_000})
    assert clock["now"].startswith("9999-")
    world.partner.create()


def test_tokens_expire(world: World) -> None:
    """A code after five minutes, an access token after the 1797 seconds of the guide's sample."""
    late = world.code()
    world.admin.post("/clock/advance", {"seconds": 300})
    assert world.partner.token(late).ok(400).json["error"] == "invalid_grant"
    tokens = world.tokens()
    assert tokens["expires_in"] == 1797
    world.partner.users(tokens["access_token"]).ok()
    world.admin.post("/clock/advance", {"seconds": 1797})
    world.partner.users(tokens["access_token"]).ok(401)
    fresh = world.partner.refresh(tokens["refresh_token"]).ok().json
    world.partner.users(fresh["access_token"]).ok()


def test_the_real_clock(world: World, start: Start) -> None:
    """The machine's local time, plus what was added; from the command line too."""
    world.admin.patch("/clock", {"mode": "real"})
    for clock in (world.admin.get("/clock"), start("--real-clock").admin.get("/clock")):
        assert clock["mode"] == "real"
        apart = datetime.datetime.fromisoformat(clock["now"]) - datetime.datetime.now()
        assert abs(apart) < datetime.timedelta(minutes=1)
    ahead = datetime.datetime.fromisoformat(world.admin.post("/clock/advance", {"seconds": 7200})["now"])
    assert ahead - datetime.datetime.now() > datetime.timedelta(minutes=119)


@pytest.mark.parametrize("seconds", [0, -1, 1.5, 315_360_001, "1", None])
def test_a_step_that_makes_no_sense_is_refused(world: World, seconds: object) -> None:
    """The clock stays."""
    assert world.admin.refused(400, "POST", "/clock/advance", {"seconds": seconds}) == "seconds"
    assert world.admin.refused(400, "POST", "/clock/advance", {}) == "seconds"
    assert world.admin.refused(400, "PATCH", "/clock", {"mode": "slow"}) == "mode"
    assert world.admin.refused(400, "PATCH", "/clock", {"now": "2026-01-05T09:00:00"}) == "now"
    assert world.admin.get("/clock") == START
