"""The client for programs that use asyncio.

Every call is the blocking one, in a thread: the native half waits without the interpreter lock, so a thread costs about
a tenth of what an HTTP client written in Python does. There is one implementation of the protocol, not two.
"""

from __future__ import annotations

import asyncio
import contextvars
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar, cast

from izly import Client, Scope
from izly._native import Interrupt

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from types import TracebackType
    from typing_extensions import Unpack

    from izly import (
        AccessToken,
        ApiKey,
        Callback,
        Environment,
        Login,
        NewPayment,
        Order,
        PaidPayment,
        Payment,
        PendingPayment,
        Refund,
        RefreshToken,
        RefundTarget,
        State,
        Tokens,
        UserDetails,
    )
    from izly._options import Changes, Options

__all__ = ["AsyncClient"]

_P = ParamSpec("_P")
_R = TypeVar("_R")


class _Call(Generic[_R]):
    """A call to be made in a thread. Covers its arguments, which may be secret, where a traceback shows variables."""

    __slots__ = ("_arguments", "_function", "_keywords")

    def __init__(self, function: Callable[_P, _R], *arguments: _P.args, **keywords: _P.kwargs) -> None:
        self._function: Callable[..., _R] = function
        self._arguments = arguments
        self._keywords = keywords

    def __call__(self) -> _R:
        return self._function(*self._arguments, **self._keywords)


