"""Nothing grows, whatever goes wrong: memory, descriptors and threads, over thousands of calls that meet every fault
that ends at once. A hundred thousand by command: `support/soak.py`."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from support.faults import control
from support.programs import run

if TYPE_CHECKING:
    from collections.abc import Callable

PRELUDE = """
import json, os, sys
os.environ["IZLY_FAULTS"], os.environ["IZLY_FAULTS_CA"] = sys.argv[1:3]
from support.soak import Soak
"""


def soak(program: str) -> str:
    """Runs it in a process of its own, which knows the server."""
    return run(PRELUDE + program, control(), os.environ["IZLY_FAULTS_CA"], timeout=110)


@pytest.mark.slow
@pytest.mark.timeout(120)
@pytest.mark.parametrize("threads", [1, 8])
def test_nothing_grows(threads: int, figure: Callable[[str], None]) -> None:
    """With one thread, and with several that share their clients."""
    program = f"""
soak = Soak({threads})
before, after, speed = soak.run(5000)
print(json.dumps([before._asdict(), after[-1]._asdict(), after[-1].growth(before), speed, soak.ends]))
"""
    before, after, growth, speed, ends = json.loads(soak(program))
    figure(f"5 000 calls with faults, {threads} threads: {speed:.0f}/s, {before} -> {after}")
    assert not growth
    assert all(ends.values())


def test_what_grows_is_found() -> None:
    """Each of the four: memory of Python's and of others, descriptors, threads."""
    program = """
import ctypes, threading
from support.soak import Held

libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
stop, kept = threading.Event(), []

def wait():
    thread = threading.Thread(target=stop.wait)
    thread.start()

leaks = {
    "bytes": lambda: ctypes.memset(ctypes.c_void_p(libc.malloc(ctypes.c_size_t(1024))), 1, 1024),
    "blocks": lambda: kept.append([object()]),
    "descriptors": lambda: os.dup(0),
    "threads": wait,
}
found = {}
for name, leak in leaks.items():
    class Leaking(Soak):
        def meet(self, fault, call):
            self.count += 1
            if name in ("bytes", "blocks") or self.count % 50 == 0:
                leak()
            return "ok"
        count = 0
    before, after, _ = Leaking(1).run(5000)
    found[name] = [growth.split(":")[0] for growth in after[-1].growth(before)]
stop.set()
print(json.dumps(found))
"""
    found = json.loads(soak(program))
    assert {name: name in grown for name, grown in found.items()} == dict.fromkeys(
        ("bytes", "blocks", "descriptors", "threads"), True
    )
