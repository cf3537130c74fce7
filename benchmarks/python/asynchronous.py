"""64 reads at a time under asyncio."""

from __future__ import annotations

import wire
from measure import Stopwatch, count, warmup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    # Makes one read, and gives its share of the sum.
    Read = Callable[[], Awaitable[int]]

TASKS = 64


def izly() -> str:
    """With a thread for each task."""
    import asyncio

    return asyncio.run(izly_reads())


async def izly_reads() -> str:
    """One client for all."""
    from peer_izly import async_client

    async with async_client(TASKS) as client:

        async def read() -> int:
            return (await client.payment(wire.OPERATION_ID)).amount_cents

        return await measured(read)


def httpx() -> str:
    """With a connection for each task, none of them kept."""
    import asyncio

    return asyncio.run(httpx_reads())


async def httpx_reads() -> str:
    """One client for all."""
    from peer_httpx import async_client

    url = wire.read_url()
    async with async_client(TASKS) as client:

        async def read() -> int:
            return len((await client.get(url)).content)

        return await measured(read)


async def measured(read: Read) -> str:
    """Warms up, measures, and gives the line to print."""
    await at_a_time(read, max(warmup(), TASKS))
    wanted = count()
    stopwatch = Stopwatch()
    total = await at_a_time(read, wanted)
    return stopwatch.line(wanted, total)


async def at_a_time(read: Read, times: int) -> int:
    """The sum of so many reads, which the tasks take from one heap."""
    import asyncio

    heap = iter(range(times))
    return sum(await asyncio.gather(*(take(heap, read) for _ in range(TASKS))))


async def take(heap: Iterator[int], read: Read) -> int:
    """One task: reads until the heap is gone."""
    total = 0
    for _ in heap:
        total += await read()
    return total


OPERATIONS = {"read_async": {"izly": izly, "httpx": httpx}}
