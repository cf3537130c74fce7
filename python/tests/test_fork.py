"""A client that was used before a fork is used on after it, in both processes: no connection is shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.canned import echo_process
from support.programs import run

if TYPE_CHECKING:
    from collections.abc import Iterator

# What each program begins with. Python 3.12 and later warn of a fork beside threads, which is what is tested here.
PRELUDE = """
import os, sys, traceback, warnings
warnings.filterwarnings("ignore", message=".*multi-threaded.*fork", category=DeprecationWarning)
import izly
from support.partner import new_client

def ask(client, number):
    "Reads a payment, checks that it is the one that was asked for, and says over which connection it came."
    payment = client.payment(number)
    assert (payment.operation_id, payment.order_id, payment.amount_cents) == (number, f"order-{number}", number)
    return payment.message

def ask_often(client, process, count=100):
    "Numbers far apart: no two processes ask for the same."
    return {ask(client, process * 100_000 + step) for step in range(1, count)}

def fork(work, *arguments):
    "Runs it in a child; gives the child's id and where it says which connections it used."
    reader, writer = os.pipe()
    child = os.fork()
    if child:
        os.close(writer)
        return child, os.fdopen(reader)
    try:
        os.write(writer, "\\n".join(work(*arguments)).encode())
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)

def join(child, reader):
    "Waits for a child that ended well."
    with reader:
        said = set(reader.read().split())
    assert os.waitpid(child, 0)[1] == 0, "the child failed"
    return said
"""


@pytest.fixture
def server() -> Iterator[str]:
    """An echoing server in a process of its own: a thread of this one would not be in a child."""
    with echo_process() as url:
        yield url


def test_both_processes_go_on_at_once(server: str) -> None:
    """The parent and four children ask at the same time, each for payments of its own."""
    program = (
        PRELUDE
        + """
client = new_client(sys.argv[1])
before = ask_often(client, 0)
assert len(before) == 1, "reads share a connection"
children = [fork(ask_often, client, number) for number in range(1, 5)]
own = ask_often(client, 0)
used = [join(*child) for child in children]
assert own == before, "the parent keeps its connection"
for one in used:
    assert one and not one & before
assert len(set.union(*used)) == sum(len(one) for one in used), used
print("good")
"""
    )
    assert run(program, server) == "good\n"


def test_a_child_of_a_child(server: str) -> None:
    """A client that was forked twice, and one that was never used before the fork."""
    program = (
        PRELUDE
        + """
def child():
    first = ask_often(client, 1)
    grandchild = fork(ask_often, client, 2)
    second = ask_often(client, 3)
    other = join(*grandchild)
    assert first == second and not other & first, (first, second, other)
    return first | other

client = new_client(sys.argv[1])
before = ask_often(client, 0)
used = join(*fork(child))
assert not used & before
unused = new_client(sys.argv[1])
one, two = fork(ask_often, unused, 4), fork(ask_often, unused, 5)
own = ask_often(unused, 6)
assert not join(*one) & join(*two) & own
print("good")
"""
    )
    assert run(program, server) == "good\n"


def test_closing_in_the_child_takes_nothing_from_the_parent(server: str) -> None:
    """Each process has its own."""
    program = (
        PRELUDE
        + """
def close():
    client.close()
    return []

client = new_client(sys.argv[1])
before = ask(client, 1)
join(*fork(close))
assert ask(client, 2) == before
print("good")
"""
    )
    assert run(program, server) == "good\n"


def test_a_fork_beside_running_calls(server: str) -> None:
    """As a server does that forks while its threads work: nothing hangs, and nothing is mixed up."""
    program = (
        PRELUDE
        + """
import threading
client = new_client(sys.argv[1])
stop, failures = threading.Event(), []

def work(number):
    try:
        while not stop.is_set():
            ask_often(client, number, 10)
    except BaseException as error:
        failures.append(error)

threads = [threading.Thread(target=work, args=(number,)) for number in range(10, 18)]
for thread in threads:
    thread.start()
for round in range(10):
    join(*fork(ask_often, client, 100 + round, 20))
stop.set()
for thread in threads:
    thread.join()
assert not failures, failures
print("good")
"""
    )
    assert run(program, server) == "good\n"


def test_an_async_client_across_a_fork(server: str) -> None:
    """Its threads stay behind in the parent: the child makes its own."""
    program = (
        PRELUDE
        + """
import asyncio
client = izly.AsyncClient("UGFyaXMtNzgtNzgtNzgtNzg6czNjcmV0", sys.argv[1], max_workers=4)

async def ask_all(first):
    payments = await asyncio.gather(*(client.payment(first + step) for step in range(1, 50)))
    assert [payment.operation_id for payment in payments] == list(range(first + 1, first + 50))
    return {payment.message for payment in payments}

before = asyncio.run(ask_all(0))
child = fork(lambda: asyncio.run(ask_all(100_000)))
own = asyncio.run(ask_all(200_000))
used = join(*child)
assert used and not used & (own | before), (used, own, before)
asyncio.run(client.aclose())
print("good")
"""
    )
    assert run(program, server) == "good\n"


def test_workers_of_multiprocessing(server: str) -> None:
    """As gunicorn --preload and Celery have them: made before the fork, used after."""
    program = (
        PRELUDE
        + """
import multiprocessing
client = new_client(sys.argv[1])
before = ask_often(client, 0)

def work(number):
    return os.getpid(), ask(client, number)

with multiprocessing.get_context("fork").Pool(4) as pool:
    used = set(pool.map(work, range(1, 200), chunksize=5))
    pool.close()
    pool.join()
assert not {connection for _, connection in used} & before
assert len({connection for _, connection in used}) == len(used), "two workers shared a connection"
print("good")
"""
    )
    assert run(program, server) == "good\n"


def test_settings_of_a_child_are_its_own(server: str) -> None:
    """What a child changes is not seen in the parent, and errors are as good there."""
    program = (
        PRELUDE
        + """
def fail():
    hasty = client.with_options(deadline=2, environment="http://127.0.0.1:9")
    try:
        hasty.payment(1)
    except izly.ConnectError as error:
        return [error.outcome]

client = new_client(sys.argv[1])
ask(client, 1)
assert join(*fork(fail)) == {"not_sent"}
ask(client, 2)
print("good")
"""
    )
    assert run(program, server) == "good\n"
