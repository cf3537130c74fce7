"""An Izly that breaks off, answers nonsense or lags behind: the page says what is known, and a new try works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.scenes import PAID
from harness.shop import BUY_AGAIN, VERIFY
from harness.shop_scenes import ORDER
from playwright.sync_api import expect

if TYPE_CHECKING:
    import pytest
    from harness.izly import Izly
    from harness.shop import Shopper

UNCLEAR = "Izly n’a pas répondu clairement."
CREATED = ("enregistree", "creee")

BREAKDOWNS = (
    "drop_before_commit",
    "commit_then_drop",
    "server_error",
    "bad_gateway",
    "truncated_json",
    "comma_decimals",
    "foreign_authorization_url",
)


def test_no_payment_could_be_created(shopper: Shopper, izly: Izly, subtests: pytest.Subtests) -> None:
    """Nobody can say whether there is one; nobody can pay it either. One more try is a new order, and works."""
    page = shopper.order_page
    for number, fault in enumerate(BREAKDOWNS, start=1):
        with subtests.test(fault=fault):
            shopper.opens_the_shop()
            izly.fault("create_payment", fault, times=1)
            shopper.page.locator("#acheter-gala").get_by_role("button").click()
            shopper.sees(ORDER)
            page.says("impayee")
            page.has_events("enregistree", "non-creee")
            expect(shopper.page.locator("#etat")).to_contain_text(UNCLEAR)
            expect(shopper.page.locator("#etat")).to_contain_text("il ne peut pas être débité")
            page.offers(BUY_AGAIN)
            # It was asked once: a payment that may exist is not asked for again behind the student's back.
            assert len(izly.requests("create_payment")) == number
    failed_at = shopper.page.url
    shopper.button(BUY_AGAIN).click()
    shopper.validates()
    shopper.comes_back()
    page.says("payee")
    order = shopper.newest_order()
    assert order.url != failed_at
    shopper.has_paid_once(order)
    shopper.page.goto(failed_at)
    page.has_events("enregistree", "non-creee")


def test_paid_before_its_creation_failed(shopper: Shopper, izly: Izly) -> None:
    """The callback came, the answer did not: what Izly confirmed counts."""
    izly.callbacks(mode="before_creation_reply")
    izly.fault("create_payment", "commit_then_drop", times=1)
    shopper.opens_the_shop()
    shopper.page.locator("#acheter-gala").get_by_role("button").click()
    shopper.order_page.says("payee")
    shopper.order_page.counts("creditee", 1)
    shopper.has_paid_once(shopper.newest_order())


def test_stuck_waiting(shopper: Shopper, izly: Izly) -> None:
    """Izly took the money and does not say so: nothing is credited until it does."""
    izly.fault("read_payment", "stuck_waiting")
    order = shopper.orders()
    shopper.validates()
    shopper.sees(PAID)
    shopper.comes_back()
    page = shopper.order_page
    page.says("attente")
    shopper.button(VERIFY).click()
    page.has_events(*CREATED, "callback", "pas-encore", "retour", "pas-encore", "verification", "pas-encore")
    page.says("attente")
    izly.heal()
    shopper.button(VERIFY).click()
    page.says("payee")
    shopper.has_paid_once(order)


UNREADABLE = ("server_error", "truncated_json", "empty_reply", "unknown_status", "comma_decimals", "drop_before_commit")


def test_unreadable(shopper: Shopper, izly: Izly, subtests: pytest.Subtests) -> None:
    """No answer, half of one, or a word that nobody knows: nothing is credited, and nothing is given up."""
    izly.callbacks(mode="never")
    order = shopper.orders()
    shopper.validates()
    shopper.sees(PAID)
    shopper.looks_at(order)
    for number, fault in enumerate(UNREADABLE, start=1):
        with subtests.test(fault=fault):
            izly.fault("read_payment", fault)
            shopper.button(VERIFY).click()
            shopper.order_page.counts("verification", number)
            shopper.order_page.says("attente")
            shopper.order_page.counts("creditee", 0)
            izly.heal()
    shopper.button(VERIFY).click()
    shopper.order_page.says("payee")
    shopper.has_paid_once(order)


def test_odd_answers(shopper: Shopper, izly: Izly) -> None:
    """Not as the guide has it, and clear all the same."""
    izly.fault("create_payment", "big_ids")
    izly.fault("read_payment", "extra_fields")
    order = shopper.orders()
    assert order.operation_id > 2**53
    tab = shopper.follows(order)
    expect(tab.page.locator("#operation")).to_have_text(str(order.operation_id))
    shopper.validates()
    tab.says("payee")
    shopper.comes_back()
    shopper.has_paid_once(order)


def test_a_slow_izly(shopper: Shopper, izly: Izly) -> None:
    """Each answer takes its time: it is still one order, paid and credited once."""
    izly.fault("any", "delay", delay_ms=400)
    order = shopper.orders()
    shopper.validates()
    shopper.comes_back()
    shopper.order_page.says("payee")
    shopper.has_paid_once(order)
    assert len(izly.payments()) == 1
