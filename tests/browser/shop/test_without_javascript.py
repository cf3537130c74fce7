"""The one script of the shop asks for news; everything else works without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from harness.scenes import PAID, WRONG, WRONG_PASSWORD
from harness.shop import LOG_OUT, NAMES, VERIFY, WINDOW
from harness.student import CANCEL, VALIDATE
from playwright.sync_api import expect

if TYPE_CHECKING:
    from harness.izly import Izly
    from harness.shop import Shopper

pytestmark = pytest.mark.context(java_script_enabled=False)


def test_all_the_way(shopper: Shopper, izly: Izly) -> None:
    """Log in, order, mistype, pay, look, refund, look again, log out."""
    izly.callbacks(mode="manual")
    shopper.logs_in()
    order = shopper.orders()
    tab = shopper.page.context.new_page()
    tab.goto(order.url)
    expect(tab.get_by_text("Cette page change d’elle-même.")).to_be_hidden()
    shopper.validates(password=WRONG_PASSWORD)
    shopper.is_refused(WRONG)
    shopper.password.fill(shopper.shop.account("riche").password)
    shopper.button(VALIDATE).click()
    shopper.sees(PAID)
    izly.deliver()
    tab.get_by_role("link", name="Actualiser").click()
    expect(tab.locator("#etat")).to_have_attribute("data-etat", "payee")
    shopper.comes_back()
    shopper.order_page.says("payee")
    shopper.has_paid_once(order)
    shopper.asks_for_the_refund()
    shopper.order_page.says("remboursee")
    tab.get_by_role("link", name="Actualiser").click()
    expect(tab.locator("#etat")).to_have_attribute("data-etat", "remboursee")
    shopper.has_paid_nothing()
    shopper.button(LOG_OUT).click()
    shopper.sees(WINDOW)


def test_lost_and_cancelled(shopper: Shopper, izly: Izly) -> None:
    """A callback that never came, and a payment that was cancelled: both are found by asking."""
    izly.callbacks(mode="never")
    paid = shopper.orders()
    shopper.validates()
    shopper.sees(PAID)
    shopper.looks_at(paid)
    shopper.order_page.says("attente")
    shopper.button(VERIFY).click()
    shopper.order_page.says("payee")
    shopper.has_paid_once(paid)
    cancelled = shopper.orders("ecocup")
    shopper.button(CANCEL).click()
    shopper.comes_back()
    shopper.link(NAMES["ecocup"]).click()
    expect(shopper.page).to_have_url(cancelled.url)
    shopper.button(VERIFY).click()
    shopper.order_page.says("annulee")


def test_creation_that_fails(shopper: Shopper, izly: Izly) -> None:
    """The page says why, and the form on it tries again."""
    izly.fault("create_payment", "bad_gateway", times=1)
    shopper.opens_the_shop()
    shopper.page.locator("#acheter-gala").get_by_role("button").click()
    shopper.order_page.says("impayee")
    shopper.page.locator("#recommencer").get_by_role("button").click()
    shopper.validates()
    shopper.comes_back()
    shopper.order_page.says("payee")
