"""`AsyncClient`: the same calls, to be awaited, cancelled, gathered."""

from __future__ import annotations

import asyncio
import contextvars
import gc
import inspect
import logging
import threading
import time
import uuid
from typing import TYPE_CHECKING

import izly
import pytest
from izly import _options
from support.canned import Canned, echo
from support.partner import API_KEY, OPERATION, ORDER, WAITING

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from typing import Any

    from izly.testing import CallbackReceiver, Sandbox

CALLS = ["confirm", "create_payment", "finish_login", "payment", "refresh", "refund", "user"]


def run(main: Coroutine[Any, Any, object]) -> None:
    """Runs it to its end, in debug mode, in which a call that blocks the loop is told."""
    asyncio.run(main, debug=True)


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What asyncio complains of: exceptions that nobody retrieved, callbacks that took too long."""
    told: list[str] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            # How long a callback took says how busy the machine is.
            if not record.getMessage().startswith("Executing "):
                told.append(record.getMessage())

    keeper = Keeper(logging.WARNING)
    logging.getLogger("asyncio").addHandler(keeper)
    yield told
    gc.collect()
    logging.getLogger("asyncio").removeHandler(keeper)
    assert told == []


def izly_threads() -> list[threading.Thread]:
    """The threads of all clients."""
    return [thread for thread in threading.enumerate() if thread.name.startswith("izly_")]


def wait_for_no_threads() -> None:
    """Threads go by themselves once they have nothing to do."""
    for _ in range(500):
        if not izly_threads():
            return
        time.sleep(0.01)
    pytest.fail(f"threads stayed: {izly_threads()}")


def parameters_of(method: Callable[..., object]) -> list[tuple[str, Any]]:
    """The names and kinds of a method's parameters, without `self`."""
    return [(one.name, one.kind) for one in inspect.signature(method).parameters.values()][1:]


def keywords_of(function: Callable[..., object]) -> set[str]:
    """The names of its keywords."""
    return {one.name for one in inspect.signature(function).parameters.values() if one.kind is one.KEYWORD_ONLY}


def test_it_has_what_the_client_has() -> None:
    """The same names, parameters and defaults; all awaitable but those that send nothing."""
    public = {name for name in dir(izly.Client) if not name.startswith("_")} - {"close"} | {"aclose"}
    assert {name for name in dir(izly.AsyncClient) if not name.startswith("_")} == public
    for name in CALLS:
        blocking, awaitable = getattr(izly.Client, name), getattr(izly.AsyncClient, name)
        assert inspect.iscoroutinefunction(awaitable)
        assert parameters_of(awaitable) == parameters_of(blocking)
    assert not inspect.iscoroutinefunction(izly.AsyncClient.start_login)


def test_the_options_are_those_of_the_client() -> None:
    """The type checkers' list of options is kept by hand."""
    assert _options.Options.__optional_keys__ == keywords_of(izly.Client) == keywords_of(izly.Client.from_env)
    assert _options.Changes.__optional_keys__ == keywords_of(izly.Client.with_options)
    assert _options.AsyncOptions.__optional_keys__ - _options.Options.__optional_keys__ == {"max_workers"}


def test_the_whole_flow(izly_sandbox: Sandbox, izly_callback: CallbackReceiver, complaints: list[str]) -> None:
    """Login, user, refresh, create, approve, callback, confirm, refund."""

    async def main() -> None:
        async with izly_sandbox.async_client() as client:
            login = client.start_login()
            tokens = await client.finish_login(await asyncio.to_thread(izly_sandbox.login, login), login.state)
            user = await client.user(tokens)
            assert user.client_code == "etu00001"
            assert await client.user(await client.refresh(tokens)) == user
            order = izly.Order(f"async-{uuid.uuid4()}", 150)
            pending = await client.create_payment(izly.NewPayment(order, message="2 cafés"))
            with pytest.raises(izly.NotFinalError):
                await client.confirm(pending, order)
            await asyncio.to_thread(izly_sandbox.approve, pending)
            callback = izly.Callback.parse(await asyncio.to_thread(izly_callback.next))
            paid = await client.confirm(callback, order, patience=2)
            assert (paid.order_id, paid.amount_cents) == (order.id, 150)
            assert await client.payment(paid.operation_id) == paid.payment
            assert (await client.refund(paid)).status == izly.Status.REFUND
            assert client.identifier == izly_sandbox.identifier
            assert str(client.environment) == izly_sandbox.base_url

    run(main())
    assert complaints == []
    wait_for_no_threads()


