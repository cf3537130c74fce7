"""What holds for every page of the shop: validity, accessibility, layout, and the words that frame it."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.parse
import urllib.request
from typing import TYPE_CHECKING

import pytest
from harness.layout import PHONE
from harness.shop import NAMES, Shop, Shopper
from harness.shop_scenes import FULL, FULL_PICTURE, SHOP_SCENES, ShopScene
from playwright.sync_api import expect

if TYPE_CHECKING:
    from harness.check import Checker
    from harness.watch import Watch
    from playwright.sync_api import Page

# Order ids and times are new in each run; in the pictures they are not.
_STEADY = """() => {
    const order = document.querySelector('#resume dd:nth-of-type(3) code');
    if (order) order.textContent = 'bde_5f0c93a1d27e4b68a0c1f3';
    document.querySelectorAll('time').forEach((time, place) => {
        time.textContent = `14:03:${String(20 + place).padStart(2, '0')}`;
    });
}"""


def _on(scenes: list[ShopScene]) -> pytest.MarkDecorator:
    marked = [
        pytest.param(scene, id=scene.name, marks=[pytest.mark.shop_of_its_own] if scene.is_passing else [])
        for scene in scenes
    ]
    return pytest.mark.parametrize("scene", marked)


@_on(list(SHOP_SCENES))
def test_every_page(scene: ShopScene, shopper: Shopper, watch: Watch, check_page: Checker) -> None:
    """It is what it says, and nobody is kept out."""
    if scene.status != 200:
        watch.expect_status(scene.status)
    scene.play(shopper)
    page = shopper.page
    expect(page).to_have_title(f"{scene.title} \N{EN DASH} La Boutique du BDE")
    shopper.sees(scene.heading)
    assert watch.document(page).status == scene.status
    _is_framed(page, shopper.shop)
    page.evaluate(_STEADY)
    check_page(page, scene.picture)


def _is_framed(page: Page, shop: Shop) -> None:
    """What stands around every page."""
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("banner")).to_contain_text("aucun argent réel ne circule")
    office = page.get_by_role("contentinfo").get_by_role("link")
    expect(office).to_have_attribute("href", shop.back_office_url)
    expect(page.locator("main#contenu h1")).to_have_count(1)
    # Either way in or way out, and the way out names who is in.
    expect(page.locator("form#connexion, #connecte")).to_have_count(1)
    expect(page.locator("form#connexion, form#deconnexion")).to_have_count(1)


@_on([scene for scene in SHOP_SCENES if scene.on_phone])
@pytest.mark.context(viewport=PHONE)
def test_on_a_phone(scene: ShopScene, shopper: Shopper, check_page: Checker) -> None:
    """The same on a narrow screen."""
    scene.play(shopper)
    shopper.sees(scene.heading)
    shopper.page.evaluate(_STEADY)
    check_page(shopper.page, f"{scene.picture}-phone")


def test_the_shop_window(shopper: Shopper) -> None:
    """What is sold, and for how much; no list of orders before there is one."""
    shopper.opens_the_shop()
    for product, price in (("ecocup", "2,00"), ("gala", "18,00"), ("sweat", "32,50")):
        shown = shopper.page.locator(f"#produit-{product}")
        expect(shown.get_by_role("heading")).to_have_text(NAMES[product])
        expect(shown).to_contain_text(f"{price}\N{NO-BREAK SPACE}€")
    expect(shopper.page.locator("#commandes")).to_have_count(0)


def _fill(shop: Shop) -> None:
    """The shop's books hold no further order: none of them is over."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()), _Stay())
    window = browser.open(shop.url).read().decode()
    token = re.search('name="jeton" value="([0-9a-f]+)"', window)
    assert token is not None
    form = urllib.parse.urlencode({"jeton": token[1], "produit": "ecocup"}).encode()
    for _ in range(500):
        browser.open(f"{shop.url}/commander", form).close()


class _Stay(urllib.request.HTTPErrorProcessor):
    """Takes every answer as it is: where the shop sends browsers to is of no interest."""

    def http_response(self, request: urllib.request.Request, response: object) -> object:  # noqa: ARG002
        return response


@pytest.mark.shop_of_its_own
def test_full_books(shopper: Shopper, watch: Watch, check_page: Checker) -> None:
    """The shop asks Izly for nothing that it cannot write down."""
    watch.expect_status(503)
    _fill(shopper.shop)
    newest = shopper.newest_order()
    shopper.opens_the_shop()
    shopper.page.locator("#acheter-gala").get_by_role("button").click()
    shopper.sees(FULL)
    assert shopper.newest_order() == newest
    _is_framed(shopper.page, shopper.shop)
    check_page(shopper.page, FULL_PICTURE)


def test_a_flood_of_callbacks(shopper: Shopper, check_page: Checker) -> None:
    """Anybody may post what they like: the page stays readable, and says what it left out."""
    order = shopper.buys()
    shopper.shop.izly.call_back(order.operation_id, copies=35)
    expect(shopper.page.locator("#chronologie li").first).to_have_attribute("data-evenement", "oublies")
    shopper.order_page.counts("deja-creditee", 30)
    shopper.order_page.says("payee")
    shopper.looks_at(order)
    check_page(shopper.page)
