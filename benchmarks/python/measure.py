"""What one contender costs: an operation many times, the processor's time and the time on the wall.

The counting is the same for all, and imports next to nothing, so that the memory reported is the contender's.
"""

from __future__ import annotations

import os
import resource
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    # Carries out one operation, and gives its share of the proof that the work was done.
    Operation = Callable[[], int]


def setting(name: str) -> str:
    """A setting that the harness must give."""
    value = os.environ.get(name)
    if not value:
        raise SystemExit(f"{name} is not set")
    return value


def count() -> int:
    """How many operations to measure."""
    return int(setting("IZLY_BENCH_COUNT"))


def warmup() -> int:
    """How many come before, not measured."""
    return int(setting("IZLY_BENCH_WARMUP"))


def sample(name: str) -> bytes:
    """One of the texts that every language reads."""
    with open(os.path.join(setting("IZLY_BENCH_SAMPLES"), name), "rb") as file:
        return file.read()


def repeated(operation: Operation) -> str:
    """Warms up, measures, and gives the line to print."""
    repeat(operation, warmup())
    wanted = count()
    stopwatch = Stopwatch()
    total = repeat(operation, wanted)
    return stopwatch.line(wanted, total)


def repeat(operation: Operation, times: int) -> int:
    """The sum of what the operation gives."""
    total = 0
    for _ in range(times):
        total += operation()
    return total


class Stopwatch:
    """Runs from when it is made."""

    def __init__(self) -> None:
        self.wall = time.perf_counter_ns()
        self.cpu = processor_time()

    def line(self, operations: int, total: int) -> str:
        """Stops it: the line to print, as JSON. The largest memory, in KiB, is the whole process's."""
        cpu = processor_time() - self.cpu
        wall = time.perf_counter_ns() - self.wall
        numbers = f'"count": {operations}, "cpu_ns": {cpu}, "wall_ns": {wall}, "sum": {total}'
        return f'{{{numbers}, "rss_kib": {largest_memory()}}}'


def processor_time() -> int:
    """What this process and all its threads used, its own and the system's on its behalf, in nanoseconds."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return round((usage.ru_utime + usage.ru_stime) * 1_000_000) * 1000


def largest_memory() -> int:
    """The most that was ever resident, in KiB.

    Not what getrusage reports: that goes on from the process which started this one.
    """
    with open("/proc/self/status", encoding="ascii") as file:
        for line in file:
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    raise RuntimeError("the system does not say how much memory was used")
