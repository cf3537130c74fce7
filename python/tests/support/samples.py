"""One of each model, made the way programs get it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import izly

from support.partner import CALLBACK, OPERATION, ORDER, PAID, REFUNDED, TOKENS, USER, created, new_client

if TYPE_CHECKING:
    from support.canned import Canned


def models(server: Canned) -> dict[str, object]:
    """Every model that can be stored, by the name of its class."""
    address = "https://shop.example/ok"
    payment = izly.NewPayment(
        ORDER, message="2 cafés", callback_parameters={"order": "42"}, redirect_url=address, software=7
    )
    with new_client(server.url) as client:
        server.answer(200, created(server.url))
        pending = client.create_payment(payment)
        server.answer(200, PAID)
        paid = client.confirm(OPERATION, ORDER)
        server.answer(200, REFUNDED)
        refund = client.refund(paid)
        server.answer(200, USER)
        user = client.user("the-token")
    callback = izly.Callback.parse(CALLBACK)
    made = [
        ORDER,
        payment,
        pending,
        pending.beneficiary,
        paid,
        paid.payment,
        paid.payment.customer,
        refund,
        izly.RefundTarget(OPERATION, "order-42"),
        callback,
        callback.untrusted,
        callback.untrusted.user,
        callback.untrusted.error,
        user,
        izly.Environment.PREPRODUCTION,
        izly.Scope.USER_DETAILS | izly.Scope.IZLY_PAY,
        izly.Wire(content_type="s-money", reply_amounts="centimes", refund_slash=True, state="allow_missing"),
        izly.Reply.rejected(12, "pas encore"),
    ]
    return {type(model).__name__: model for model in made}


def secrets(server: Canned) -> dict[str, object]:
    """Everything that holds a secret, and so refuses to be stored by accident."""
    with new_client(server.url) as client:
        server.answer(200, TOKENS)
        tokens = client.finish_login("code=abc&state=s", "s")
        login = client.start_login()
    made = [
        client,
        login,
        login.state,
        tokens,
        tokens.access,
        izly.RefreshToken("MTs1Njt+UkVGUkVTSCtTRUNSRVQ="),
        izly.ApiKey.from_parts("Paris-78-78-78-78", "s3cret"),
    ]
    return {type(model).__name__: model for model in made}
