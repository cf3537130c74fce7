"""Purchases, as students make them: what the shop says, what Izly holds for true, who pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from harness.scenes import DEBTS, FORGOTTEN_PASSWORD, PAID, POOR, WRONG, WRONG_PASSWORD
from harness.shop import BUY_AGAIN, CONTINUE, NAMES, PRICES, REFUND, VERIFY, WINDOW
from harness.shop_scenes import NO_SUCH_ORDER
from harness.student import BACK_TO_SHOP, CANCEL, FORGOTTEN, VALIDATE
from playwright.sync_api import expect

if TYPE_CHECKING:
    from harness.izly import Izly
    from harness.shop import Shopper
    from harness.watch import Watch
    from playwright.sync_api import Page

NEVER_TOLD = ("enregistree", "creee")
CREDITED = (*NEVER_TOLD, "callback", "creditee")


def test_paid(shopper: Shopper) -> None:
    """The order's page in another tab changes by itself, before the student comes back."""
    order = shopper.orders("sweat")
    for text in ("La Boutique du BDE", NAMES["sweat"]):
        expect(shopper.page.get_by_role("main")).to_contain_text(text)
    tab = shopper.follows(order)
    tab.says("attente")
    tab.offers(CONTINUE, VERIFY)
    shopper.validates()
    shopper.sees(PAID)
    tab.says("payee")
    tab.has_events(*CREDITED)
    tab.offers(REFUND)
    tab.was_not_reloaded()
    expect(tab.page).to_have_title("Votre commande\N{NO-BREAK SPACE}: payée – La Boutique du BDE")
    shopper.comes_back()
    expect(shopper.page).to_have_url(order.url)
    shopper.order_page.says("payee")
    shopper.has_paid_once(order, "sweat")


def test_cancelled(shopper: Shopper) -> None:
    """Izly tells nobody, so the shop goes on waiting until it is told to ask."""
    order = shopper.orders()
    shopper.button(CANCEL).click()
    shopper.link(BACK_TO_SHOP).click()
    shopper.sees(WINDOW)
    expect(shopper.page.locator("#commandes li")).to_have_attribute("data-etat", "attente")
    shopper.link(NAMES["gala"]).click()
    shopper.order_page.has_events(*NEVER_TOLD)
    shopper.button(VERIFY).click()
    shopper.order_page.says("annulee")
    shopper.order_page.has_events(*NEVER_TOLD, "verification", "annulee")
    shopper.has_paid_nothing()
    shopper.order_page.offers(BUY_AGAIN)
    shopper.button(BUY_AGAIN).click()
    shopper.validates()
    shopper.comes_back()
    shopper.order_page.says("payee")
    again = shopper.newest_order()
    assert again.id != order.id
    shopper.has_paid_once(again)


def test_cancelled_and_told(shopper: Shopper, izly: Izly) -> None:
    """In the other reading of the guide, Izly does tell."""
    izly.wire(callback_on_cancel=True)
    tab = shopper.follows(shopper.orders())
    shopper.button(CANCEL).click()
    tab.says("annulee")
    tab.has_events(*NEVER_TOLD, "callback", "annulee")
    tab.was_not_reloaded()


def test_wrong_password_then_right(shopper: Shopper) -> None:
    """The shop hears of success only."""
    order = shopper.orders()
    shopper.validates(password=WRONG_PASSWORD)
    shopper.is_refused(WRONG)
    shopper.password.fill(shopper.shop.account("riche").password)
    shopper.button(VALIDATE).click()
    shopper.comes_back()
    shopper.order_page.has_events(*CREDITED)
    shopper.has_paid_once(order)


@pytest.mark.parametrize(
    ("account", "reason"), [("solde-insuffisant", POOR), ("impayes", DEBTS)], ids=["poor", "debts"]
)
def test_refused(account: str, reason: str, shopper: Shopper) -> None:
    """The shop hears of the failure, asks, and learns that it still waits; another account may pay."""
    order = shopper.orders()
    tab = shopper.follows(order)
    shopper.validates(account)
    shopper.is_refused(reason)
    tab.has_events(*NEVER_TOLD, "callback", "pas-encore")
    tab.says("attente")
    shopper.validates()
    tab.says("payee")
    tab.has_events(*NEVER_TOLD, "callback", "pas-encore", "callback", "creditee")
    tab.was_not_reloaded()
    shopper.comes_back()
    shopper.has_paid_once(order)
    assert shopper.shop.izly.balance(account) == shopper.shop.account(account).balance_cents


