"""Vectors about what Izly sends: callbacks, and replies that the canned server gives."""

from __future__ import annotations

import base64
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import izly

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from support.vectors import Members, Runner, Vector

_HOST = "rest-pp.izly.fr"

# The vectors whose address would say something else at the canned server's.
_LOST_BY_MOVING = {
    "create-url-host-case": "an address of digits has no casing",
    "create-url-default-port": "the canned server has no default port",
    "create-url-homoglyph": "an address of digits has no look-alike",
    "create-url-port-overflow": "the canned server's port is another one",
}


class LeftOut(Exception):
    """A vector that cannot be run over here; says why."""


def _body(vector: Vector) -> bytes:
    if "body_base64" in vector:
        return base64.b64decode(vector["body_base64"])
    body: str = vector["body"]
    return body.encode()


def _moved(runner: Runner, text: str) -> str:
    """A text with the canned server in place of the vectors' environment.

    http and https change places, so that what was another scheme still is; a port that the text gives stays.
    """
    here = runner.server.url.removeprefix("http://")
    swap = {"http:": "https:", "https:": "http:", f"{_HOST}:": "127.0.0.1:", _HOST: here}
    return re.sub(rf"https?:|{re.escape(_HOST)}:?", lambda found: swap[found[0]], text)


def _serve(runner: Runner, vector: Vector, body: bytes) -> None:
    runner.server.answer(vector.get("status", 200), body)


def _callback(_: Runner, vector: Vector) -> Members:
    body = _body(vector)
    callback = izly.Callback.parse(body)
    assert callback == izly.parse_callback(bytearray(body)) == izly.Callback.parse(memoryview(body))
    claim = callback.untrusted
    return {
        "operation_id": callback.operation_id,
        "order_id": callback.order_id,
        "transaction_id": claim.transaction_id,
        "amount_text": claim.amount_text,
        "date_text": claim.date_text,
        "date": _date(claim.date),
        "status": _status(claim.status),
        "message": claim.message,
        "callback_parameters": claim.callback_parameters,
        **_named("beneficiary", claim.beneficiary, "account_id", "identifier"),
        **_named("user", claim.user, "account_id", "email", "client_code", "affectation_number"),
        **_named("error", claim.error, "code", "message"),
        "extra": _extra(claim.extra),
    }


def _create_payment(runner: Runner, vector: Vector) -> Members:
    why = _LOST_BY_MOVING.get(vector["name"])
    if why is not None:
        raise LeftOut(why)
    expected = vector.get("expect", {})
    if "authorization_url" in expected:
        vector["expect"] = {**expected, "authorization_url": _moved(runner, expected["authorization_url"])}
    _serve(runner, vector, _body(vector) if "body" not in vector else _moved(runner, vector["body"]).encode())
    return _pending_members(runner.partner(vector).create_payment(_order(vector)))


def _pending_members(pending: izly.PendingPayment) -> Members:
    return {
        "operation_id": pending.operation_id,
        "order_id": pending.order.id,
        "amount_cents": pending.order.amount_cents,
        "authorization_url": pending.authorization_url,
        "transaction_id": pending.transaction_id,
        "date_text": pending.date_text,
        "date": _date(pending.date),
        "status": _status(pending.status),
        "message": pending.message,
        "callback_parameters": pending.callback_parameters,
        **_named("beneficiary", pending.beneficiary, "account_id", "identifier"),
        "extra": _extra(pending.extra),
    }


def _payment(runner: Runner, vector: Vector) -> Members:
    _serve(runner, vector, _body(vector))
    return _payment_members(runner.partner(vector).payment(vector["input"]["operation_id"]))


def _confirm(runner: Runner, vector: Vector) -> Members:
    _serve(runner, vector, _body(vector))
    paid = runner.partner(vector).confirm(vector["input"]["operation_id"], _order(vector))
    payment = paid.payment
    for name in ("operation_id", "order_id", "amount_cents", "amount", "date", "date_text"):
        assert getattr(paid, name) == getattr(payment, name)
    return _payment_members(payment)


def _payment_members(payment: izly.Payment) -> Members:
    assert payment.amount == Decimal(payment.amount_cents) / 100
    return {
        "operation_id": payment.operation_id,
        "order_id": payment.order_id,
        "transaction_id": payment.transaction_id,
        "amount_cents": payment.amount_cents,
        "date_text": payment.date_text,
        "date": _date(payment.date),
        "status": _status(payment.status),
        "message": payment.message,
        "callback_parameters": payment.callback_parameters,
        **_named("beneficiary", payment.beneficiary, "account_id", "identifier"),
        **_named("customer", payment.customer, "account_id", "email", "client_code"),
        "error_text": payment.error_text,
        "extra": _extra(payment.extra),
    }


def _refund(runner: Runner, vector: Vector) -> Members:
    _serve(runner, vector, _body(vector))
    target = izly.RefundTarget(vector["input"]["operation_id"], vector["input"]["order_id"])
    refund = runner.partner(vector).refund(target)
    assert (refund.amount is None) == (refund.amount_cents is None)
    return {
        "operation_id": refund.operation_id,
        "order_id": refund.order_id,
        "transaction_id": refund.transaction_id,
        "amount_cents": refund.amount_cents,
        "date_text": refund.date_text,
        "date": _date(refund.date),
        "status": _status(refund.status),
        "extra": _extra(refund.extra),
    }


def _token(runner: Runner, vector: Vector) -> Members:
    _serve(runner, vector, _body(vector))
    return _token_members(runner.partner(vector).finish_login("code=the-code&state=s", "s"))


def _refresh(runner: Runner, vector: Vector) -> Members:
    _serve(runner, vector, _body(vector))
    return _token_members(runner.partner(vector).refresh(vector["input"]["refresh_token"]))


def _token_members(tokens: izly.Tokens) -> Members:
    return {
        "access_token": tokens.access.reveal(),
        "refresh_token": None if tokens.refresh is None else tokens.refresh.reveal(),
        "token_type": tokens.token_type,
        "expires_in": tokens.expires_in,
        "scope": tokens.scope,
        "extra": _extra(tokens.extra),
    }


def _user(runner: Runner, vector: Vector) -> Members:
    _serve(runner, vector, _body(vector))
    user = runner.partner(vector).user("the-token")
    names = (
        "right_holder_id izly_id company rate academic_year employer institution_code component_code student_code ine "
        "client_code client_type affectation_number id"
    )
    return {**{name: getattr(user, name) for name in names.split()}, "extra": _extra(user.extra)}


def _order(vector: Vector) -> izly.Order:
    return izly.Order(vector["input"]["order_id"], vector["input"]["amount_cents"])


def _date(date: datetime | None) -> str | None:
    if date is None:
        return None
    assert date.tzinfo is None
    text = date.isoformat()
    return text.rstrip("0") if "." in text else text


def _status(status: izly.Status | None) -> str | None:
    assert status is None or type(status) is izly.Status
    return status


def _extra(extra: Mapping[str, str]) -> dict[str, str]:
    return dict(extra)


def _named(prefix: str, model: object, *names: str) -> dict[str, Any]:
    return {f"{prefix}.{name}": getattr(model, name) for name in names}


RUNNERS: dict[str, Callable[[Runner, Vector], Members]] = {
    "callback": _callback,
    "create_payment": _create_payment,
    "payment": _payment,
    "confirm": _confirm,
    "refund": _refund,
    "token": _token,
    "refresh": _refresh,
    "user": _user,
}
