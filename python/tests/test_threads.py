"""Sixteen threads on one client: every answer is the one its thread asked for."""

from __future__ import annotations

import threading
import time
import uuid
from typing import TYPE_CHECKING

import izly
import pytest
from support.canned import Canned, echo
from support.partner import CALLBACK, new_client

if TYPE_CHECKING:
    from collections.abc import Callable

    from izly.testing import Sandbox

THREADS = 16


def run_in_threads(work: Callable[[int], None], count: int = THREADS) -> None:
    """Runs it in threads that begin together; what one raises is raised here."""
    failures: list[BaseException] = []
    barrier = threading.Barrier(count)

    def begin(number: int) -> None:
        try:
            barrier.wait()
            work(number)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=begin, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def test_each_thread_gets_its_own_answers(izly_sandbox: Sandbox) -> None:
    """Calls of every sort, mixed."""
    client = izly_sandbox.client()

    def work(number: int) -> None:
        for turn in range(8):
            order = izly.Order(f"threads-{uuid.uuid4()}", 100 + number)
            pending = client.create_payment(izly.NewPayment(order, message=f"{number} {turn}"))
            assert (pending.order, pending.message) == (order, f"{number} {turn}")
            for _ in range(3):
                payment = client.payment(pending.operation_id)
                assert (payment.operation_id, payment.order_id) == (pending.operation_id, order.id)
                assert payment.amount_cents == 100 + number
            with pytest.raises(izly.NotFinalError):
                client.confirm(pending, order)
            with pytest.raises(izly.MismatchError):
                client.confirm(pending, izly.Order(order.id, 1))
            with pytest.raises(izly.AuthenticationError):
                client.user("nobody's")
            with pytest.raises(izly.ApiError) as spent:
                client.refresh("nobody's")
            assert spent.value.oauth_error == "invalid_grant"
            login = client.start_login(izly.Scope(number + 1))
            assert login.state.reveal() in login.url
            assert f"scope={number + 1}&" in login.url

    with client:
        run_in_threads(work)


def test_reads_at_full_speed(server: Canned) -> None:
    """Thousands of small answers, each to its own thread, over a handful of connections."""
    server.respond(echo)
    with new_client(server.url) as client:

        def work(number: int) -> None:
            for step in range(150):
                wanted = 1 + number * 1000 + step
                assert client.payment(wanted).operation_id == wanted

        run_in_threads(work)
    assert server.accepted <= 2 * THREADS


def test_callbacks_are_read_in_threads() -> None:
    """Without a lock between them."""

    def work(number: int) -> None:
        for step in range(300):
            wanted = 1 + number * 1000 + step
            callback = izly.Callback.parse(CALLBACK.replace("52795", str(wanted)))
            assert callback.operation_id == wanted
            assert callback.untrusted.status == "Completed"
            assert hash(callback) == hash(izly.Callback.parse(CALLBACK.replace("52795", str(wanted))))

    run_in_threads(work)


def test_the_interpreter_runs_on_while_a_call_waits(client: izly.Client, server: Canned) -> None:
    """Sixteen calls wait for each other: with the interpreter's lock held, none would ever be answered."""
    barrier = threading.Barrier(THREADS, timeout=20)

    def respond(request: object) -> bytes:
        barrier.wait()
        return echo(request)  # type: ignore[arg-type]

    server.respond(respond)

    def work(number: int) -> None:
        assert client.payment(number + 1).operation_id == number + 1

    run_in_threads(work)


def test_closing_beside_running_calls(client: izly.Client, server: Canned) -> None:
    """Calls that are under way end as if nothing had happened; later ones say that it is closed."""
    release = threading.Event()

    def respond(request: object) -> bytes:
        release.wait(20)
        return echo(request)  # type: ignore[arg-type]

    server.respond(respond)
    done: list[int] = []

    def work(number: int) -> None:
        if number == THREADS:
            while len(server.requests) < THREADS:
                time.sleep(0.001)
            client.close()
            release.set()
        else:
            done.append(client.payment(number + 1).operation_id)

    run_in_threads(work, THREADS + 1)
    assert sorted(done) == list(range(1, THREADS + 1))
    with pytest.raises(RuntimeError, match="closed"):
        client.payment(1)
