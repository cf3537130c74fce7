"""`izly.testing`: calls that go wrong on demand, and the clock and the readings that make them."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import izly
import pytest
from izly.testing import PageError, RefusedError, Sandbox, SandboxError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from izly.testing import Partner

ORDER = izly.Order("order-42", 150)


@pytest.fixture(scope="module")
def shared() -> Iterator[Sandbox]:
    """One process for all tests of this file."""
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(shared: Sandbox, request: pytest.FixtureRequest) -> Iterator[Partner]:
    """A world of the test's own."""
    with shared.partner(request.node.name.replace("[", "-").replace("]", "")) as partner:
        yield partner


@pytest.fixture
def client(sandbox: Partner) -> Iterator[izly.Client]:
    """A client of its partner's."""
    with sandbox.client(deadline=10) as made:
        yield made


def pay(sandbox: Partner, client: izly.Client, order: izly.Order = ORDER) -> izly.PaidPayment:
    """A payment that is done."""
    pending = client.create_payment(order)
    sandbox.approve(pending)
    return client.confirm(pending.operation_id, order)


# ---- Faults ----


def test_an_answer_gets_lost(sandbox: Partner, client: izly.Client) -> None:
    """The refund is done, once, and the client says that it does not know."""
    paid = pay(sandbox, client)
    rule = sandbox.fault("refund", "commit_then_drop", times=1)
    assert (rule.call, rule.fault, rule.times, rule.seen, rule.fired) == ("refund", "commit_then_drop", 1, 0, 0)
    with pytest.raises(izly.Error) as caught:
        client.refund(paid)
    assert caught.value.outcome is izly.Outcome.UNKNOWN
    assert sandbox.payment(paid.operation_id).status == "Refund"
    assert client.payment(paid.operation_id).status == izly.Status.REFUND
    [after] = sandbox.faults()
    assert (after.id, after.seen, after.fired) == (rule.id, 1, 1)
    assert len(sandbox.requests(call="refund")) == 1


def test_a_request_gets_lost(sandbox: Partner, client: izly.Client) -> None:
    """The same to the client, and nothing is done."""
    paid = pay(sandbox, client)
    sandbox.fault("refund", "drop_before_commit")
    with pytest.raises(izly.Error) as caught:
        client.refund(paid)
    assert caught.value.outcome is izly.Outcome.UNKNOWN
    assert sandbox.payment(paid.operation_id).status == "Completed"
    sandbox.clear_faults()
    assert sandbox.faults() == ()
    assert client.refund(paid).status == izly.Status.REFUND


def test_a_payment_that_stays_waiting(sandbox: Partner, client: izly.Client) -> None:
    """Whatever the truth: not decided yet, so that nothing is credited."""
    pending = client.create_payment(ORDER)
    sandbox.approve(pending)
    sandbox.fault("read_payment", "stuck_waiting", times=2)
    for _ in range(2):
        with pytest.raises(izly.NotFinalError):
            client.confirm(pending.operation_id, ORDER)
    assert client.confirm(pending.operation_id, ORDER).amount_cents == 150


def test_which_calls_a_rule_is_about(sandbox: Partner, client: izly.Client) -> None:
    """The n-th, or one payment's."""
    rule = sandbox.fault("create_payment", "server_error", nth=2)
    assert rule.nth == 2
    first = client.create_payment(izly.Order("order-1", 150))
    with pytest.raises(izly.ServerError):
        client.create_payment(izly.Order("order-2", 150))
    second = client.create_payment(izly.Order("order-3", 150))
    struck = [one.fault for one in sandbox.requests(call="create_payment")]
    assert struck == [None, "server_error", None]
    sandbox.fault("any", "bad_gateway", operation_id=second.operation_id, probability=1)
    assert client.payment(first.operation_id).order_id == "order-1"
    with pytest.raises(izly.ServerError):
        client.payment(second.operation_id)


def test_work_that_is_done_all_the_same(sandbox: Partner, client: izly.Client) -> None:
    """With `commit`, a payment is there that its creation's answer denies."""
    sandbox.fault("create_payment", "empty_reply", commit=True, delay_ms=1, times=1)
    with pytest.raises(izly.Error) as caught:
        client.create_payment(ORDER)
    assert caught.value.outcome is izly.Outcome.UNKNOWN
    [made] = sandbox.payments(order_id="order-42")
    assert (made.status, made.amount_cents, made.paid) == ("Waiting", 150, None)


