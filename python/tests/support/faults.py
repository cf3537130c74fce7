"""The server that misbehaves on order, and what each call must make of it.

`cargo xtask test` starts the server and says in `IZLY_FAULTS` where it tells of its faults, and in `IZLY_FAULTS_CA` which
certificate to trust. The faults are in `tests/scenarios/faults.json`, for every language alike.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import izly

from support.partner import API_KEY, OPERATION, ORDER
from support.web import read

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

GRACE = 0.1
"""What a call may take beyond its deadline, in seconds."""
LOOKS = 12
"""How often a call that took longer is looked at again: a machine that was busy elsewhere is no finding, and a call that
really waits too long does so each time."""
REST = 0.2
"""The pause before another look, in seconds."""

CLASSES = {
    "resolve": izly.ResolveError,
    "connect": izly.ConnectError,
    "tls": izly.TlsError,
    "timeout": izly.TimeoutError,
    "disconnected": izly.DisconnectedError,
    "protocol": izly.ProtocolError,
    "too_large": izly.TooLargeError,
    "unreadable": izly.UnreadableError,
    "redirect": izly.RedirectError,
    "authentication": izly.AuthenticationError,
    "rate_limited": izly.RateLimitedError,
    "api": izly.ApiError,
    "server": izly.ServerError,
}
"""What each kind of error is raised as."""

CALLS: dict[str, Callable[[Any], Any]] = {
    "payment": lambda client: client.payment(OPERATION),
    "user": lambda client: client.user("access"),
    "create_payment": lambda client: client.create_payment(ORDER),
    "refund": lambda client: client.refund(izly.RefundTarget(OPERATION, ORDER.id)),
    "exchange_code": lambda client: client.finish_login("code=abc%3d&state=s", "s"),
    "refresh": lambda client: client.refresh("refresh"),
}
"""Every call of the table, on a client of either sort."""

_TABLE = Path(__file__).resolve().parents[3] / "tests" / "scenarios" / "faults.json"


class Counts(NamedTuple):
    """What the server saw at one fault."""

    connections: int
    requests: int
    commits: int


class Expectation(NamedTuple):
    """What a call must make of a fault."""

    kind: list[str]
    requests: int
    ends_at_once: bool
    outcome: list[str] = []
    http_status: int | None = None
    phase: str | None = None


class Fault(NamedTuple):
    """One fault, at an address of its own."""

    name: str
    url: str
    deadline: float
    calls: dict[str, Expectation]


class Seen(NamedTuple):
    """One call that met a fault."""

    error: izly.Error | None
    took: float
    counts: Counts


def names() -> list[tuple[str, str]]:
    """Every fault with every call that meets it, from the file: known before any server runs."""
    faults = json.loads(_TABLE.read_text("utf-8"))["faults"]
    return [(fault["name"], call) for fault in faults for call in fault.get("calls", CALLS)]


def control() -> str:
    """Where the server tells of itself. It is never optional: a test that does not run finds nothing."""
    return os.environ["IZLY_FAULTS"]


def load() -> list[Fault]:
    """The running server's faults."""
    return [_fault(entry) for entry in json.loads(read(f"{control()}/table"))["faults"]]


def _fault(entry: dict[str, Any]) -> Fault:
    calls = {call: Expectation(**expected) for call, expected in entry["calls"].items()}
    return Fault(entry["name"], entry["url"], entry["deadline_ms"] / 1000, calls)


def options() -> dict[str, Any]:
    """How a client of such a server is made."""
    return {"api_key": API_KEY, "ca_file": os.environ["IZLY_FAULTS_CA"]}


def meet(fault: Fault, call: str, client: izly.Client) -> Seen:
    """Makes a call, again if it took too long."""
    for _ in range(LOOKS):
        before, begins = _counts(fault), time.monotonic()
        error = None
        try:
            CALLS[call](client)
        except izly.Error as raised:
            error = raised
        seen = _seen(fault, error, begins, before)
        if not is_late(fault, seen):
            break
        time.sleep(REST)
    return seen


async def meet_async(fault: Fault, call: str, client: izly.AsyncClient) -> Seen:
    """The same with a client to be awaited."""
    for _ in range(LOOKS):
        before, begins = _counts(fault), time.monotonic()
        error = None
        try:
            await _awaitable(CALLS[call](client))
        except izly.Error as raised:
            error = raised
        seen = _seen(fault, error, begins, before)
        if not is_late(fault, seen):
            break
        await asyncio.sleep(REST)
    return seen


async def _awaitable(call: Awaitable[object]) -> None:
    await call


def _seen(fault: Fault, error: izly.Error | None, begins: float, before: Counts) -> Seen:
    took = time.monotonic() - begins
    after = _settled(fault)
    return Seen(error, took, Counts(*(now - then for now, then in zip(after, before, strict=True))))


def _counts(fault: Fault) -> Counts:
    return Counts(**json.loads(read(f"{control()}/seen/{fault.name}")))


def _settled(fault: Fault) -> Counts:
    """The counts once they stand still: a call may end before the server has noted the last of it."""
    counts = _counts(fault)
    while True:
        time.sleep(0.01)
        last, counts = counts, _counts(fault)
        if counts == last:
            return counts


def is_late(fault: Fault, seen: Seen) -> bool:
    """Whether it took longer than it may."""
    return seen.took > fault.deadline + GRACE


def differences(fault: Fault, call: str, seen: Seen) -> list[str]:
    """What is not as the table wants it."""
    expected, error = fault.calls[call], seen.error
    found = [] if error is None else _about(expected, error, call)
    kind = "ok" if error is None else error.kind
    if kind not in expected.kind:
        found.append(f"kind: wanted {expected.kind}, got {kind}")
    if seen.counts.requests != expected.requests:
        found.append(f"requests: wanted {expected.requests}, got {seen.counts.requests}")
    if error is not None and error.outcome != izly.Outcome.UNKNOWN and seen.counts.commits:
        found.append(f"{error.outcome} of what was carried out")
    if is_late(fault, seen):
        found.append(f"took {seen.took:.3f} s of {fault.deadline} s, {LOOKS} times")
    return [f"{difference} ({error!r})" for difference in found]


def _about(expected: Expectation, error: izly.Error, call: str) -> list[str]:
    found = []
    if error.outcome not in expected.outcome:
        found.append(f"outcome: wanted {expected.outcome}, got {error.outcome}")
    if type(error) is not CLASSES.get(error.kind):
        found.append(f"class: a {error.kind} is raised as {type(error).__name__}")
    if error.http_status != expected.http_status:
        found.append(f"HTTP status: wanted {expected.http_status}, got {error.http_status}")
    if error.phase != expected.phase:
        found.append(f"phase: wanted {expected.phase}, got {error.phase}")
    if error.call != call:
        found.append(f"call: {error.call}")
    is_write = call in ("create_payment", "refund")
    if is_write and error.outcome == izly.Outcome.UNKNOWN and error.retry != "look_up_first":
        found.append(f"advice: {error.retry}")
    return found
