"""Calls made while another one waits in the same thread: by a signal's handler, at exit, in a log handler."""

from __future__ import annotations

import logging
import signal
from typing import TYPE_CHECKING

import izly
import pytest
from support.canned import http
from support.partner import API_KEY, OPERATION, PAID, new_client
from support.programs import run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.canned import Canned, Request


@pytest.fixture
def alarm() -> Iterator[list[object]]:
    """What the handler of an alarm does, in order."""
    actions: list[object] = []

    def handle(_number: int, _frame: object) -> None:
        for action in actions:
            assert callable(action)
            action()

    before = signal.signal(signal.SIGALRM, handle)
    yield actions
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


def test_the_outcome_of_a_call_is_its_own(server: Canned, alarm: list[object]) -> None:
    """A refund on the wire stays unknown, whatever another call does meanwhile."""
    server.stay_silent()
    inner = new_client("http://127.0.0.1:9", deadline=1)
    seen: list[str] = []

    def call() -> None:
        try:
            inner.payment(OPERATION)
        except izly.Error as error:
            seen.append(error.outcome)

    alarm.append(call)
    outer = new_client(server.url, deadline=0.8)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    with pytest.raises(izly.TimeoutError) as caught:
        outer.refund(izly.RefundTarget(OPERATION, "order-42"))
    assert seen == ["not_sent"]
    assert (caught.value.outcome, caught.value.phase, caught.value.retry) == ("unknown", "receive", "look_up_first")


def test_each_call_tells_its_own_attempts(server: Canned, alarm: list[object]) -> None:
    """The attempts of the outer call are not told by the inner one, nor lost."""
    answers = iter([http(503), http(503), http(200, PAID), http(200, PAID)])
    server.respond(lambda _request: next(answers), keeps_connections=False)
    told: list[tuple[str, object]] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append((record.name, vars(record)["izly_attempt"]))

    logger, keeper = logging.getLogger("izly"), Keeper()
    logger.addHandler(keeper)
    logger.setLevel(logging.DEBUG)
    inner = new_client("http://127.0.0.1:9", deadline=0.05)

    def call() -> None:
        with pytest.raises(izly.Error):
            inner.payment(OPERATION)

    alarm.append(call)
    try:
        # In the pause between the first attempt and the second.
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        new_client(server.url).payment(OPERATION)
    finally:
        logger.removeHandler(keeper)
        logger.setLevel(logging.NOTSET)
    assert told == [("izly", 1), ("izly", 1), ("izly", 2), ("izly", 3)]


def test_a_signal_before_a_call_sends_nothing(server: Canned, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is raised, wherever Python happened to be."""

    def interrupt(_level: int) -> bool:
        raise KeyboardInterrupt

    def nothing(_request: Request) -> bytes:
        return http(500)

    server.respond(nothing)
    monkeypatch.setattr(logging.getLogger("izly"), "isEnabledFor", interrupt)
    with pytest.raises(KeyboardInterrupt):
        new_client(server.url).create_payment(izly.Order("order-42", 150))
    assert not server.requests


DAEMONS = """
import sys, threading, time
import izly

client = izly.Client({key!r}, {url!r}, deadline=1)

def call():
    try:
        client.payment(1)
    except izly.Error:
        pass

class Slow:
    def __del__(self):
        time.sleep(1.5)

for _ in range(4):
    threading.Thread(target=call, daemon=True).start()
time.sleep(0.3)
sys.modules["slow"] = Slow()
"""


def test_daemon_threads_in_a_call_do_not_crash_the_end(server: Canned) -> None:
    """Python ends such threads by unwinding them, through this module."""
    server.stay_silent()
    # A program that crashes fails in there.
    assert run(DAEMONS.format(key=API_KEY, url=server.url)) == ""
