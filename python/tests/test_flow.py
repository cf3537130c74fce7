"""The whole protocol against the sandbox, as a partner's site would use it."""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING

import izly
import pytest
from izly import Status
from izly.testing import PageError

if TYPE_CHECKING:
    from izly.testing import CallbackReceiver, Sandbox


def new_order(cents: int = 150) -> izly.Order:
    """An order that nobody has used before: payments last as long as the sandbox."""
    return izly.Order(f"flow-{uuid.uuid4()}", cents)


def test_a_student_logs_in(izly_sandbox: Sandbox, izly_client: izly.Client) -> None:
    """Login, details, refresh; a code works once, and a refresh token too (protocol §3)."""
    login = izly_client.start_login(izly.Scope.USER_DETAILS | izly.Scope.IZLY_PAY)
    assert login.url.startswith(f"{izly_sandbox.base_url}/oauth/Home/Authorize?response_type=code&client_id=")
    assert login.url.endswith(f"&scope=16385&state={login.state.reveal()}")
    query = izly_sandbox.login(login)

    tokens = izly_client.finish_login(query, login.state)
    assert (tokens.token_type, tokens.expires_in, tokens.scope) == ("Bearer", 1797, "users_details payments izly_pay")
    user = izly_client.user(tokens)
    assert (user.client_code, user.ine, user.rate, user.employer) == ("etu00001", "000001255ZZ", "1", None)
    assert user == izly_client.user(tokens.access) == izly_client.user(tokens.access.reveal())

    fresh = izly_client.refresh(tokens)
    assert fresh.access != tokens.access
    assert fresh.refresh is not None
    assert izly_client.user(fresh) == user
    again = izly_client.refresh(fresh.refresh.reveal())
    with pytest.raises(izly.ApiError) as spent:
        izly_client.refresh(fresh.refresh)
    assert (spent.value.oauth_error, spent.value.retry) == ("invalid_grant", "restart_login")
    assert izly_client.user(again) == user

    with pytest.raises(izly.ApiError) as used:
        izly_client.finish_login(query.encode(), login.state.reveal())
    assert (used.value.call, used.value.oauth_error, used.value.outcome) == (
        "exchange_code",
        "invalid_grant",
        "rejected",
    )


def test_a_return_that_is_not_this_login(izly_sandbox: Sandbox, izly_client: izly.Client) -> None:
    """Nothing is sent for it (protocol §3.1)."""
    login, other = izly_client.start_login(), izly_client.start_login()
    assert login.state != other.state
    query = izly_sandbox.login(login.url)
    with pytest.raises(izly.InvalidInputError) as none:
        izly_client.finish_login(query, "")
    assert (none.value.field, none.value.outcome) == ("state", "not_sent")
    for state in (other.state, "another"):
        with pytest.raises(izly.MismatchError) as caught:
            izly_client.finish_login(query, state)
        assert (caught.value.field, caught.value.outcome) == ("state", "not_sent")
    with pytest.raises(izly.ApiError) as denied:
        izly_client.finish_login(f"error=access_denied&state={login.state.reveal()}", login.state)
    assert denied.value.is_access_denied
    assert izly_client.finish_login(query, login.state).token_type == "Bearer"


def test_an_expired_token_is_to_be_refreshed(izly_client: izly.Client) -> None:
    """The advice of an error is a word to act on."""
    with pytest.raises(izly.AuthenticationError) as caught:
        izly_client.user("nobody's")
    assert (caught.value.retry, caught.value.outcome, caught.value.call) == ("refresh_token", "rejected", "user")
    with pytest.raises(izly.InvalidInputError) as missing:
        izly_client.refresh(izly.Tokens("access"))
    assert missing.value.field == "refresh_token"


def test_a_purchase_with_everything(
    izly_sandbox: Sandbox, izly_client: izly.Client, izly_callback: CallbackReceiver
) -> None:
    """Create, approve, callback, confirm, refund (protocol §4)."""
    order = new_order()
    new = izly.NewPayment(
        order,
        message="2 cafés",
        callback_parameters={"panier": "12", "ville": "Évry & co"},
        redirect_url="https://boutique.example/merci",
        software=7,
    )
    pending = izly_client.create_payment(new)
    assert (pending.order, pending.status, pending.message) == (order, Status.WAITING, "2 cafés")
    assert pending.callback_parameters == new.callback_parameters == "panier=12&ville=%C3%89vry%20%26%20co"
    assert pending.authorization_url.startswith(izly_sandbox.base_url)
    assert isinstance(pending.date, datetime.datetime)
    assert pending.beneficiary.identifier == izly_sandbox.identifier
    with pytest.raises(izly.NotFinalError):
        izly_client.confirm(pending, order)

    izly_sandbox.approve(pending)
    callback = izly.Callback.parse(izly_callback.next())
    assert (callback.operation_id, callback.order_id) == (pending.operation_id, order.id)
    claim = callback.untrusted
    assert (claim.status, claim.error.code, claim.user.client_code) == (Status.COMPLETED, 0, "etu00001")

    paid = izly_client.confirm(callback, order)
    assert paid == izly_client.confirm(pending, order) == izly_client.confirm(pending.operation_id, order, patience=1)
    assert (paid.order_id, paid.amount_cents, str(paid.amount)) == (order.id, 150, "1.50")
    assert paid.payment == izly_client.payment(pending.operation_id)
    assert paid.payment.customer.email == "riche@example.fr"
    assert isinstance(paid.date, datetime.datetime)

    refund = izly_client.refund(paid)
    assert (refund.operation_id, refund.order_id, refund.status) == (paid.operation_id, order.id, Status.REFUND)
    assert refund.amount_cents == 150
    with pytest.raises(izly.NotPaidError) as refunded:
        izly_client.confirm(callback, order)
    assert (refunded.value.outcome, refunded.value.retry) == ("rejected", "no")
    for target in (paid, paid.payment, izly.RefundTarget(paid.operation_id, order.id)):
        with pytest.raises(izly.ApiError):
            izly_client.refund(target)


