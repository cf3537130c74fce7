"""Rules of faults: which call goes wrong, how often, and how one request asks for a fault of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from support.admin import refusal

if TYPE_CHECKING:
    from conftest import Start
    from support.world import World

RULE = {"call": "read_payment", "fault": "server_error"}


def add(world: World, **rule: object) -> Any:
    """Adds a rule to the world."""
    return world.admin.post("/faults", {**RULE, **rule}, status=201)


def pattern(world: World, reads: int = 8) -> list[bool]:
    """Which of so many readings of a payment go wrong."""
    operation = world.partner.create().operation_id
    return [world.partner.read(operation).status != 200 for _ in range(reads)]


def test_a_rule_is_what_was_asked_for(world: World) -> None:
    """With everything that was left out at its default."""
    defaults = {"nth": None, "times": None, "probability": None, "operation_id": None, "commit": False, "delay_ms": 0}
    counts = {"seen": 0, "fired": 0}
    first = add(world)
    assert first == {"id": 1, **RULE, **defaults, **counts}
    full = {"nth": 2, "times": 1, "probability": 0.5, "operation_id": 12, "commit": True, "delay_ms": 3}
    second = add(world, **full)
    assert second == {"id": 2, **RULE, **full, **counts}
    assert add(world, **dict.fromkeys(full)) == {"id": 3, **RULE, **defaults, **counts}
    assert [rule["id"] for rule in world.admin.get("/faults")["faults"]] == [1, 2, 3]


def test_rules_are_removed_one_by_one_or_all(world: World) -> None:
    """What was removed does nothing."""
    for _ in range(3):
        add(world)
    world.admin.delete("/faults/2")
    assert [rule["id"] for rule in world.admin.get("/faults")["faults"]] == [1, 3]
    world.admin.refused(404, "DELETE", "/faults/2")
    world.admin.delete("/faults")
    assert world.admin.get("/faults") == {"faults": []}
    assert pattern(world) == [False] * 8
    assert add(world)["id"] == 4, "an id is never used twice"


def test_a_rule_without_limits_always_strikes_and_counts(world: World) -> None:
    """Seen is what matched, fired what went wrong."""
    add(world)
    assert pattern(world, 3) == [True] * 3
    (rule,) = world.admin.get("/faults")["faults"]
    assert (rule["seen"], rule["fired"]) == (3, 3)


def test_nth(world: World) -> None:
    """Only the n-th matching call since the rule was made."""
    add(world, nth=3)
    assert pattern(world) == [False, False, True, False, False, False, False, False]
    (rule,) = world.admin.get("/faults")["faults"]
    assert (rule["seen"], rule["fired"]) == (8, 1)


def test_times(world: World) -> None:
    """At most so often."""
    add(world, times=2)
    assert pattern(world) == [True, True, False, False, False, False, False, False]
    (rule,) = world.admin.get("/faults")["faults"]
    assert (rule["seen"], rule["fired"]) == (8, 2)


def test_a_call_that_does_not_match_is_not_seen(world: World) -> None:
    """A rule about readings leaves creations alone."""
    add(world, nth=1)
    for number in range(3):
        world.partner.create(f"order-{number}")
    assert pattern(world, 2) == [True, False]


def test_one_operation(world: World) -> None:
    """Others are left alone."""
    mine, other = world.partner.create().operation_id, world.partner.create().operation_id
    add(world, operation_id=mine)
    assert [world.partner.read(one).status for one in (other, mine, other)] == [200, 500, 200]
    (rule,) = world.admin.get("/faults")["faults"]
    assert (rule["seen"], rule["fired"]) == (1, 1)


def test_any_call(world: World) -> None:
    """Every call of the protocol, and no page of the sandbox's own."""
    access = world.tokens()["access_token"]
    add(world, call="any")
    for answer in (
        world.partner.users(access),
        world.partner.create_raw({"Amount": 1, "ClientOrderId": "a"}),
        world.partner.token("code"),
        world.partner.refresh("token"),
    ):
        answer.ok(500)
    assert len(world.admin.get("/faults")["faults"]) == 1