def test_double_click(shopper: Shopper, izly: Izly) -> None:
    """Two clicks on *Valider*, the second while the first still waits for the shop: paid once, credited once."""
    order = shopper.orders()
    izly.fault("read_payment", "delay", delay_ms=2000)
    shopper.type(shopper.shop.account("riche"))
    sent: list[str] = []
    shopper.page.on("request", lambda request: sent.append(request.method))
    validate = shopper.place(VALIDATE)
    shopper.page.mouse.click(*validate)
    while not izly.deliveries():
        shopper.page.wait_for_timeout(20)
    shopper.page.mouse.click(*validate)
    shopper.sees(PAID)
    assert sent == ["POST", "POST"]
    shopper.comes_back()
    shopper.order_page.says("payee")
    shopper.has_paid_once(order)
    assert len(izly.deliveries()) == 1


def test_forgotten_password(shopper: Shopper) -> None:
    """Back to the shop, and a new payment: of a new order, and the old one still waits."""
    old = shopper.orders()
    shopper.link(FORGOTTEN).click()
    shopper.sees(FORGOTTEN_PASSWORD)
    shopper.link("Revenir sur le site La Boutique du BDE").click()
    new = shopper.buys()
    shopper.has_paid_once(new)
    shopper.opens_the_shop()
    states = [one.get_attribute("data-etat") for one in shopper.page.locator("#commandes li").all()]
    assert states == ["payee", "attente"]
    shopper.looks_at(old)
    shopper.order_page.has_events(*NEVER_TOLD)


def test_forgotten_password_and_the_same_order(shopper: Shopper) -> None:
    """The order that waits leads back to the same payment."""
    order = shopper.orders()
    shopper.link(FORGOTTEN).click()
    shopper.link("Revenir sur le site La Boutique du BDE").click()
    shopper.link(NAMES["gala"]).click()
    shopper.button(CONTINUE).click()
    expect(shopper.page).to_have_url(order.payment_url)
    shopper.validates()
    shopper.comes_back()
    shopper.order_page.says("payee")
    shopper.has_paid_once(order)
    assert len(shopper.shop.izly.payments()) == 1


def test_the_page_while_the_payment_is_created(shopper: Shopper, izly: Izly) -> None:
    """Nothing can be done yet; the page learns by itself when it can."""
    shopper.opens_the_shop()
    izly.fault("create_payment", "delay", delay_ms=10_000, times=1)
    shopper.page.locator("#acheter-gala").get_by_role("button").click(no_wait_after=True)
    home = shopper.page.context.new_page()
    home.goto(shopper.shop.url)
    while not home.locator("#commandes a").count():
        home.reload()
    home.locator("#commandes a").click()
    expect(home.locator("#etat")).to_contain_text("en cours de création")
    expect(home.locator("#actions").locator("button, a")).to_have_count(0)
    expect(home.locator("#actions").locator("button, a")).to_have_text([CONTINUE, VERIFY])
    expect(home.locator("#operation")).to_have_text(str(shopper.newest_order().operation_id))


def test_two_students(shopper: Shopper, other_shopper: Shopper, watch: Watch) -> None:
    """Whoever knows the address of somebody else's order learns nothing and can do nothing."""
    watch.expect_status(404)
    mine = shopper.buys("sweat")
    theirs = other_shopper.orders("ecocup")
    for one, others in ((shopper, theirs), (other_shopper, mine)):
        one.opens_the_shop()
        expect(one.page.locator("#commandes li")).to_have_count(1)
        for path in ("", "/etat", "/remboursement"):
                # With the cookies of that browser.
                assert one.page.request.get(others.url + path).status == 404
        one.looks_at(others)
        one.sees(NO_SUCH_ORDER)
        one.page.goto(f"{one.shop.url}/paiement/retour?commande={others.id}")
        one.sees(NO_SUCH_ORDER)
    other_shopper.looks_at(theirs)
    other_shopper.order_page.has_events(*NEVER_TOLD)


def test_somebody_elses_forms(shopper: Shopper, other_shopper: Shopper, subtests: pytest.Subtests) -> None:
    """A form with a good token of one's own does nothing about an order of others."""
    waiting, paid = shopper.orders(), shopper.buys()
    for path, order in (("payer", waiting), ("verifier", waiting), ("remboursement", paid)):
        with subtests.test(path=path):
            shopper.looks_at(order)
            before = shopper.order_page.events()
            other_shopper.opens_the_shop()
            form = other_shopper.page.locator("#acheter-gala")
            form.evaluate("(form, target) => { form.action = target; }", f"{order.url}/{path}")
            form.get_by_role("button").click()
            other_shopper.sees(NO_SUCH_ORDER)
            shopper.looks_at(order)
            assert shopper.order_page.events() == before


def test_the_prices_are_what_izly_is_asked_for(shopper: Shopper, page: Page) -> None:
    """In centimes, once each."""
    for product, price in PRICES.items():
        shopper.orders(product)
        payment = shopper.shop.izly.payments()[-1]
        assert (payment["amount_cents"], payment["message"]) == (price, NAMES[product])
        expect(page.get_by_role("main")).to_contain_text(f"{price // 100},{price % 100:02}")
