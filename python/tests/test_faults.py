"""Every fault of the shared table against every call: the error, the time, and what the server saw of it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import izly
import pytest
from support.faults import CALLS, CLASSES, LOOKS, Fault, Seen, differences, load, meet, meet_async, names, options

if TYPE_CHECKING:
    from collections.abc import Callable

# The first test waits for all calls, which are looked at again where they come late.
pytestmark = pytest.mark.timeout(600)

# Most of the time is spent waiting for deadlines.
WORKERS = 16

Findings = dict[tuple[str, str], list[str]]


@pytest.fixture(scope="module")
def faults() -> list[Fault]:
    """The running server's faults."""
    return load()


@pytest.fixture(scope="module")
def findings(faults: list[Fault]) -> Findings:
    """What was found, for each fault and call: all faults at once, and the calls of each in turn."""
    found: Findings = {}

    def check(fault: Fault) -> None:
        with izly.Client(environment=fault.url, deadline=fault.deadline, **options()) as client:
            for call in fault.calls:
                found[fault.name, call] = differences(fault, call, meet(fault, call, client))

    with ThreadPoolExecutor(WORKERS) as pool:
        # Taken one by one, so that what one raises is raised here.
        for _ in pool.map(check, faults):
            pass
    return found


@pytest.fixture(scope="module")
def async_findings(faults: list[Fault], findings: Findings) -> Findings:
    """The same from asyncio for one fault of each kind. After the others: the server counts for everybody."""
    assert findings
    found: Findings = {}

    async def check(fault: Fault) -> None:
        async with izly.AsyncClient(environment=fault.url, deadline=fault.deadline, **options()) as client:
            for call in fault.calls:
                found[fault.name, call] = differences(fault, call, await meet_async(fault, call, client))

    async def check_all() -> None:
        await asyncio.gather(*(check(example(faults, kind)) for kind in ["ok", *CLASSES]))

    asyncio.run(check_all())
    return found


def example(faults: list[Fault], kind: str) -> Fault:
    """A fault that every call ends with this kind at."""
    fits = (fault for fault in faults if len(fault.calls) == len(CALLS))
    return next(fault for fault in fits if all(expected.kind == [kind] for expected in fault.calls.values()))


@pytest.mark.parametrize(("fault", "call"), [pytest.param(*pair, id="-".join(pair)) for pair in names()])
def test_a_call_meets_a_fault(findings: Findings, fault: str, call: str) -> None:
    """As the table says."""
    assert not findings[fault, call]


@pytest.mark.parametrize("kind", ["ok", *CLASSES])
def test_a_call_meets_a_fault_in_asyncio(faults: list[Fault], async_findings: Findings, kind: str) -> None:
    """As the table says, with a client to be awaited."""
    name = example(faults, kind).name
    assert {call: async_findings[name, call] for call in CALLS} == {call: [] for call in CALLS}


def test_the_server_has_the_faults_of_the_file(faults: list[Fault], figure: Callable[[str], None]) -> None:
    """None is left out."""
    pairs = [(fault.name, call) for fault in faults for call in fault.calls]
    assert sorted(pairs) == sorted(names())
    assert len(faults) >= 150
    figure(f"faults: {len(faults)}, with {len(pairs)} calls")


def test_what_differs_from_the_table_is_found(faults: list[Fault], findings: Findings) -> None:
    """The comparison itself can fail: in everything that it looks at."""
    assert findings
    refusal = next(fault for fault in faults if fault.name == "fault_404")
    with izly.Client(environment=refusal.url, deadline=refusal.deadline, **options()) as client:
        seen = meet(refusal, "refund", client)
    assert not differences(refusal, "refund", seen)
    expected, counts = refusal.calls["refund"], seen.counts

    def found(seen: Seen = seen, call: str = "refund", **changes: object) -> list[str]:
        changed = refusal._replace(calls={call: expected._replace(**changes)})
        return [difference.split(" (")[0] for difference in differences(changed, call, seen)]

    assert found(kind=["server"]) == ["kind: wanted ['server'], got api"]
    assert found(outcome=["unknown"]) == ["outcome: wanted ['unknown'], got rejected"]
    assert found(http_status=400) == ["HTTP status: wanted 400, got 404"]
    assert found(phase="receive") == ["phase: wanted receive, got None"]
    assert found(requests=2) == ["requests: wanted 2, got 1"]
    assert found(call="user") == ["call: refund"]
    assert found(seen._replace(counts=counts._replace(commits=1))) == ["rejected of what was carried out"]
    assert found(seen._replace(took=6.0)) == [f"took 6.000 s of 5.0 s, {LOOKS} times"]
    assert found(seen._replace(error=None)) == ["kind: wanted ['api'], got ok"]
    error = izly.Error("", kind="api", outcome="unknown", call="refund", http_status=404, retry="safe")
    assert found(seen._replace(error=error), outcome=["unknown"]) == [
        "class: a api is raised as Error",
        "advice: safe",
    ]