def test_many_at_once(server: Canned, complaints: list[str]) -> None:
    """200 calls over 32 threads: each answer is the one that was asked for."""
    server.respond(echo)

    async def main() -> None:
        async with izly.AsyncClient(API_KEY, server.url) as client:
            payments = await asyncio.gather(*(client.payment(number) for number in range(1, 201)))
            assert [payment.operation_id for payment in payments] == list(range(1, 201))
            assert len(izly_threads()) <= 32

    run(main())
    wait_for_no_threads()


def test_calls_run_side_by_side(server: Canned, complaints: list[str]) -> None:
    """Ten calls that each wait for all ten: one after the other they would never end."""
    barrier = threading.Barrier(10, timeout=20)

    def respond(request: Any) -> bytes:
        barrier.wait()
        return echo(request)

    server.respond(respond)

    async def main() -> None:
        async with izly.AsyncClient(API_KEY, server.url, max_workers=10) as client:
            await asyncio.gather(*(client.payment(number) for number in range(1, 11)))

    run(main())


def test_a_limit_on_threads(server: Canned) -> None:
    """The rest waits for its turn."""
    running, most, lock = 0, 0, threading.Lock()

    def respond(request: Any) -> bytes:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.01)
        with lock:
            running -= 1
        return echo(request)

    server.respond(respond)

    async def main() -> None:
        async with izly.AsyncClient(API_KEY, server.url, max_workers=3) as client:
            await asyncio.gather(*(client.payment(number) for number in range(1, 31)))

    run(main())
    assert 1 <= most <= 3
    with pytest.raises(ValueError, match="max_workers"):
        izly.AsyncClient(API_KEY, server.url, max_workers=0)


def test_the_loop_runs_on(server: Canned) -> None:
    """While a call waits, other tasks do not."""
    release = threading.Event()

    def respond(request: Any) -> bytes:
        release.wait(20)
        return echo(request)

    server.respond(respond)

    async def main() -> None:
        async with izly.AsyncClient(API_KEY, server.url) as client:
            call = asyncio.create_task(client.payment(7))
            for _ in range(20):
                await asyncio.sleep(0.001)
            assert not call.done()
            release.set()
            assert (await call).operation_id == 7

    run(main())


def cancelled_by_timeout(client: izly.AsyncClient) -> Coroutine[Any, Any, object]:
    """A call under a deadline of the program's own."""
    return asyncio.wait_for(client.payment(OPERATION), 0.1)


def cancelled_with_patience(client: izly.AsyncClient) -> Coroutine[Any, Any, object]:
    """A confirmation that asks again and again."""
    return asyncio.wait_for(client.confirm(OPERATION, ORDER, patience=60), 0.5)


@pytest.mark.parametrize("wait", [cancelled_by_timeout, cancelled_with_patience])
def test_a_cancelled_call_ends(
    wait: Callable[[izly.AsyncClient], Coroutine[Any, Any, object]],
    server: Canned,
    complaints: list[str],
    figure: Callable[[str], None],
) -> None:
    """Its thread is free again long before the deadline, and nobody hears of its error."""
    if wait is cancelled_by_timeout:
        server.stay_silent()
    else:
        server.answer(200, WAITING)

    async def main() -> None:
        async with izly.AsyncClient(API_KEY, server.url, deadline=60, max_workers=1) as client:
            with pytest.raises(asyncio.TimeoutError):
                await wait(client)
            cancelled = time.monotonic()
            server.respond(echo)
            # There is one thread: it must let go of the call before it can make this one.
            assert (await client.payment(7)).operation_id == 7
            took = time.monotonic() - cancelled
            figure(f"asyncio, {wait.__name__}: the thread was free after {took * 1000:.0f} ms")
            assert took < 5

    run(main())
    wait_for_no_threads()


