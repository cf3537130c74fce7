"""Calls that meet every fault that ends at once, as many as one likes: nothing may grow.

    IZLY_FAULTS=… IZLY_FAULTS_CA=… python -m support.soak --calls 100000 --threads 8

prints what the process held before and after, and fails if it grew.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import itertools
import json
import os
import sys
import threading
import time
from typing import TYPE_CHECKING, NamedTuple

import izly

from support.faults import CALLS, Fault, load, options

if TYPE_CHECKING:
    from collections.abc import Iterator

CALLS_OF_A_CLIENT = 20
"""A client is used this often, then another takes its place."""
MEASURES = 10
"""How often is measured after the warm-up."""

MOST_BYTES = 2 * 1024 * 1024
"""What memory may grow by: one arena of Python's, and what is always in motion. Over the hundred thousand calls of
`cargo xtask soak` it is 21 bytes each, and nothing that is left behind is so small; over those of the tests, 419."""
MOST_BLOCKS = 2000
"""What Python's objects may grow by: caches that fill. One kept by each fortieth of a hundred thousand calls is more."""
MOST_THINGS = 8
"""What descriptors and threads may grow by: one is about to end."""

_libc = ctypes.CDLL(None)
# One arena for all threads (M_ARENA_MAX): only of the first does `malloc_trim` give back the free end, and up to twelve
# megabytes of the others' come and go.
_libc.mallopt(-8, 1)


class Held(NamedTuple):
    """What a process holds."""

    bytes: int
    blocks: int
    descriptors: int
    threads: int

    @classmethod
    def now(cls) -> Held:
        """Right now, without what only waits to be collected, or is kept by the allocator for later."""
        gc.collect()
        _libc.malloc_trim(0)
        with open("/proc/self/statm") as statm:
            size = int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        things = (len(os.listdir(f"/proc/self/{name}")) for name in ("fd", "task"))
        return cls(size, sys.getallocatedblocks(), *things)

    def growth(self, before: Held) -> list[str]:
        """Where it is more than before by more than what is always in motion."""
        most = Held(MOST_BYTES, MOST_BLOCKS, MOST_THINGS, MOST_THINGS)
        pairs = zip(self._fields, self, before, most, strict=True)
        return [f"{name}: {then} -> {now}" for name, now, then, limit in pairs if now > then + limit]


def quick(faults: list[Fault]) -> list[tuple[Fault, str]]:
    """What ends at once: without a pause, a deadline or megabytes."""
    return [(fault, call) for fault in faults for call, expected in fault.calls.items() if expected.ends_at_once]


class Clients:
    """A client for each fault, shared by all threads, each for a while."""

    def __init__(self) -> None:
        """None yet."""
        self._known: dict[str, tuple[izly.Client, Iterator[int]]] = {}
        self._lock = threading.Lock()

    def at(self, fault: Fault) -> izly.Client:
        """The client for this fault."""
        with self._lock:
            client, uses = self._known.get(fault.url, (None, None))
            if client is None or uses is None or next(uses) >= CALLS_OF_A_CLIENT:
                client = izly.Client(environment=fault.url, deadline=fault.deadline, **options())
                self._known[fault.url] = client, itertools.count(1)
            return client


class Soak:
    """Calls in any number of threads, and how they ended."""

    def __init__(self, threads: int) -> None:
        """None yet."""
        self._sorts = quick(load())
        self._next = itertools.cycle(self._sorts)
        self._clients = Clients()
        self._lock = threading.Lock()
        self._threads = threads
        self.ends = {"ok": 0, "error": 0}

    def run(self, calls: int, measures: int = MEASURES) -> tuple[Held, list[Held], float]:
        """What is held after a warm-up, and after each part of the calls; and how many calls a second."""
        # Every fault has been met, and every client replaced once.
        self._work(max(calls // 4, 5 * len(self._sorts)))
        before, begins = self._held(), time.monotonic()
        after = []
        for _ in range(measures):
            self._work(calls // measures)
            after.append(self._held())
        return before, after, calls / (time.monotonic() - begins)

    def _held(self) -> Held:
        """What is left without clients: each keeps idle connections, whose buffers are larger than any leak."""
        self._clients = Clients()
        return Held.now()

    def _work(self, calls: int) -> None:
        share = [threading.Thread(target=self._call, args=(calls // self._threads,)) for _ in range(self._threads)]
        for thread in share:
            thread.start()
        for thread in share:
            thread.join()

    def _call(self, calls: int) -> None:
        for _ in range(calls):
            with self._lock:
                fault, call = next(self._next)
            end = self.meet(fault, call)
            with self._lock:
                self.ends[end] += 1

    def meet(self, fault: Fault, call: str) -> str:
        """One call, and how it ended."""
        try:
            CALLS[call](self._clients.at(fault))
        except izly.Error as error:
            # What a program does with it.
            repr(error), error.raw_excerpt
            return "error"
        return "ok"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--calls", type=int, default=100_000)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    soak = Soak(arguments.threads)
    before, after, speed = soak.run(arguments.calls)
    growth = after[-1].growth(before)
    sizes = [held.bytes for held in after]
    figures = {"calls": arguments.calls, "threads": arguments.threads, "per_second": round(speed), **soak.ends}
    figures |= {"before": before._asdict(), "after": after[-1]._asdict(), "bytes": sizes, "growth": growth}
    print(json.dumps(figures))
    if growth or not all(soak.ends.values()):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
