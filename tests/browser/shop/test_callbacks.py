"""Callbacks that come early, late, often, never, or from somebody else: an order is credited once, and only if paid."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest
from harness.scenes import PAID
from harness.shop import CONTINUE, REFUND, VERIFY
from harness.shop_scenes import ORDER
from playwright.sync_api import expect

if TYPE_CHECKING:
    from harness.izly import Izly
    from harness.shop import Shop, Shopper

CREATED = ("enregistree", "creee")


def test_callback_before_the_return_page(shopper: Shopper) -> None:
    """As Izly does it: when the student comes back, everything is settled, and there is nothing to ask."""
    order = shopper.buys()
    shopper.order_page.has_events(*CREATED, "callback", "creditee")
    shopper.has_paid_once(order)
    assert len(shopper.shop.izly.requests("read_payment")) == 1


def test_callback_after_the_return_page(shopper: Shopper, izly: Izly) -> None:
    """The student comes back while Izly still says *Waiting*; the page that is open then changes by itself."""
    izly.callbacks(mode="manual")
    order = shopper.orders()
    shopper.validates()
    shopper.sees(PAID)
    izly.fault("read_payment", "stuck_waiting", times=1)
    shopper.comes_back()
    page = shopper.order_page
    page.says("attente")
    page.has_events(*CREATED, "retour", "pas-encore")
    page.offers(CONTINUE, VERIFY)
    page.mark()
    izly.deliver()
    page.says("payee")
    page.has_events(*CREATED, "retour", "pas-encore", "callback", "creditee")
    page.offers(REFUND)
    page.was_not_reloaded()
    shopper.has_paid_once(order)


def test_callback_after_the_order_is_settled(shopper: Shopper, izly: Izly) -> None:
    """The return page was quicker: the callback is welcome, and changes nothing."""
    izly.callbacks(mode="manual")
    order = shopper.buys()
    page = shopper.order_page
    page.has_events(*CREATED, "retour", "creditee")
    page.mark()
    izly.deliver()
    page.has_events(*CREATED, "retour", "creditee", "callback", "deja-creditee")
    page.says("payee")
    page.was_not_reloaded()
    (delivery,) = izly.deliveries()
    assert (delivery["status"], delivery["accepted"]) == (200, True)
    shopper.has_paid_once(order)


def test_delivered_while_only_the_order_is_open(shopper: Shopper, izly: Izly) -> None:
    """The student never comes back."""
    izly.callbacks(mode="manual")
    order = shopper.orders()
    tab = shopper.follows(order)
    shopper.validates()
    shopper.sees(PAID)
    shopper.page.close()
    tab.has_events(*CREATED)
    izly.deliver()
    tab.says("payee")
    tab.was_not_reloaded()
    assert izly.status(order.operation_id) == "Completed"


def test_callback_after_the_answer(shopper: Shopper, izly: Izly) -> None:
    """Half a second behind the page that says that it is paid."""
    izly.callbacks(mode="after_reply", delay_ms=500)
    order = shopper.orders()
    tab = shopper.follows(order)
    shopper.validates()
    shopper.sees(PAID)
    tab.has_events(*CREATED, "callback", "creditee")
    tab.says("payee")
    shopper.comes_back()
    shopper.has_paid_once(order)


def test_lost_and_found_by_the_return_page(shopper: Shopper, izly: Izly) -> None:
    """No callback at all: coming back is reason enough to ask."""
    izly.callbacks(mode="never")
    order = shopper.orders()
    tab = shopper.follows(order)
    shopper.validates()
    shopper.sees(PAID)
    tab.has_events(*CREATED)
    shopper.comes_back()
    shopper.order_page.has_events(*CREATED, "retour", "creditee")
    tab.says("payee")
    tab.was_not_reloaded()
    shopper.has_paid_once(order)


def test_lost_and_found_by_the_button(shopper: Shopper, izly: Izly) -> None:
    """Nobody came back either: the order's page can ask."""
    izly.callbacks(mode="never")
    order = shopper.orders()
    shopper.validates()
    shopper.sees(PAID)
    shopper.looks_at(order)
    shopper.order_page.says("attente")
    shopper.button(VERIFY).click()
    shopper.order_page.says("payee")
    shopper.order_page.has_events(*CREATED, "verification", "creditee")
    shopper.has_paid_once(order)


def test_callback_before_the_creation_is_answered(shopper: Shopper, izly: Izly) -> None:
    """The shop credits an order whose number at Izly it does not know yet."""
    izly.callbacks(mode="before_creation_reply")
    shopper.opens_the_shop()
    shopper.page.locator("#acheter-gala").get_by_role("button").click()
    shopper.sees(PAID)
    order = shopper.newest_order()
    shopper.comes_back()
    shopper.order_page.says("payee")
    shopper.order_page.has_events("enregistree", "callback", "creditee", "creee")
    expect(shopper.page.locator("#operation")).to_have_text(str(order.operation_id))
    shopper.has_paid_once(order)


