"""The shop without a mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.keyboard import stops, walk_to
from harness.scenes import PAID, PAY
from harness.shop import CONTINUE, LOG_IN_WITH_IZLY, NAMES, REFUND, VERIFY, YES_REFUND
from harness.shop_scenes import ORDER
from harness.student import BACK_TO_SHOP
from playwright.sync_api import expect

if TYPE_CHECKING:
    from harness.shop import Shopper
    from playwright.sync_api import Page

SKIP = "Aller au contenu"
SHOP = "La Boutique du BDE"


def _buy(product: str) -> str:
    return f"Payer avec Izly\N{NO-BREAK SPACE}: {NAMES[product]}"


def test_order_of_the_window(shopper: Shopper, page: Page) -> None:
    """As people read."""
    shopper.opens_the_shop()
    expected = [SKIP, SHOP, LOG_IN_WITH_IZLY, *(_buy(product) for product in NAMES), "le back-office du bac à sable"]
    assert stops(page, len(expected)) == expected


def test_the_skip_link(shopper: Shopper, page: Page) -> None:
    """It shows when it is reached, and leads past the header."""
    shopper.opens_the_shop()
    link = shopper.link(SKIP)
    assert link.evaluate("link => getComputedStyle(link).clipPath") != "none"
    assert stops(page, 1) == [SKIP]
    expect(link).to_be_in_viewport(ratio=1)
    assert link.evaluate("link => getComputedStyle(link).clipPath") == "none"
    page.keyboard.press("Enter")
    expect(page.locator("#contenu")).to_be_focused()
    assert stops(page, 1) == [_buy("ecocup")]


def test_order_of_an_order(shopper: Shopper, page: Page) -> None:
    """The likeliest first."""
    shopper.looks_at(shopper.orders())
    walk_to(page, "← Retour aux articles")
    assert stops(page, 3) == [CONTINUE, VERIFY, "Actualiser"]


def test_a_purchase_and_a_refund(shopper: Shopper, page: Page) -> None:
    """From the address bar to the money back."""
    shopper.opens_the_shop()
    walk_to(page, _buy("gala"))
    page.keyboard.press("Enter")
    shopper.sees(PAY)
    walk_to(page, "Identifiant")
    account = shopper.shop.account("riche")
    page.keyboard.type(account.login)
    page.keyboard.press("Tab")
    page.keyboard.type(account.password)
    page.keyboard.press("Enter")
    shopper.sees(PAID)
    walk_to(page, BACK_TO_SHOP)
    page.keyboard.press("Enter")
    shopper.sees(ORDER)
    shopper.order_page.says("payee")
    shopper.has_paid_once(shopper.newest_order())
    walk_to(page, REFUND)
    page.keyboard.press("Enter")
    shopper.sees("Rembourser 18,00\N{NO-BREAK SPACE}€\N{NO-BREAK SPACE}?")
    walk_to(page, YES_REFUND)
    page.keyboard.press("Space")
    shopper.order_page.says("remboursee")
    shopper.has_paid_nothing()


def test_the_focus_is_not_lost(shopper: Shopper, page: Page) -> None:
    """The button under the finger goes when the order is paid: the finger is then at the page's heading."""
    order = shopper.orders()
    tab = shopper.follows(order)
    walk_to(tab.page, VERIFY)
    shopper.validates()
    shopper.sees(PAID)
    tab.says("payee")
    expect(tab.page.locator("h1")).to_be_focused()
    walk_to(tab.page, REFUND)
    assert page.url != tab.page.url
