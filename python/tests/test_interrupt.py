"""Ctrl-C ends a call while it waits, whatever it waits for."""

from __future__ import annotations

import contextlib
import signal
import socket
import time
from typing import TYPE_CHECKING

import izly
import pytest
from support.canned import Canned, echo
from support.partner import WAITING, new_client
from support.programs import run, start

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from types import FrameType

# Generous, for a busy machine; without the hook a call ends at its deadline, which is a minute.
LIMIT = 5

PROGRAM = """
import sys, time
import izly
from support.partner import ORDER

client = izly.Client("UGFyaXMtNzgtNzgtNzgtNzg6czNjcmV0", sys.argv[1], deadline=60, connect_timeout=60)
print("ready", flush=True)
try:
    {call}
except KeyboardInterrupt as interrupt:
    print(time.monotonic(), type(interrupt.__cause__).__name__, flush=True)
"""


@contextlib.contextmanager
def full_backlog() -> Generator[str]:
    """An address that takes no connection and refuses none: its queue is full."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(8):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@contextlib.contextmanager
def deaf() -> Generator[str]:
    """An address that takes a connection and never says a word, so that TLS waits for ever."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"


@contextlib.contextmanager
def silent() -> Generator[str]:
    """A server that takes requests and does not answer."""
    with Canned() as server:
        server.stay_silent()
        yield server.url


@contextlib.contextmanager
def stuttering() -> Generator[str]:
    """A server that begins an answer and does not end it."""
    with Canned() as server:
        server.respond(lambda _: b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{")
        yield server.url


@contextlib.contextmanager
def undecided() -> Generator[str]:
    """A server whose payments wait."""
    with Canned() as server:
        server.answer(200, WAITING)
        yield server.url


WAITS = {
    "an answer": (silent, "client.payment(1)"),
    "an answer to a payment": (silent, "client.create_payment(ORDER)"),
    "the rest of an answer": (stuttering, "client.payment(1)"),
    "a connection": (full_backlog, "client.payment(1)"),
    "TLS": (deaf, "client.payment(1)"),
    "a decision": (undecided, "client.confirm(52795, ORDER, patience=60)"),
}


@pytest.mark.parametrize("what", WAITS)
def test_ctrl_c_ends_a_call(what: str, figure: Callable[[str], None]) -> None:
    """A KeyboardInterrupt, soon, whose cause says what became of the request."""
    wait, call = WAITS[what]
    with wait() as url, start(PROGRAM.format(call=call), url) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.4)
        assert process.poll() is None, process.communicate()
        sent = time.monotonic()
        process.send_signal(signal.SIGINT)
        printed, complaints = process.communicate(timeout=30)
        assert complaints == ""
        moment, cause = printed.split()
        took = float(moment) - sent
        figure(f"Ctrl-C while a call waits for {what}: {took * 1000:.0f} ms")
        assert took < LIMIT
        assert cause in ("InterruptedError", "NotFinalError")


def test_a_second_call_works(server: Canned) -> None:
    """After a Ctrl-C the client is as good as before, and no interrupt is left over."""
    program = """
        import signal, sys, threading
        import izly
        client = izly.Client("UGFyaXMtNzgtNzgtNzgtNzg6czNjcmV0", sys.argv[1], deadline=20)
        for _ in range(3):
            threading.Timer(0.2, signal.raise_signal, [signal.SIGINT]).start()
            try:
                client.payment(1)
                print("it was answered")
            except KeyboardInterrupt as interrupt:
                print(interrupt.__cause__.outcome, interrupt.__cause__.kind)
            assert client.payment(7).operation_id == 7
    """
    server.respond(lambda request: None if request.target.endswith("/1") else echo(request))
    assert run(program, server.url) == "unknown interrupted\n" * 3


def test_ctrl_c_ends_asyncio(server: Canned, figure: Callable[[str], None]) -> None:
    """The program ends at once: no thread is waited for."""
    server.stay_silent()
    program = """
        import asyncio, sys, time
        import izly

        async def main():
            client = izly.AsyncClient("UGFyaXMtNzgtNzgtNzgtNzg6czNjcmV0", sys.argv[1], deadline=60)
            print("ready", flush=True)
            await asyncio.gather(*(client.payment(number) for number in range(1, 9)))

        try:
            asyncio.run(main())
        except KeyboardInterrupt:
            print("interrupted", flush=True)
    """
    with start(program, server.url) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        server.wait_for_request()
        time.sleep(0.2)
        sent = time.monotonic()
        process.send_signal(signal.SIGINT)
        printed, complaints = process.communicate(timeout=30)
        took = time.monotonic() - sent
    figure(f"Ctrl-C in asyncio, eight calls: the process was gone after {took * 1000:.0f} ms")
    assert (printed, complaints, process.returncode) == ("interrupted\n", "", 0)
    assert took < 5


@pytest.fixture
def alarms() -> Iterator[list[float]]:
    """Signals that come all the time, and when each was handled."""
    handled: list[float] = []

    def handle(number: int, frame: FrameType | None) -> None:
        handled.append(time.monotonic())

    before = signal.signal(signal.SIGALRM, handle)
    signal.setitimer(signal.ITIMER_REAL, 0.02, 0.02)
    yield handled
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


def test_a_handler_that_returns_ends_nothing(server: Canned, alarms: list[float]) -> None:
    """It runs while the call waits, and the call goes on, as Python's own do."""

    def respond(request: object) -> bytes:
        time.sleep(0.5)
        return echo(request)  # type: ignore[arg-type]

    server.respond(respond)
    with new_client(server.url) as client:
        begins = time.monotonic()
        assert client.payment(7).operation_id == 7
        ends = time.monotonic()
    assert len([moment for moment in alarms if begins < moment < ends]) >= 3


def test_what_a_handler_raises_comes_out(server: Canned) -> None:
    """Not only Ctrl-C: a supervisor's own signal too."""

    class Overtime(Exception):
        pass

    def handle(number: int, frame: FrameType | None) -> None:
        raise Overtime

    server.stay_silent()
    before = signal.signal(signal.SIGALRM, handle)
    try:
        with new_client(server.url) as client:
            signal.setitimer(signal.ITIMER_REAL, 0.2)
            with pytest.raises(Overtime) as caught:
                client.payment(1)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    cause = caught.value.__cause__
    assert isinstance(cause, izly.InterruptedError)
    assert (cause.outcome, cause.call) == ("unknown", "payment")


def test_other_threads_are_left_alone(server: Canned) -> None:
    """A signal is the main thread's affair: a call in another one goes on to its end."""
    program = """
        import signal, sys, threading, time
        import izly
        client = izly.Client("UGFyaXMtNzgtNzgtNzgtNzg6czNjcmV0", sys.argv[1], deadline=20)
        answers = []
        thread = threading.Thread(target=lambda: answers.append(client.payment(7).operation_id))
        thread.start()
        try:
            threading.Timer(0.1, signal.raise_signal, [signal.SIGINT]).start()
            time.sleep(10)
        except KeyboardInterrupt:
            thread.join()
        print(answers)
    """

    def respond(request: object) -> bytes:
        time.sleep(0.6)
        return echo(request)  # type: ignore[arg-type]

    server.respond(respond)
    assert run(program, server.url) == "[7]\n"