def test_probability_follows_the_seed(start: Start) -> None:
    """The same seed strikes the same calls, another one others; 0 never strikes, and 1 always."""
    patterns = []
    for seed in ("1", "1", "2", "3"):
        world = start("--seed", seed)
        add(world, probability=0.5)
        patterns.append(pattern(world, 40))
    assert patterns[0] == patterns[1]
    assert patterns[0] != patterns[2]
    assert patterns[2] != patterns[3]
    for one in patterns:
        assert 5 < sum(one) < 35, "half of the calls, more or less"
    for probability, strikes in ((0, False), (1, True)):
        world.admin.delete("/faults")
        add(world, probability=probability)
        assert pattern(world) == [strikes] * 8


def test_of_two_rules_the_oldest_that_fires_wins(world: World) -> None:
    """The other one has seen the call too."""
    add(world, times=1)
    add(world, fault="bad_gateway")
    operation = world.partner.create().operation_id
    assert [world.partner.read(operation).status for _ in range(3)] == [500, 502, 502]
    assert [(rule["seen"], rule["fired"]) for rule in world.admin.get("/faults")["faults"]] == [(3, 1), (3, 2)]


def test_the_header_strikes_one_request_alone(world: World) -> None:
    """No rule is left behind."""
    operation = world.partner.create().operation_id
    assert world.partner.read(operation, {"Izly-Sandbox-Fault": "bad_gateway"}).status == 502
    assert world.partner.read(operation).status == 200
    assert world.admin.get("/faults") == {"faults": []}
    struck, _ = world.entries(call="read_payment")
    assert struck["fault"] == "bad_gateway"


def test_the_header_takes_commit_and_delay(world: World) -> None:
    """In any order, with any blanks."""
    paid = world.paid()
    fault = {"Izly-Sandbox-Fault": "server_error;commit ; delay_ms=150"}
    answer = world.partner.refund(paid.operation_id, more=fault).ok(500)
    assert answer.seconds >= 0.15
    assert world.status(paid.operation_id) == "Refund"


@pytest.mark.parametrize(
    "text",
    ["", "sever_error", "delay", "delay; delay_ms=0", "delay; delay_ms=60001", "redirect; x=1", "redirect; nth=1"],
)
def test_a_header_that_cannot_be_read_is_refused(world: World, text: str) -> None:
    """A slip in a test must not make it pass."""
    answer = world.partner.create_raw({"Amount": 150, "ClientOrderId": "a"}, {"Izly-Sandbox-Fault": text})
    refusal(answer, 400)
    assert world.admin.get("/payments") == {"payments": []}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"call": "reads"}, "call"),
        ({"call": None}, "call"),
        ({"fault": "explode"}, "fault"),
        ({"nth": 0}, "nth"),
        ({"nth": 1.5}, "nth"),
        ({"times": 0}, "times"),
        ({"times": "2"}, "times"),
        ({"probability": 1.01}, "probability"),
        ({"probability": -0.01}, "probability"),
        ({"operation_id": -1}, "operation_id"),
        ({"commit": "yes"}, "commit"),
        ({"delay_ms": 60_001}, "delay_ms"),
        ({"fault": "delay"}, "delay_ms"),
        ({"fault": "delay", "delay_ms": 0}, "delay_ms"),
        ({"id": 7}, "id"),
        ({"fired": 0}, "fired"),
        ({"often": True}, "often"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(world: World, change: dict[str, object], field: str) -> None:
    """The answer says which name is at fault."""
    assert world.admin.refused(400, "POST", "/faults", {**RULE, **change}) == field
    assert world.admin.get("/faults") == {"faults": []}


def test_a_rule_needs_a_call_and_a_fault(world: World) -> None:
    """Neither has a default."""
    for name in RULE:
        rest = {key: value for key, value in RULE.items() if key != name}
        assert world.admin.refused(400, "POST", "/faults", rest) == name


def test_there_are_at_most_a_hundred_rules(world: World) -> None:
    """The next one is a conflict."""
    for _ in range(100):
        add(world)
    world.admin.refused(409, "POST", "/faults", RULE)
    assert len(world.admin.get("/faults")["faults"]) == 100


def test_the_command_line_brings_rules(start: Start, tmp_path: Any) -> None:
    """A file with an array of them; a reset brings them back as they were."""
    file = tmp_path / "faults.json"
    file.write_text('[{"call": "read_payment", "fault": "server_error", "times": 1}]', "utf-8")
    world = start("--faults", str(file))
    for _ in range(2):
        assert pattern(world, 2) == [True, False]
        world.admin.post("/reset", status=204)
