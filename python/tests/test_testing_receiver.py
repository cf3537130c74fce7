"""`izly.testing.CallbackReceiver`: answers callbacks, and hands them to the test."""

from __future__ import annotations

import gc
import threading
import time

import izly
import pytest
from izly.testing import CallbackReceiver, Sandbox
from support.partner import CALLBACK, ORDER
from support.web import is_alive, post, read


def test_a_receiver_answers_and_hands_over() -> None:
    """In the order of arrival; accepted unless told otherwise."""
    with CallbackReceiver() as receiver:
        for body in (b"one", b"two"):
            status, headers, said = post(f"{receiver.url}?order=42", body)
            assert (status, said) == (200, b'{"Code":0,"ErrorMessage":""}')
            assert headers["Content-Type"] == "application/json; charset=utf-8"
        assert receiver.received == [b"one", b"two"]
        assert (receiver.next(), receiver.next(timeout=0)) == (b"one", b"two")
        with pytest.raises(TimeoutError, match=r"within 0.01 seconds"):
            receiver.next(timeout=0.01)
        assert repr(receiver) == f"<CallbackReceiver {receiver.url}, 2 received>"
        post(receiver.url, b"three")
        receiver.clear()
        assert receiver.received == []
        with pytest.raises(TimeoutError):
            receiver.next(timeout=0)
    assert not is_alive(receiver.url)
    receiver.close()


def test_next_waits() -> None:
    """For a callback that comes later."""
    with CallbackReceiver() as receiver:
        later = threading.Timer(0.1, post, [receiver.url, b"later"])
        later.start()
        assert receiver.next(timeout=10) == b"later"
        later.join()


def test_the_reply_can_be_chosen() -> None:
    """A reply, or a function of the body; changed at any time."""
    with CallbackReceiver(izly.Reply.rejected(12, "pas encore")) as receiver:
        assert post(receiver.url, b"")[::2] == (500, b'{"Code":12,"ErrorMessage":"pas encore"}')
        receiver.reply = lambda body: izly.Reply.rejected(int(body), "x").with_status(200)
        assert post(receiver.url, b"7")[::2] == (200, b'{"Code":7,"ErrorMessage":"x"}')
        receiver.reply = izly.Reply.accepted()
        assert post(receiver.url, b"7")[0] == 200


def test_a_reply_may_confirm() -> None:
    """As a partner's site does, from within the callback: Izly is asked while it waits for the answer."""
    with Sandbox() as sandbox, sandbox.client() as client:
        paid: list[izly.PaidPayment] = []

        def settle(body: bytes) -> izly.Reply:
            paid.append(client.confirm(izly.parse_callback(body), ORDER, patience=3))
            return izly.Reply.accepted()

        assert sandbox.callbacks is not None
        sandbox.callbacks.reply = settle
        pending = client.create_payment(ORDER)
        sandbox.approve(pending)
        assert [one.operation_id for one in paid] == [pending.operation_id]


def test_what_a_reply_raises_reaches_the_test() -> None:
    """An assertion about a callback must not be lost in a thread."""

    def check(body: bytes) -> izly.Reply:
        assert body == b"expected"
        return izly.Reply.accepted()

    def fail(body: bytes) -> izly.Reply:
        pytest.fail("not this one")

    with CallbackReceiver(check) as receiver:
        assert post(receiver.url, b"expected")[0] == 200
        assert post(receiver.url, b"another")[0] == 500
        assert receiver.next() == b"expected"
        with pytest.raises(AssertionError):
            receiver.next()
        receiver.reply = fail
        assert post(receiver.url, b"expected")[0] == 500
        with pytest.raises(pytest.fail.Exception, match="not this one"):
            receiver.next()


def test_only_posts_are_callbacks() -> None:
    """A browser that comes by is refused."""
    with CallbackReceiver() as receiver:
        assert "501" in read(receiver.url)
        assert receiver.received == []


def test_callbacks_at_once() -> None:
    """Each in a thread of its own: one that waits holds up no other."""
    barrier = threading.Barrier(8, timeout=20)

    def wait(body: bytes) -> izly.Reply:
        barrier.wait()
        return izly.Reply.accepted()

    with CallbackReceiver(wait) as receiver:
        bodies = [f"{number}".encode() for number in range(8)]
        threads = [threading.Thread(target=post, args=(receiver.url, body)) for body in bodies]
        for thread in threads:
            thread.start()
        assert sorted(receiver.next() for _ in bodies) == bodies
        for thread in threads:
            thread.join()


def test_a_forgotten_receiver_is_closed() -> None:
    """Nothing keeps it, and its thread goes with it."""
    before = threading.active_count()
    receiver = CallbackReceiver()
    url = receiver.url
    post(url, CALLBACK.encode())
    del receiver
    gc.collect()
    assert not is_alive(url)
    for _ in range(500):
        if threading.active_count() == before:
            return
        time.sleep(0.01)
    pytest.fail("its threads stayed")