@pytest.mark.parametrize("concurrent", [False, True], ids=["in turn", "at once"])
def test_ten_callbacks(concurrent: bool, shopper: Shopper, izly: Izly) -> None:
    """Nine of them are too many: credited once, and each is answered well."""
    izly.callbacks(copies=10, concurrent=concurrent)
    order = shopper.buys()
    shopper.order_page.counts("callback", 10)
    shopper.order_page.counts("deja-creditee", 9)
    shopper.has_paid_once(order)
    assert [one["accepted"] for one in izly.deliveries()] == [True] * 10


def test_committed_after_the_callback(shopper: Shopper, izly: Izly) -> None:
    """During its callback Izly still says *Waiting*: the callback is refused, and the return page settles the order."""
    izly.callbacks(commit="after_callback")
    order = shopper.orders()
    tab = shopper.follows(order)
    shopper.validates()
    shopper.sees(PAID)
    tab.has_events(*CREATED, "callback", "pas-encore")
    tab.says("attente")
    (delivery,) = izly.deliveries()
    assert (delivery["status"], delivery["accepted"]) == (500, False)
    shopper.comes_back()
    shopper.order_page.says("payee")
    tab.says("payee")
    shopper.order_page.has_events(*CREATED, "callback", "pas-encore", "retour", "creditee")
    shopper.has_paid_once(order)


FORGED = {
    "status": ("callback", "pas-encore"),
    "amount": ("callback", "pas-encore"),
    # About an operation that nobody has: Izly knows nothing of it.
    "operation": ("callback", "sans-reponse"),
    # About an order that the shop does not have.
    "order": (),
}


def test_forged_about_an_order_that_waits(shopper: Shopper, izly: Izly, subtests: pytest.Subtests) -> None:
    """Somebody says that it is paid: the shop asks Izly, and credits nothing. Then it is paid, and that counts."""
    order = shopper.orders()
    tab = shopper.follows(order)
    events = [*CREATED]
    for forge, noted in FORGED.items():
        with subtests.test(forge=forge):
            izly.call_back(order.operation_id, forge=forge)
            events += noted
            tab.has_events(*events)
            tab.says("attente")
            tab.offers(CONTINUE, VERIFY)
    shopper.validates()
    tab.says("payee")
    shopper.comes_back()
    shopper.has_paid_once(order)


def test_every_callback_forged(shopper: Shopper, izly: Izly, subtests: pytest.Subtests) -> None:
    """Izly's own callbacks are altered on the way: what is believed comes from Izly all the same."""
    for forge in FORGED:
        with subtests.test(forge=forge):
            izly.callbacks(forge=forge)
            order = shopper.orders("ecocup")
            shopper.validates()
            shopper.sees(PAID)
            shopper.comes_back()
            shopper.order_page.says("payee")
            shopper.order_page.counts("creditee", 1)
            assert izly.status(order.operation_id) == "Completed"


def test_somebody_elses_payment(shopper: Shopper, izly: Izly) -> None:
    """A cheap order is paid, and its operation named for a dear one: it does not pay that."""
    cheap = shopper.buys("ecocup")
    dear = shopper.orders("sweat")
    tab = shopper.follows(dear)
    status, answer = _post(shopper.shop, _claim(cheap.operation_id, dear.id, "32.50"))
    assert (status, answer["Code"]) == (200, 0)
    tab.has_events(*CREATED, "callback", "autre-commande")
    tab.says("attente")
    shopper.looks_at(cheap)
    shopper.order_page.counts("creditee", 1)
    assert izly.status(dear.operation_id) == "Waiting"


def test_a_callback_that_says_nothing(shopper: Shopper, subtests: pytest.Subtests) -> None:
    """The shop says that it cannot read it, and nothing happens to any order."""
    order = shopper.orders()
    for body in ("", "oops", "[]", '{"OperationSMoney": {}}', "{" * 100_000):
        with subtests.test(body=body[:30]):
            status, answer = _post(shopper.shop, body)
            assert status == 400
            assert answer["Code"] != 0
    shopper.looks_at(order)
    shopper.sees(ORDER)
    shopper.order_page.has_events(*CREATED)


def _claim(operation_id: int, order_id: str, amount: str) -> str:
    operation = {"Id": operation_id, "ClientOrderId": order_id, "Amount": amount, "Status": "Completed"}
    return json.dumps({"Error": {"Code": 0, "Message": ""}, "OperationSMoney": operation})


def _post(shop: Shop, body: str) -> tuple[int, dict[str, Any]]:
    """What anybody can do who knows the shop's address."""
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{shop.url}/izly/callback", body.encode(), headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=20) as reply:
            return reply.status, json.load(reply)
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, json.load(refusal)