def test_an_answer_that_comes_late(sandbox: Partner) -> None:
    """Later than the client waits."""
    rule = sandbox.fault("create_payment", "delay", delay_ms=5000)
    assert rule.delay_ms == 5000
    with sandbox.client(deadline=0.3) as client, pytest.raises(izly.TimeoutError):
        client.create_payment(ORDER)


def test_faults_of_the_pages(sandbox: Partner, client: izly.Client) -> None:
    """The student sees them, and a login without its state is refused."""
    sandbox.fault("login_page", "state_dropped")
    login = client.start_login()
    with pytest.raises(izly.Error, match="state"):
        client.finish_login(sandbox.login(login), login.state)
    sandbox.fault("payment_page", "server_error", commit=True)
    pending = client.create_payment(ORDER)
    with pytest.raises(PageError):
        sandbox.approve(pending)
    assert client.confirm(pending.operation_id, ORDER).amount_cents == 150


# ---- The clock ----


def test_a_token_expires(sandbox: Partner, client: izly.Client) -> None:
    """After half an hour that takes no time; the refresh token is good still."""
    login = client.start_login()
    tokens = client.finish_login(sandbox.login(login), login.state)
    assert client.user(tokens).client_code == "etu00001"
    before = sandbox.advance_clock(1)
    now = sandbox.advance_clock(1800)
    assert (now - before).total_seconds() == 1800
    with pytest.raises(izly.AuthenticationError):
        client.user(tokens)
    assert client.user(client.refresh(tokens)).client_code == "etu00001"


# ---- The readings of the guide ----


def test_callbacks_in_centimes(sandbox: Partner, client: izly.Client) -> None:
    """What a callback claims is not believed, in whichever unit; the reading counts."""
    switches = sandbox.wire(callback_amount="centimes")
    assert (switches.get("callback_amount"), switches.get("read_amount")) == ("centimes", "euros")
    pending = client.create_payment(ORDER)
    sandbox.approve(pending)
    assert sandbox.callbacks is not None
    callback = izly.Callback.parse(sandbox.callbacks.next())
    assert callback.untrusted.amount_text == "150.00"
    assert client.confirm(callback, ORDER).amount_cents == 150


def test_readings_can_be_given_back(sandbox: Partner) -> None:
    """What is returned is what is taken; a profile comes first."""
    before = sandbox.wire()
    assert before == sandbox.wire(profile="guide")
    observed = sandbox.wire(profile="observed", casing="pascal", order_id_max_length=12)
    assert observed.get("beneficiary_name") == "client_id"
    assert (observed.get("casing"), observed.get("order_id_max_length")) == ("pascal", 12)
    assert sandbox.wire() == observed
    assert sandbox.wire(**before) == before == sandbox.wire()


# ---- Refusals ----


def test_a_refusal_names_the_field_and_the_rule(sandbox: Partner) -> None:
    """What the sandbox refuses, and why."""
    with pytest.raises(RefusedError, match="the sandbox refuses `probability`: must be") as caught:
        sandbox.fault("refund", "server_error", probability=2)
    assert (caught.value.status, caught.value.field) == (400, "probability")
    assert caught.value.rule.startswith("must be")
    with pytest.raises(RefusedError, match="`fault`: .*misbehave") as caught:
        sandbox.fault("users", "comma_decimals")
    assert caught.value.status == 409
    with pytest.raises(RefusedError, match="`delay_ms`"):
        sandbox.fault("refund", "delay")
    with pytest.raises(RefusedError, match="`seconds`"):
        sandbox.advance_clock(0)
    with pytest.raises(RefusedError, match="`copies`"):
        sandbox.callback_settings(copies=0)
    with pytest.raises(RefusedError, match="`read_amount`"):
        sandbox.wire(read_amount="cents")  # type: ignore[typeddict-item]
    with pytest.raises(RefusedError, match="`no_such_switch`") as caught:
        sandbox.wire(no_such_switch=True)  # type: ignore[call-arg]
    with pytest.raises(RefusedError, match="refuses this: .*404"):
        sandbox.payment(1)
    copied = pickle.loads(pickle.dumps(caught.value))
    assert (str(copied), copied.field) == (str(caught.value), caught.value.field)


def test_a_sandbox_that_has_ended() -> None:
    """Says so."""
    sandbox = Sandbox()
    other = sandbox.partner("Autre-1")
    sandbox.close()
    with pytest.raises(SandboxError, match="does not answer"):
        sandbox.faults()
    other.close()
