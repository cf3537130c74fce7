"""Many threads on one client, against a server that takes its time: what matters is the time on the wall.

Setting: IZLY_BENCH_THREADS, 64 unless given.
"""

from __future__ import annotations

import os

import wire
from measure import Stopwatch, count, repeat, warmup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from measure import Operation


def izly() -> str:
    """One client."""
    from peer_izly import client

    payment = client().payment
    return shared(lambda: payment(wire.OPERATION_ID).amount_cents)


def requests() -> str:
    """One session, with room for a connection for each thread."""
    from peer_requests import read_operation, session

    return shared(read_operation(session(connections=number())))


def number() -> int:
    """How many threads."""
    return int(os.environ.get("IZLY_BENCH_THREADS", "64"))


def shared(operation: Operation) -> str:
    """Measures the operation, all threads together; they have begun and are warm before the clock starts."""
    crew = Crew(operation)
    crew.run()
    return crew.line


class Crew:
    """The threads, and what they found."""

    def __init__(self, operation: Operation) -> None:
        import threading

        self.operation = operation
        self.sums: list[int] = []
        self.failures: list[BaseException] = []
        # The last to arrive starts the clock, before any goes on.
        self.start = threading.Barrier(number(), action=self.start_clock)
        self.threads = [threading.Thread(target=self.work, args=(share,)) for share in shares(count(), number())]

    def run(self) -> None:
        """Until all have ended; the first failure is raised here."""
        for thread in self.threads:
            thread.start()
        for thread in self.threads:
            thread.join()
        if self.failures:
            raise self.failures[0]
        self.line = self.stopwatch.line(count(), sum(self.sums))

    def start_clock(self) -> None:
        """Everyone is warm."""
        self.stopwatch = Stopwatch()

    def work(self, share: int) -> None:
        """One thread: at least one read to warm up, for a connection of its own."""
        try:
            repeat(self.operation, max(1, warmup() // number()))
            self.start.wait()
            self.sums.append(repeat(self.operation, share))
        except BaseException as failure:  # noqa: BLE001 - raised again once all have ended.
            self.failures.append(failure)
            # The others would wait for this one for ever.
            self.start.abort()


def shares(operations: int, threads: int) -> list[int]:
    """How many each of them makes: as equal as can be."""
    each, rest = divmod(operations, threads)
    return [each + (thread < rest) for thread in range(threads)]


OPERATIONS = {"threads": {"izly": izly, "requests": requests}}
