"""`izly.testing`: callbacks that come twice, late, never, or from a stranger."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import izly
import pytest
from izly.testing import CallbackReceiver, RefusedError, Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

ORDER = izly.Order("order-42", 150)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A sandbox of the test's own."""
    with Sandbox() as made:
        yield made


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[izly.Client]:
    """A client of it."""
    with sandbox.client(deadline=10) as made:
        yield made


def receiver(sandbox: Sandbox) -> CallbackReceiver:
    """What receives its callbacks."""
    assert sandbox.callbacks is not None
    return sandbox.callbacks


def test_copies_at_once(sandbox: Sandbox, client: izly.Client) -> None:
    """All are being answered at the same time: the barrier lets none go before the last has come."""
    barrier = threading.Barrier(5, timeout=20)
    confirmed: list[int] = []

    def settle(body: bytes) -> izly.Reply:
        barrier.wait()
        confirmed.append(client.confirm(izly.Callback.parse(body), ORDER).operation_id)
        return izly.Reply.accepted()

    receiver(sandbox).reply = settle
    sandbox.callback_settings(copies=5, concurrent=True)
    pending = client.create_payment(ORDER)
    sandbox.approve(pending)
    assert len({receiver(sandbox).next() for _ in range(5)}) == 1
    assert confirmed == [pending.operation_id] * 5
    assert [one.accepted for one in sandbox.deliveries(operation_id=pending.operation_id)] == [True] * 5


def test_by_hand(sandbox: Sandbox, client: izly.Client) -> None:
    """One waits until the test delivers it; then it can be repeated, elsewhere too."""
    sandbox.callback_settings(mode="manual")
    pending = client.create_payment(ORDER)
    sandbox.approve(pending)
    assert receiver(sandbox).received == []
    [waiting] = sandbox.deliveries(state="waiting")
    assert (waiting.operation_id, waiting.due, waiting.date, waiting.sent) == (
        pending.operation_id,
        "manual",
        None,
        False,
    )
    delivered = sandbox.deliver(waiting)
    assert (delivered.id, delivered.state, delivered.status, delivered.accepted) == (waiting.id, "ended", 200, True)
    body = receiver(sandbox).next()
    assert body == delivered.body.encode() == waiting.body.encode()
    with pytest.raises(RefusedError, match="409"):
        sandbox.deliver(waiting.id)
    receiver(sandbox).reply = izly.Reply.rejected(3, "twice")
    again = sandbox.replay(delivered.id)
    assert (again.attempt, again.accepted, again.status) == (2, False, 500)
    assert "twice" in again.reply_body
    with CallbackReceiver() as elsewhere:
        assert sandbox.replay(delivered, callback_url=elsewhere.url).accepted
        assert elsewhere.next() == body
    assert [one.id for one in sandbox.deliveries()] == [1, 2, 3]


def test_what_is_delivered_does_not_show(sandbox: Sandbox, client: izly.Client) -> None:
    """It names students and orders."""
    sandbox.approve(client.create_payment(ORDER))
    everything = repr([sandbox.deliveries(), sandbox.payments(), sandbox.requests()])
    assert "riche@example.fr" not in everything
    assert sandbox.student()._password not in everything
    assert "PaymentAuthorizationUrl" not in everything
    [payment] = sandbox.payments()
    assert payment.authorization_url.rpartition("token=")[2] not in everything
    headers = [dict(one.headers)["authorization"] for one in sandbox.requests(call="create_payment")]
    assert len(headers) == 1
    assert sandbox.api_key not in headers[0]


def test_a_callback_that_is_refused_comes_again(sandbox: Sandbox, client: izly.Client) -> None:
    """When its time has come, which the clock can bring about."""
    answers = iter([izly.Reply.rejected(1, "later"), izly.Reply.accepted()])
    receiver(sandbox).reply = lambda body: next(answers)
    settings = sandbox.callback_settings(retries=[60, 300])
    assert list(settings.get("retries", ())) == [60, 300]
    sandbox.approve(client.create_payment(ORDER))
    receiver(sandbox).next()
    sandbox.advance_clock(60)
    receiver(sandbox).next(timeout=10)
    assert [(one.attempt, one.accepted) for one in sandbox.deliveries()] == [(1, False), (2, True)]


def test_a_callback_before_its_payment_is_known(sandbox: Sandbox, client: izly.Client) -> None:
    """The site learns of the operation from the callback, before its creation is answered."""
    sandbox.callback_settings(mode="before_creation_reply")
    pending = client.create_payment(ORDER)
    assert len(receiver(sandbox).received) == 1
    assert client.confirm(izly.Callback.parse(receiver(sandbox).next()), ORDER).operation_id == pending.operation_id


def test_a_callback_that_comes_before_the_work_is_done(sandbox: Sandbox, client: izly.Client) -> None:
    """A reading from within it still says Waiting."""
    seen: list[izly.Status | None] = []

    def look(body: bytes) -> izly.Reply:
        seen.append(client.payment(izly.Callback.parse(body).operation_id).status)
        return izly.Reply.accepted()

    receiver(sandbox).reply = look
    sandbox.callback_settings(commit="after_callback")
    pending = client.create_payment(ORDER)
    sandbox.approve(pending)
    assert seen == [izly.Status.WAITING]
    assert client.payment(pending.operation_id).status == izly.Status.COMPLETED


def test_settings_can_be_given_back(sandbox: Sandbox, client: izly.Client) -> None:
    """What is returned is what is taken, and `None` is a value of `forge`."""
    before = sandbox.callback_settings()
    changed = sandbox.callback_settings(forge="amount", mode="never", delay_ms=1, timeout_ms=10)
    assert (changed.get("forge"), changed.get("mode"), changed.get("copies")) == ("amount", "never", 1)
    sandbox.approve(client.create_payment(ORDER))
    [lost] = sandbox.deliveries()
    assert not lost.sent
    assert lost.error is not None
    assert sandbox.callback_settings(forge=None).get("forge") is None
    assert sandbox.callback_settings(**before) == before == sandbox.callback_settings()


@pytest.mark.parametrize(
    ("forge", "error"),
    [
        ("status", izly.NotFinalError),
        ("amount", izly.NotFinalError),
        ("order", izly.NotFinalError),
        ("operation", izly.Error),
        (None, izly.NotFinalError),
    ],
)
def test_a_stranger_calls(sandbox: Sandbox, client: izly.Client, forge: str | None, error: type[izly.Error]) -> None:
    """About a payment that waits: whatever is said, it is not paid."""
    pending = client.create_payment(ORDER)
    [sent] = sandbox.send_callback(pending.operation_id, forge=forge)  # type: ignore[arg-type]
    assert sent.accepted
    callback = izly.Callback.parse(receiver(sandbox).next())
    assert (callback.operation_id == pending.operation_id) == (forge != "operation")
    assert (callback.order_id == ORDER.id) == (forge != "order")
    with pytest.raises(error):
        client.confirm(callback, ORDER)


def test_many_strangers_call_elsewhere(sandbox: Sandbox, client: izly.Client) -> None:
    """With the options of a delivery."""
    pending = client.create_payment(ORDER)
    with CallbackReceiver() as elsewhere:
        sent = sandbox.send_callback(pending.operation_id, copies=3, concurrent=True, callback_url=elsewhere.url)
        assert len(sent) == len(elsewhere.received) == 3
    assert receiver(sandbox).received == []
