"""Memory stays flat over a hundred thousand decodes and ten thousand calls."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from support.canned import echo_process
from support.programs import run

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.slow

# A little is always in motion: a list that grew, an arena that is not given back, a thread that is about to end. One
# block kept by each round of any of these would be more.
MOST_BLOCKS = 700
MOST_BYTES = 2 * 1024 * 1024

PRELUDE = """
import gc, json, pickle, sys
import izly
from support.partner import CALLBACK, ORDER, new_client

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096

def measure(work, rounds):
    "How much all rounds leave behind, after a quarter of them for warming up."
    work(rounds // 4)
    gc.collect()
    before = sys.getallocatedblocks(), resident()
    work(rounds)
    gc.collect()
    blocks, size = sys.getallocatedblocks(), resident()
    print(json.dumps({"blocks": blocks - before[0], "bytes": size - before[1]}))
"""


def check(program: str, what: str, figure: Callable[[str], None], *arguments: str) -> None:
    """Runs it, and looks at what it left behind."""
    left = json.loads(run(PRELUDE + program, *arguments, timeout=150))
    figure(f"{what}: {left['blocks']:+} blocks, {left['bytes'] / 1024:+.0f} KiB")
    assert left["blocks"] <= MOST_BLOCKS
    assert left["bytes"] <= MOST_BYTES


@pytest.mark.timeout(180)
def test_decodes(figure: Callable[[str], None]) -> None:
    """Callbacks, and everything that can be asked of them; one in ten cannot be read."""
    program = """
def decode(rounds):
    for step in range(rounds):
        if step % 10 == 9:
            try:
                izly.Callback.parse(CALLBACK[:-3])
            except izly.UnreadableError as error:
                error.raw_excerpt, repr(error)
            continue
        callback = izly.Callback.parse(CALLBACK)
        claim = callback.untrusted
        claim.status.is_paid, claim.date, claim.extra["OperationSMoney.fee"], claim.user.email, claim.error.code
        repr(callback), hash(callback), claim.beneficiary == claim.beneficiary
        if step % 10 == 0:
            callback.to_dict(reveal=True)
            pickle.loads(pickle.dumps(callback)) == callback

measure(decode, 100_000)
"""
    check(program, "100 000 decodes", figure)


@pytest.mark.timeout(180)
def test_calls(figure: Callable[[str], None]) -> None:
    """Reads that succeed, a confirmation that fails, an argument that is refused."""
    program = """
def call(rounds):
    for step in range(1, rounds + 1):
        payment = client.payment(step)
        payment.amount, payment.status, payment.extra
        if step % 10 == 0:
            try:
                client.confirm(step, ORDER)
            except izly.MismatchError as error:
                error.field
            try:
                izly.Order("order-42", 1.5)
            except TypeError:
                pass

client = new_client(sys.argv[1])
measure(call, 10_000)
"""
    with echo_process() as url:
        check(program, "10 000 calls", figure, url)


@pytest.mark.timeout(180)
def test_clients(figure: Callable[[str], None]) -> None:
    """Made, used, closed or forgotten, with the logger on."""
    program = """
import logging
logging.getLogger("izly").setLevel(logging.DEBUG)
logging.getLogger("izly").addHandler(logging.NullHandler())
logging.getLogger("izly").propagate = False

def make(rounds):
    for step in range(1, rounds + 1):
        client = new_client(sys.argv[1])
        client.payment(step)
        client.start_login()
        if step % 2:
            client.close()

measure(make, 1500)
"""
    with echo_process() as url:
        check(program, "1 500 clients", figure, url)


@pytest.mark.timeout(180)
def test_cancelled_tasks(figure: Callable[[str], None]) -> None:
    """An interrupt leaves nothing behind, in asyncio as in the native half."""
    program = """
import asyncio, threading, time

async def cancel(rounds):
    client = izly.AsyncClient("UGFyaXMtNzgtNzgtNzgtNzg6czNjcmV0", sys.argv[1], max_workers=4)
    for step in range(1, rounds + 1):
        task = asyncio.create_task(client.payment(step))
        if step % 2:
            await asyncio.sleep(0)
            task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await client.aclose()

def work(rounds):
    asyncio.run(cancel(rounds))
    while threading.active_count() > 1:
        time.sleep(0.01)

measure(work, 4000)
"""
    with echo_process() as url:
        check(program, "4 000 tasks, half of them cancelled", figure, url)


def test_a_leak_would_be_seen() -> None:
    """Both figures grow when something is kept."""
    program = """
kept = []
measure(lambda rounds: kept.extend(izly.Callback.parse(CALLBACK) for _ in range(rounds)), 5000)
"""
    left = json.loads(run(PRELUDE + program))
    assert left["blocks"] > MOST_BLOCKS
    assert left["bytes"] > MOST_BYTES
