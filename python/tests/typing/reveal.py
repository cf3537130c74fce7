"""What type checkers make of the package: run by mypy and pyright, never by Python.

Each `assert_type` fails the check if the type is another one. Each line that ends in an ignore comment must be
an error: checkers are told to complain otherwise (`warn_unused_ignores`, `reportUnnecessaryTypeIgnoreComment`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType

import izly
from izly.testing import (
    Account,
    AccountState,
    CallbackReceiver,
    CallbackSettings,
    Delivery,
    Fault,
    FaultKind,
    Partner,
    PaymentRecord,
    Request,
    Sandbox,
    Snapshot,
    Student,
    WireSwitches,
)
from typing_extensions import assert_type


def models(pending: izly.PendingPayment, paid: izly.PaidPayment, refund: izly.Refund, callback: izly.Callback) -> None:
    """The members of what Izly says."""
    assert_type(pending.operation_id, int)
    assert_type(pending.order, izly.Order)
    assert_type(pending.order.amount, Decimal)
    assert_type(pending.date, datetime | None)
    assert_type(pending.status, izly.Status | None)
    assert_type(pending.beneficiary.identifier, str | None)
    assert_type(paid.amount, Decimal)
    assert_type(paid.payment.customer.email, str | None)
    assert_type(paid.payment.status, izly.Status)
    assert_type(paid.payment.extra, MappingProxyType[str, str])
    assert_type(refund.amount_cents, int | None)
    assert_type(refund.amount, Decimal | None)
    assert_type(callback.order_id, str | None)
    assert_type(callback.untrusted.user.affectation_number, str | None)
    assert_type(callback.untrusted.error.code, int | None)
    assert_type(paid.to_dict(), dict[str, object])


def inputs(parameters: Mapping[str, str]) -> None:
    """What a program makes."""
    order = izly.Order("order-42", 150)
    assert_type(order.amount_cents, int)
    payment = izly.NewPayment(order, message="2 cafés", callback_parameters=parameters, software=7)
    assert_type(payment.callback_parameters, str | None)
    assert_type(izly.Scope.USER_DETAILS | izly.Scope.IZLY_PAY, izly.Scope)
    assert_type(izly.Scope.IZLY_PAY in izly.Scope(16385), bool)
    assert_type(izly.Environment.PRODUCTION, izly.Environment)
    assert_type(izly.ApiKey.from_parts("a", "b").is_sandbox, bool)
    assert_type(izly.Reply.rejected(1, "no").with_status(200).body, bytes)
    assert_type(izly.Callback.parse(bytearray()), izly.Callback)
    assert_type(izly.parse_callback(memoryview(b"")), izly.Callback)
    assert_type(izly.__version__, str)


def mistakes(order: izly.Order, client: izly.Client, paid: izly.PaidPayment) -> None:
    """What a checker tells before it runs."""
    izly.Order("order-42", "150")  # type: ignore[arg-type]
    izly.Order("order-42", 1.5)  # type: ignore[arg-type]
    client.refund(order)  # type: ignore[arg-type]
    client.confirm("52795", order)  # type: ignore[arg-type]
    client.confirm(paid, order)  # type: ignore[arg-type]
    paid.amount_cents = 1  # type: ignore[misc]


def calls(client: izly.Client, callback: izly.Callback, order: izly.Order, query: bytes) -> None:
    """A whole purchase."""
    login = client.start_login()
    tokens = client.finish_login(query, login.state)
    assert_type(tokens.access, izly.AccessToken)
    assert_type(tokens.refresh, izly.RefreshToken | None)
    assert_type(tokens.access.reveal(), str)
    assert_type(tokens.expires_in, int | None)
    assert_type(client.refresh(tokens), izly.Tokens)
    assert_type(client.user(tokens), izly.UserDetails)
    assert_type(client.user("token").ine, str | None)
    assert_type(client.create_payment(order), izly.PendingPayment)
    assert_type(client.payment(52795), izly.Payment)
    assert_type(client.confirm(callback, order, patience=2), izly.PaidPayment)
    assert_type(client.confirm(52795, order), izly.PaidPayment)
    assert_type(client.refund(izly.RefundTarget(52795, "order-42")), izly.Refund)
    assert_type(client.with_options(deadline=3), izly.Client)
    assert_type(client.environment.base_url, str)
    with client as opened:
        assert_type(opened, izly.Client)


async def awaited(client: izly.AsyncClient, callback: izly.Callback, order: izly.Order) -> None:
    """The same, awaited."""
    login = client.start_login(izly.Scope.USER_DETAILS)
    assert_type(login, izly.Login)
    tokens = await client.finish_login("code=a", login.state)
    assert_type(tokens, izly.Tokens)
    assert_type(await client.refresh(tokens), izly.Tokens)
    assert_type(await client.user(tokens), izly.UserDetails)
    assert_type(await client.create_payment(order), izly.PendingPayment)
    assert_type(await client.payment(52795), izly.Payment)
    paid = await client.confirm(callback, order, patience=2)
    assert_type(paid, izly.PaidPayment)
    assert_type(await client.refund(paid), izly.Refund)
    assert_type(client.with_options(deadline=3, max_workers=4), izly.AsyncClient)
    izly.AsyncClient("key", "preproduction", dead_line=3)  # type: ignore[call-arg]
    async with izly.AsyncClient.from_env(deadline=3) as opened:
        assert_type(opened, izly.AsyncClient)


def errors(error: izly.Error) -> None:
    """The facts of an error."""
    assert_type(error.outcome, izly.Outcome)
    assert_type(izly.Outcome.UNKNOWN, izly.Outcome)
    assert_type(error.kind, str)
    assert_type(error.field, str | None)
    assert_type(error.http_status, int | None)
    assert_type(error.retry_after, float | None)
    assert_type(error.retryable, bool)
    as_value_error: ValueError = izly.InvalidInputError("x")
    as_timeout: TimeoutError = izly.TimeoutError("x")
    as_group: izly.TransportError = izly.TlsError("x")
    print(as_value_error, as_timeout, as_group)


def matched(status: izly.Status, model: object) -> str:
    """Statuses are texts, and models match by position."""
    assert_type(status.is_paid, bool)
    assert_type(izly.Status.COMPLETED, izly.Status)
    text: str = status
    match model:
        case izly.Order(order_id, cents):
            assert_type(order_id, str)
            assert_type(cents, int)
        case izly.PaidPayment(operation_id, _, _):
            assert_type(operation_id, int)
        case _:
            pass
    return text


def testing(sandbox: Sandbox, receiver: CallbackReceiver, pending: izly.PendingPayment) -> None:
    """The helpers of tests."""
    assert_type(sandbox.client(deadline=3), izly.Client)
    assert_type(sandbox.async_client(max_workers=3), izly.AsyncClient)
    assert_type(sandbox.accounts, tuple[Account, ...])
    assert_type(sandbox.callbacks, CallbackReceiver | None)
    assert_type(sandbox.student("boursier"), Student)
    assert_type(sandbox.login("http://127.0.0.1/", account="riche"), str)
    sandbox.approve(pending)
    assert_type(receiver.next(timeout=1), bytes)
    receiver.reply = izly.Reply.accepted()
    receiver.reply = lambda body: izly.Reply.accepted()
    assert_type(receiver.received, list[bytes])
    reply: izly.Reply | Callable[[bytes], izly.Reply] = receiver.reply
    print(reply)


def worlds(sandbox: Sandbox, kind: FaultKind, state: AccountState) -> None:
    """What goes wrong on demand, and what Izly has."""
    assert_type(sandbox.fault("refund", "commit_then_drop", times=1), Fault)
    assert_type(sandbox.fault("any", kind, nth=2, probability=0.5, operation_id=1, commit=True, delay_ms=3), Fault)
    assert_type(sandbox.faults(), tuple[Fault, ...])
    assert_type(sandbox.faults()[0].fault, FaultKind)
    assert_type(sandbox.callback_settings(mode="manual", retries=[1, 2], forge=None), CallbackSettings)
    assert_type(sandbox.callback_settings(**sandbox.callback_settings()), CallbackSettings)
    [waiting] = sandbox.deliveries(state="waiting")
    assert_type(waiting.date, datetime | None)
    assert_type(sandbox.deliver(waiting), Delivery)
    assert_type(sandbox.replay(1, callback_url="http://127.0.0.1/"), Delivery)
    assert_type(sandbox.send_callback(1, forge="status"), tuple[Delivery, ...])
    assert_type(sandbox.set_account("riche", state=state, balance_cents=1), Account)
    assert_type(sandbox.account().state, AccountState)
    assert_type(sandbox.payments(status="Waiting"), tuple[PaymentRecord, ...])
    assert_type(sandbox.payment(1).created, datetime)
    assert_type(sandbox.requests(call="refund"), tuple[Request, ...])
    assert_type(sandbox.advance_clock(1800), datetime)
    assert_type(sandbox.wire(callback_amount="centimes", order_id_max_length=None), WireSwitches)
    assert_type(sandbox.wire(**sandbox.wire()), WireSwitches)
    assert_type(sandbox.snapshot(), Snapshot)
    with sandbox as opened, sandbox.partner("Autre-1", site_name="Autre") as other:
        assert_type(opened, Sandbox)
        assert_type(other, Partner)
        assert_type(other.client(), izly.Client)


def slips(sandbox: Sandbox) -> None:
    """Words that are none."""
    sandbox.fault("refunds", "server_error")  # type: ignore[arg-type]
    sandbox.fault("refund", "serverError")  # type: ignore[arg-type]
    sandbox.callback_settings(mode="later")  # type: ignore[arg-type]
    sandbox.callback_settings(copy=3)  # type: ignore[call-arg]
    sandbox.wire(callback_amount="cents")  # type: ignore[arg-type]
    sandbox.set_account("riche", state="rich")  # type: ignore[arg-type]
    sandbox.partner("Autre-1", home_url="http://127.0.0.1/")  # type: ignore[call-arg]