class AsyncClient:
    """Talks to Izly for one partner, from asyncio: `Client` with the same names, to be awaited.

        async with izly.AsyncClient(api_key, "preproduction") as client:
            pending = await client.create_payment(izly.Order("order-42", 150))

    Made once and shared, by any number of tasks, event loops and threads; a forked process gets threads and connections
    of its own. At most `max_workers` calls run at once, and further ones wait for their turn.

    Cancelling a task ends its call within about 50 ms, so `asyncio.timeout` and Ctrl-C work. **A cancelled
    `create_payment`, `refund`, `refresh` or `finish_login` has an unknown outcome**: it may have been carried out. Treat
    it as an error whose `retry` is `look_up_first`, or let it finish under `asyncio.shield`.
    """

    def __init__(
        self,
        api_key: str | ApiKey,
        environment: str | Environment,
        *,
        max_workers: int = 32,
        **options: Unpack[Options],
    ) -> None:
        """Takes what `Client` takes, and how many calls may run at once."""
        try:
            self._set_up(Client(api_key, environment, **options), max_workers)
        finally:
            # A report of an error may show the variables of each function, and a proxy's address hold a password.
            del api_key, options

    @classmethod
    def from_env(cls, *, max_workers: int = 32, **options: Unpack[Options]) -> AsyncClient:
        """A client from the variables that `Client.from_env` reads; options win over them."""
        try:
            return cls._around(Client.from_env(**options), max_workers)
        finally:
            del options

    def with_options(self, *, max_workers: int | None = None, **changes: Unpack[Changes]) -> AsyncClient:
        """Another client that differs in these options, as `Client.with_options` makes it."""
        try:
            kept = self._max_workers if max_workers is None else max_workers
            return self._around(self._client.with_options(**changes), kept)
        finally:
            del changes

    @classmethod
    def _around(cls, client: Client, max_workers: int) -> AsyncClient:
        made = cls.__new__(cls)
        made._set_up(client, max_workers)
        return made

    def _set_up(self, client: Client, max_workers: int) -> None:
        if max_workers < 1:
            raise ValueError("max_workers must be at least 1")
        self._client = client
        self._max_workers = max_workers
        # The threads of this process, by its id: those of the process it was forked from stayed there.
        self._pools: dict[int, ThreadPoolExecutor] = {}
        # The calls that were accepted and have not ended. Adding and discarding need no lock.
        self._calls: set[Future[object]] = set()
        self._is_closed = False

    @property
    def identifier(self) -> str:
        """The partner's identifier."""
        return self._client.identifier

    @property
    def environment(self) -> Environment:
        """The Izly it talks to."""
        return self._client.environment

    def start_login(self, scope: Scope = Scope.USER_DETAILS) -> Login:
        """Begins a login: the page to send the browser to, and the state to keep in its session (protocol §3.1).

        Nothing is sent, so there is nothing to await.
        """
        return self._client.start_login(scope)

    async def finish_login(self, raw_query: str | bytes, state: State | str) -> Tokens:
        """Finishes a login: checks the state, reads the code, trades it for tokens. See `Client.finish_login`."""
        call = _Call(self._client.finish_login, raw_query, state)
        del raw_query, state
        return await self._run(call)

    async def refresh(self, tokens: Tokens | RefreshToken | str) -> Tokens:
        """Trades the refresh token for new tokens. See `Client.refresh`."""
        call = _Call(self._client.refresh, tokens)
        del tokens
        return await self._run(call)

    async def user(self, access: Tokens | AccessToken | str) -> UserDetails:
        """Reads the details of the student who gave this token. See `Client.user`."""
        call = _Call(self._client.user, access)
        del access
        return await self._run(call)

    async def create_payment(self, payment: NewPayment | Order) -> PendingPayment:
        """Creates a payment for the student to approve. Sent once, whatever happens. See `Client.create_payment`."""
        return await self._run(_Call(self._client.create_payment, payment))

    async def payment(self, operation_id: int) -> Payment:
        """Reads a payment, for support desks and reconciliation. See `Client.payment`."""
        return await self._run(_Call(self._client.payment, operation_id))

    async def confirm(
        self, operation: Callback | PendingPayment | int, order: Order, *, patience: float = 0
    ) -> PaidPayment:
        """Reads a payment back and compares it with the partner's own order. See `Client.confirm`."""
        return await self._run(_Call(self._client.confirm, operation, order, patience=patience))

    async def refund(self, payment: PaidPayment | Payment | RefundTarget) -> Refund:
        """Gives the whole amount back. Sent once, whatever happens. See `Client.refund`."""
        return await self._run(_Call(self._client.refund, payment))

    async def aclose(self) -> None:
        """Takes no further calls, and closes the connections once those that were made before have ended, all of them.

        Waits for nothing, and may be called twice. A call made after raises `RuntimeError`.
        """
        self._is_closed = True
        pool = self._pools.pop(os.getpid(), None)
        if pool is not None:
            pool.shutdown(wait=False)
        self._close_if_idle()

    async def __aenter__(self) -> AsyncClient:
        """Itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Closes it."""
        await self.aclose()

    def __repr__(self) -> str:
        """Where it calls and for whom; never the key."""
        # One whose settings were refused has no client, and still appears in the report of that.
        return f"AsyncClient({getattr(self, '_client', None)!r})"

    async def _run(self, call: _Call[_R]) -> _R:
        if self._is_closed:
            raise RuntimeError("this AsyncClient is closed")
        interrupt = Interrupt()
        context = contextvars.copy_context()
        future = self._pool().submit(context.run, interrupt.run, call)
        self._calls.add(future)
        future.add_done_callback(self._ended)
        try:
            # The native half passes on whatever the call gives, and cannot say so in its types.
            return cast("_R", await asyncio.wrap_future(future))
        except asyncio.CancelledError:
            # The thread would wait for its answer, and the program for the thread. Nobody waits for its error.
            interrupt.set()
            raise

    def _ended(self, call: Future[object]) -> None:
        self._calls.discard(call)
        self._close_if_idle()

    def _close_if_idle(self) -> None:
        if self._is_closed and not self._calls:
            self._client.close()

    def _pool(self) -> ThreadPoolExecutor:
        process = os.getpid()
        pool = self._pools.get(process)
        if pool is None:
            # Two threads may come here at once: one pool is kept, and threads begin with the first call.
            pool = self._pools.setdefault(process, ThreadPoolExecutor(self._max_workers, thread_name_prefix="izly"))
        return pool


AsyncClient.__module__ = "izly"