def test_a_stranger_cannot_pay(izly_client: izly.Client) -> None:
    """A perfect callback about a payment that waits proves nothing."""
    order = new_order()
    pending = izly_client.create_payment(order)
    forged = f'{{"OperationSMoney":{{"Id":{pending.operation_id},"Status":"Completed"}},"Error":{{"Code":0}}}}'
    with pytest.raises(izly.NotConfirmedError) as caught:
        izly_client.confirm(izly.parse_callback(forged), order)
    assert (type(caught.value), caught.value.retryable) == (izly.NotFinalError, True)


def test_another_orders_payment_does_not_pay_this_one(izly_sandbox: Sandbox, izly_client: izly.Client) -> None:
    """The order, then the amount, are compared with the partner's own."""
    order = new_order()
    pending = izly_client.create_payment(order)
    izly_sandbox.approve(pending)
    for wrong, field in [(new_order(), "order_id"), (izly.Order(order.id, 151), "amount")]:
        with pytest.raises(izly.MismatchError) as caught:
            izly_client.confirm(pending, wrong)
        assert (caught.value.field, caught.value.outcome) == (field, "rejected")


def test_refusals(izly_sandbox: Sandbox, izly_client: izly.Client, izly_callback: CallbackReceiver) -> None:
    """Too little money, then a cancel: the page says so, and the payment is not paid."""
    order = new_order()
    pending = izly_client.create_payment(order)
    with pytest.raises(PageError, match="solde"):
        izly_sandbox.approve(pending, account="solde-insuffisant")
    assert izly.parse_callback(izly_callback.next()).untrusted.error.code != 0
    with pytest.raises(izly.NotFinalError):
        izly_client.confirm(pending, order)
    izly_sandbox.cancel(pending)
    with pytest.raises(izly.NotPaidError):
        izly_client.confirm(pending, order)


def test_unknown_operations(izly_client: izly.Client) -> None:
    """Code 356, the only one that is documented (protocol §5)."""
    with pytest.raises(izly.ApiError) as caught:
        izly_client.payment(999_999_999)
    error = caught.value
    assert (error.api_code, error.outcome, error.call, error.title) == (
        356,
        "rejected",
        "payment",
        "L'opération ne peut pas aboutir",
    )
    assert error.api_message == "Opération introuvable"


def test_a_client_from_the_environment(izly_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables, then keywords, which win."""
    monkeypatch.setenv("IZLY_API_KEY", izly_sandbox.api_key)
    monkeypatch.setenv("IZLY_ENVIRONMENT", izly_sandbox.base_url)
    monkeypatch.setenv("IZLY_APP_IDENTIFIER", izly_sandbox.identifier)
    with izly.Client.from_env(deadline=5) as client:
        assert (client.identifier, str(client.environment)) == (izly_sandbox.identifier, izly_sandbox.base_url)
        assert client.create_payment(new_order()).status == Status.WAITING
    monkeypatch.setenv("IZLY_APP_IDENTIFIER", "Another-1-1-1-1")
    with pytest.raises(izly.ConfigurationError) as caught:
        izly.Client.from_env()
    assert caught.value.field == "app_identifier"
    with izly.Client.from_env(app_identifier=None) as client:
        assert client.identifier == izly_sandbox.identifier
    for name in ("IZLY_API_KEY", "IZLY_ENVIRONMENT"):
        monkeypatch.setenv("IZLY_APP_IDENTIFIER", "")
        with monkeypatch.context() as without:
            without.delenv(name)
            with pytest.raises(ValueError, match=name):
                izly.Client.from_env()


def test_options_of_another_client(izly_sandbox: Sandbox, izly_client: izly.Client) -> None:
    """What is not changed is kept, the key included; closing one leaves the other."""
    hasty = izly_client.with_options(deadline=3)
    hasty.close()
    hasty.close()
    with pytest.raises(RuntimeError, match="closed"):
        hasty.create_payment(new_order())
    assert izly_client.create_payment(new_order()).status == Status.WAITING
    elsewhere = izly_client.with_options(environment="https://sandbox.example")
    assert (elsewhere.identifier, str(elsewhere.environment)) == (izly_sandbox.identifier, "https://sandbox.example")
    with pytest.raises(izly.ConfigurationError) as caught:
        izly_client.with_options(environment=izly.Environment.PRODUCTION)
    assert caught.value.field == "api_key"


def test_another_reading_of_the_wire(izly_sandbox: Sandbox) -> None:
    """Switches reach the wire: a state that does not come back, and amounts of another unit (protocol §3.1, §6)."""
    with izly_sandbox.client(wire=izly.Wire(state="allow_missing", content_type="s-money")) as client:
        login = client.start_login()
        query = izly_sandbox.login(login).split("&state=")[0]
        assert client.finish_login(query, login.state).token_type == "Bearer"
        order = new_order()
        pending = client.create_payment(order)
        izly_sandbox.approve(pending)
    with izly_sandbox.client(wire=izly.Wire(reply_amounts="centimes")) as client, pytest.raises(izly.UnreadableError):
        # 1.50 centimes, which is no amount.
        client.confirm(pending, order)
