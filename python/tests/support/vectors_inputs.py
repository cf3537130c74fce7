"""Vectors about what a caller gives: keys, orders, environments, and the requests made of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qs, quote, urlsplit

import izly

from support.partner import IDENTIFIER, SECRET

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.vectors import Members, Runner, Vector


def _login_url(_: Runner, vector: Vector) -> Members:
    """The state is the library's own: what stands before it is compared, and nothing follows it."""
    given = vector["input"]
    key = izly.ApiKey.from_parts(given.get("identifier", IDENTIFIER), SECRET)
    with izly.Client(key, "preproduction") as client:
        login = client.start_login(izly.Scope(given["scope"]))
    own = quote(login.state.reveal(), safe="")
    assert login.url.endswith(f"&state={own}")
    return {"url": login.url.removesuffix(own) + quote(given["state"], safe="")}


def _login_return(runner: Runner, vector: Vector) -> Members:
    runner.server.answer(200, '{"access_token":"a"}')
    given = vector["input"]
    try:
        runner.partner(vector).finish_login(given["query"], given["state"])
    except izly.Error:
        # What is wrong with a return is found before anything is sent.
        assert runner.server.requests == []
        raise
    (request,) = runner.server.requests
    (code,) = parse_qs(urlsplit(request.target).query, keep_blank_values=True)["code"]
    return {"code": code}


def _api_key(_: Runner, vector: Vector) -> Members:
    given = vector["input"]
    parts = (given["identifier"], given["secret"]) if "secret" in given else None
    key = izly.ApiKey.from_parts(*parts) if parts else izly.ApiKey(given["api_key"])
    with izly.Client(key, "preproduction", app_identifier=given.get("app_identifier")) as client:
        assert client.identifier == key.identifier
    return {"identifier": key.identifier, "api_key": key.reveal()}


def _order(_: Runner, vector: Vector) -> Members:
    order = izly.Order(vector["input"]["order_id"], vector["input"]["amount_cents"])
    return {"order_id": order.id, "amount_cents": order.amount_cents}


def _environment(_: Runner, vector: Vector) -> Members:
    given = vector["input"]
    environment = izly.Environment(given["url"])
    secret = "sandbox_s3cret" if given.get("sandbox_key") else SECRET
    with izly.Client(izly.ApiKey.from_parts(IDENTIFIER, secret), given["url"]) as client:
        assert client.environment == environment
    return {"base_url": environment.base_url}


def _new_payment(runner: Runner, vector: Vector) -> Members:
    given = vector["input"]
    options = {name: given[name] for name in ("message", "redirect_url", "software") if name in given}
    parameters: Any = given.get("callback_parameters")
    if type(parameters) is list:
        parameters = _MultiDict(cast("list[list[str]]", parameters))
    runner.server.answer(
        200, f'{{"PaymentAuthorizationUrl":"{runner.server.url}/a","OperationSMoney":{{"Id":586589}}}}'
    )
    order = izly.Order(given["order_id"], given["amount_cents"])
    runner.partner(vector).create_payment(izly.NewPayment(order, callback_parameters=parameters, **options))
    return _sent(runner)


class _MultiDict(dict[str, str]):
    """A mapping that may say a name twice, as web frameworks have them."""

    def __init__(self, pairs: list[list[str]]) -> None:
        super().__init__((name, value) for name, value in pairs)
        self._pairs = pairs

    def items(self) -> Any:
        """All of the pairs."""
        return [(name, value) for name, value in self._pairs]


def _payment_request(runner: Runner, vector: Vector) -> Members:
    number = vector["input"]["operation_id"]
    runner.server.answer(200, f'{{"OperationId":{number},"Amount":1.50,"OrderId":"o","OperationStatus":"Waiting"}}')
    runner.partner(vector).payment(number)
    return _sent(runner)


def _refund_request(runner: Runner, vector: Vector) -> Members:
    given = vector["input"]
    runner.server.answer(200, f'{{"OperationId":{given["operation_id"]},"OperationStatus":"Refund"}}')
    runner.partner(vector).refund(izly.RefundTarget(given["operation_id"], given["order_id"]))
    return _sent(runner)


def _token_request(runner: Runner, vector: Vector) -> Members:
    runner.server.answer(200, '{"access_token":"a"}')
    runner.partner(vector).finish_login(f"code={quote(vector['input']['code'], safe='')}&state=s", izly.State("s"))
    return _sent(runner)


def _refresh_request(runner: Runner, vector: Vector) -> Members:
    runner.server.answer(200, '{"access_token":"a"}')
    runner.partner(vector).refresh(izly.RefreshToken(vector["input"]["refresh_token"]))
    return _sent(runner)


def _user_request(runner: Runner, vector: Vector) -> Members:
    runner.server.answer(200, '{"Id":"1"}')
    runner.partner(vector).user(izly.AccessToken(vector["input"]["access_token"]))
    return _sent(runner)


def _sent(runner: Runner) -> Members:
    (request,) = runner.server.requests
    return {
        "method": request.method,
        "target": request.target,
        "headers": request.headers,
        "body": request.body.decode(),
        "body_json": json.loads(request.body) if request.body else None,
    }


RUNNERS: dict[str, Callable[[Runner, Vector], Members]] = {
    "login_url": _login_url,
    "login_return": _login_return,
    "api_key": _api_key,
    "order": _order,
    "environment": _environment,
    "new_payment": _new_payment,
    "payment_request": _payment_request,
    "refund_request": _refund_request,
    "token_request": _token_request,
    "refresh_request": _refresh_request,
    "user_request": _user_request,
}
