"""*Back*, *Forward* and *Reload* at every step of a purchase and of a refund."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from harness.scenes import PAID, PAY, WRONG, WRONG_PASSWORD
from harness.shop import CONTINUE, NAMES, REFUND, VERIFY, WINDOW, YES_REFUND
from harness.shop_scenes import ORDER
from harness.student import VALIDATE
from playwright.sync_api import Error, expect

if TYPE_CHECKING:
    from harness.shop import Shopper

pytestmark = pytest.mark.keeps_pages


def test_back_from_izly(shopper: Shopper) -> None:
    """To the shop window, where the order waits now; it leads to the same payment."""
    order = shopper.orders()
    shopper.goes_back()
    shopper.sees(WINDOW)
    shopper.page.reload()
    expect(shopper.page.locator("#commandes li")).to_have_attribute("data-etat", "attente")
    shopper.link(NAMES["gala"]).click()
    shopper.button(CONTINUE).click()
    expect(shopper.page).to_have_url(order.payment_url)
    shopper.goes_back()
    shopper.sees(ORDER)
    shopper.order_page.says("attente")
    shopper.goes_forward()
    shopper.sees(PAY)
    shopper.validates()
    shopper.comes_back()
    shopper.order_page.says("payee")
    shopper.has_paid_once(order)


def test_back_and_buy_once_more(shopper: Shopper) -> None:
    """The page behind still works: it is another order, and each is paid on its own."""
    first = shopper.orders()
    shopper.goes_back()
    shopper.sees(WINDOW)
    shopper.page.locator("#acheter-gala").get_by_role("button").click()
    shopper.sees(PAY)
    second = shopper.newest_order()
    assert second.id != first.id
    shopper.validates()
    shopper.comes_back()
    shopper.order_page.says("payee")
    shopper.has_paid_once(second)
    shopper.looks_at(first)
    shopper.order_page.says("attente")


def test_back_after_a_wrong_password(shopper: Shopper) -> None:
    """Behind the refusal there is the form, and behind the form the shop."""
    order = shopper.orders()
    shopper.validates(password=WRONG_PASSWORD)
    shopper.is_refused(WRONG)
    shopper.goes_back()
    expect(shopper.page.get_by_role("alert")).to_have_count(0)
    shopper.sees(PAY)
    shopper.validates()
    shopper.comes_back()
    shopper.order_page.says("payee")
    shopper.has_paid_once(order)


def test_back_after_paying(shopper: Shopper) -> None:
    """One step: paid. Two steps: the shop, where the order is paid as well."""
    order = shopper.orders()
    shopper.validates()
    shopper.sees(PAID)
    shopper.goes_back()
    shopper.sees(PAID)
    expect(shopper.button(VALIDATE)).to_have_count(0)
    shopper.goes_back()
    shopper.sees(WINDOW)
    shopper.page.reload()
    expect(shopper.page.locator("#commandes li")).to_have_attribute("data-etat", "payee")
    shopper.looks_at(order)
    shopper.has_paid_once(order)


def test_back_from_the_order(shopper: Shopper) -> None:
    """The browser asks before it sends Izly's form again; who says yes pays no second time, and comes back again."""
    order = shopper.buys()
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        shopper.goes_back()
    expect(shopper.page.get_by_text("ERR_CACHE_MISS")).to_be_visible()
    shopper.page.reload()
    shopper.sees(PAID)
    shopper.comes_back()
    shopper.order_page.says("payee")
    shopper.has_paid_once(order)


def test_the_return_page_again(shopper: Shopper) -> None:
    """An old tab, a bookmark, a reload: the way back from Izly may be taken any number of times."""
    order = shopper.buys()
    shopper.page.wait_for_load_state()
    before = shopper.order_page.events()
    for _ in range(3):
        shopper.page.goto(f"{shopper.shop.url}/paiement/retour?commande={order.id}")
        expect(shopper.page).to_have_url(order.url)
    shopper.page.reload()
    assert shopper.order_page.events() == before
    shopper.has_paid_once(order)


def test_back_after_verifying(shopper: Shopper) -> None:
    """Going back and forth asks nothing; only the button does."""
    order = shopper.orders()
    shopper.looks_at(order)
    shopper.order_page.mark()
    shopper.button(VERIFY).click()
    # The page that is left asks too, and may know of it first.
    shopper.order_page.is_another()
    shopper.order_page.counts("verification", 1)
    shopper.goes_back()
    shopper.goes_forward()
    shopper.sees(ORDER)
    shopper.page.reload()
    shopper.order_page.has_events("enregistree", "creee", "verification", "pas-encore")


def test_back_after_a_refund(shopper: Shopper) -> None:
    """Whatever the page behind shows, nothing is sent a second time."""
    order = shopper.buys()
    shopper.asks_for_the_refund()
    shopper.order_page.says("remboursee")
    shopper.goes_back()
    # Chromium gives the question back as it was left, or asks the shop, which knows better.
    if shopper.button(YES_REFUND).count():
        shopper.button(YES_REFUND).click()
    shopper.sees(ORDER)
    shopper.order_page.says("remboursee")
    assert len(shopper.shop.izly.requests("refund")) == 1
    shopper.looks_at(order)
    shopper.order_page.counts("remboursee", 1)
    expect(shopper.link(REFUND)).to_have_count(0)
    shopper.has_paid_nothing()


def test_the_refunds_address_again(shopper: Shopper) -> None:
    """A bookmark of the question leads to the answer."""
    order = shopper.buys()
    shopper.asks_for_the_refund()
    shopper.order_page.says("remboursee")
    shopper.page.goto(f"{order.url}/remboursement")
    expect(shopper.page).to_have_url(order.url)
    shopper.order_page.says("remboursee")