def test_a_call_that_waits_for_a_thread_is_never_made(server: Canned, complaints: list[str]) -> None:
    """Cancelled in the queue, it was not sent."""
    server.stay_silent()

    async def main() -> None:
        async with izly.AsyncClient(API_KEY, server.url, max_workers=1) as client:
            first = asyncio.create_task(client.payment(1))
            await asyncio.to_thread(server.wait_for_request)
            second = asyncio.create_task(client.payment(2))
            await asyncio.sleep(0.05)
            second.cancel()
            first.cancel()
            results = await asyncio.gather(first, second, return_exceptions=True)
            assert [type(result) for result in results] == [asyncio.CancelledError] * 2

    run(main())
    wait_for_no_threads()
    assert [request.target for request in server.requests] == ["/api/Izly/WebPayments/1"]


def test_errors_arrive(server: Canned, complaints: list[str]) -> None:
    """As they are raised; also those that nobody awaits to the end."""
    server.answer(400, '{"Code":356,"ErrorMessage":"introuvable"}')

    async def main() -> None:
        async with izly.AsyncClient(API_KEY, server.url) as client:
            with pytest.raises(izly.ApiError) as caught:
                await client.payment(1)
            assert caught.value.api_code == 356
            with pytest.raises(TypeError, match="operation_id"):
                await client.payment(1.0)  # type: ignore[arg-type]

    run(main())


def test_context_variables_are_seen(server: Canned) -> None:
    """A log handler knows which request a record is about."""
    server.respond(echo)
    request_id = contextvars.ContextVar("request_id", default="none")
    seen: list[str] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen.append(f"{request_id.get()} {record.getMessage().split()[2]}")

    async def handle(client: izly.AsyncClient, number: int) -> None:
        request_id.set(f"request-{number}")
        await client.payment(number)

    async def main() -> None:
        async with izly.AsyncClient(API_KEY, server.url) as client:
            await asyncio.gather(*(handle(client, number) for number in range(1, 6)))

    logger, keeper = logging.getLogger("izly"), Keeper()
    logger.addHandler(keeper)
    logger.setLevel(logging.DEBUG)
    try:
        run(main())
    finally:
        logger.removeHandler(keeper)
        logger.setLevel(logging.NOTSET)
    assert sorted(seen) == [f"request-{number} /api/Izly/WebPayments/{number}" for number in range(1, 6)]


def test_one_client_on_several_loops(server: Canned) -> None:
    """In turn, and in threads at once."""
    server.respond(echo)
    client = izly.AsyncClient(API_KEY, server.url)
    failures: list[BaseException] = []

    async def main(number: int) -> None:
        assert (await client.payment(number)).operation_id == number

    def work(number: int) -> None:
        try:
            for _ in range(5):
                asyncio.run(main(number))
        except BaseException as error:
            failures.append(error)

    asyncio.run(main(1))
    asyncio.run(main(2))
    threads = [threading.Thread(target=work, args=(number,)) for number in range(3, 11)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    asyncio.run(client.aclose())
    wait_for_no_threads()


def test_closing_waits_for_nothing(server: Canned, complaints: list[str]) -> None:
    """A call that is under way goes on to its end: neither it nor the loop is held up."""
    release = threading.Event()

    def respond(request: Any) -> bytes:
        release.wait(20)
        return echo(request)

    server.respond(respond)

    async def main() -> None:
        client = izly.AsyncClient(API_KEY, server.url)
        call = asyncio.create_task(client.payment(7))
        await asyncio.to_thread(server.wait_for_request)
        await client.aclose()
        assert not call.done()
        release.set()
        assert (await call).operation_id == 7

    run(main())
    wait_for_no_threads()


def test_a_closed_client(server: Canned, monkeypatch: pytest.MonkeyPatch) -> None:
    """Says so; closing it twice is fine, and so is closing one that was never used."""
    monkeypatch.setenv("IZLY_API_KEY", API_KEY)
    monkeypatch.setenv("IZLY_ENVIRONMENT", server.url)

    async def main() -> None:
        client = izly.AsyncClient.from_env(max_workers=2, deadline=3)
        other = client.with_options(deadline=4)
        await client.aclose()
        await client.aclose()
        with pytest.raises(RuntimeError, match="closed"):
            await client.payment(1)
        server.respond(echo)
        assert (await other.payment(7)).operation_id == 7
        await other.aclose()
        await client.aclose()

    run(main())
    wait_for_no_threads()
