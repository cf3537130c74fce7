"""Every shared vector reads as it says, or is sent, or refused, as it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.vectors import LeftOut, Runner, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Those whose hostile or unusual address cannot be moved to the canned server.
LEFT_OUT = {"create-url-host-case", "create-url-default-port", "create-url-homoglyph", "create-url-port-overflow"}


@pytest.fixture
def runner() -> Iterator[Runner]:
    """Runs vectors against a server of its own."""
    made = Runner()
    yield made
    made.close()


def test_every_vector_reads_as_it_says(runner: Runner, figure: Callable[[str], None]) -> None:
    """All of them in one test: what they differ in is listed together."""
    vectors = load()
    differences: list[str] = []
    left_out: dict[str, str] = {}
    for vector in vectors:
        try:
            differences += [f"{vector['name']}: {difference}" for difference in runner.run(vector)]
        except LeftOut as why:
            left_out[vector["name"]] = str(why)
    figure(f"vectors: {len(vectors) - len(left_out)} ran, {len(left_out)} left out")
    for name, reason in left_out.items():
        figure(f"  {name}: {reason}")
    assert not differences, f"{len(differences)} differences:\n" + "\n".join(differences)
    assert set(left_out) == LEFT_OUT
    assert len(vectors) - len(left_out) >= 640


def test_a_vector_that_is_wrong_is_noticed(runner: Runner) -> None:
    """The comparison itself can fail: each of these differs from what comes."""
    by_name = {vector["name"]: vector for vector in load()}
    read = next(vector for vector in by_name.values() if vector["call"] == "payment" and "expect" in vector)
    refused = next(vector for vector in by_name.values() if vector["call"] == "payment" and "error" in vector)
    assert runner.run({**read, "expect": {"status": "Frozen"}})
    assert runner.run({**read, "expect": {"no_such_member": 1}})
    assert runner.run({**read, "expect": {"extra": {"a": "1"}}})
    assert runner.run({**refused, "error": {**refused["error"], "outcome": "maybe"}})
    assert runner.run({**refused, "error": {"mentions": ["no such words"]}})
    assert runner.run(_without(refused, "error", expect={}))
    assert runner.run(_without(read, "expect", error={"kind": "api"}))


def _without(vector: dict[str, object], name: str, **instead: object) -> dict[str, object]:
    return {**{key: value for key, value in vector.items() if key != name}, **instead}
