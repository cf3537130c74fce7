"""Every page of the demo shop, and how a student comes to see it. Whoever adds a page adds a scene."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.scenes import CANCELLED
from harness.shop import LOG_IN_WITH_IZLY, NAMES, REFUND, VERIFY, WINDOW, YES_REFUND
from harness.student import CANCEL
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.shop import Shopper

ORDER = f"Votre commande\N{NO-BREAK SPACE}: {NAMES['gala']}"
NO_SUCH_ORDER = "Commande introuvable"
FOREIGN_FORM = "Formulaire refusé"
LOGIN_CANCELLED = "Connexion annulée"
LOGIN_REFUSED = "Connexion refusée"
NO_LOGIN = "Aucune connexion en cours"
LOGIN_FAILED = "Connexion impossible"
FULL = "Commande impossible"

# Of a test of its own: it takes hundreds of orders.
FULL_PICTURE = "shop-books-full"


@dataclass(frozen=True)
class ShopScene:
    """A page, and the way to it."""

    name: str
    """Its picture's name, after `shop-`."""
    title: str
    """The document's title, before the shop's name."""
    heading: str
    play: Callable[[Shopper], object]
    status: int = 200
    on_phone: bool = False
    """Whether the docs show it on a phone too."""
    is_passing: bool = False
    """Whether it is only seen while Izly is being asked, which goes on after the scene."""

    @property
    def picture(self) -> str:
        """Its picture's name."""
        return f"shop-{self.name}"


def _window_with_orders(shopper: Shopper) -> None:
    shopper.logs_in()
    order = shopper.buys("ecocup")
    _not_created(shopper, "gala")
    shopper.orders("sweat")
    shopper.looks_at(order)
    shopper.asks_for_the_refund()
    shopper.order_page.says("remboursee")
    shopper.buys("gala")
    shopper.opens_the_shop()
    listed = shopper.page.locator("#commandes li")
    # Newest first.
    expect(listed.get_by_role("link")).to_have_text([NAMES[name] for name in ("gala", "sweat", "gala", "ecocup")])
    assert [one.get_attribute("data-etat") for one in listed.all()] == ["payee", "attente", "impayee", "remboursee"]


def _creating(shopper: Shopper) -> None:
    shopper.opens_the_shop()
    shopper.shop.izly.fault("create_payment", "delay", delay_ms=15_000)
    shopper.page.locator("#acheter-gala").get_by_role("button").click(no_wait_after=True)
    shopper.page = shopper.page.context.new_page()
    listed = shopper.page.locator("#commandes a")
    shopper.opens_the_shop()
    while not listed.count():
        # The form is still on its way.
        shopper.page.reload()
    listed.click()


def _waiting(shopper: Shopper) -> None:
    shopper.looks_at(shopper.orders())


def _wrongly_announced(shopper: Shopper) -> None:
    order = shopper.orders()
    shopper.shop.izly.call_back(order.operation_id, forge="status")
    shopper.looks_at(order)
    shopper.button(VERIFY).click()
    shopper.order_page.counts("pas-encore", 2)


def _cancelled(shopper: Shopper) -> None:
    order = shopper.orders()
    shopper.button(CANCEL).click()
    shopper.sees(CANCELLED)
    shopper.looks_at(order)
    shopper.button(VERIFY).click()
    shopper.order_page.says("annulee")


def _not_created(shopper: Shopper, product: str = "gala") -> None:
    shopper.opens_the_shop()
    shopper.shop.izly.fault("create_payment", "server_error", times=1)
    shopper.page.locator(f"#acheter-{product}").get_by_role("button").click()
    shopper.order_page.says("impayee")


def _refused_creation(shopper: Shopper) -> None:
    shopper.opens_the_shop()
    shopper.shop.izly.wire(order_id_max_length=10)
    shopper.page.locator("#acheter-gala").get_by_role("button").click()
    shopper.order_page.says("impayee")


def _refund(shopper: Shopper) -> None:
    shopper.buys()
    shopper.link(REFUND).click()


def _refunding(shopper: Shopper) -> None:
    order = shopper.buys()
    shopper.shop.izly.fault("refund", "delay", delay_ms=15_000)
    tab = shopper.follows(order)
    shopper.link(REFUND).click()
    shopper.button(YES_REFUND).click(no_wait_after=True)
    tab.says("remboursement")
    shopper.page = tab.page


def _refund_unknown(shopper: Shopper) -> None:
    shopper.buys()
    shopper.shop.izly.fault("refund", "commit_then_drop", times=1)
    shopper.asks_for_the_refund()
    shopper.order_page.says("a-verifier")


def _refunded(shopper: Shopper) -> None:
    shopper.buys()
    shopper.asks_for_the_refund()
    shopper.order_page.says("remboursee")


def _at(path: str) -> Callable[[Shopper], None]:
    def play(shopper: Shopper) -> None:
        shopper.page.goto(shopper.shop.url + path)

    return play


def _foreign_form(shopper: Shopper) -> None:
    # As from a page that was opened before logging in, or of another site.
    shopper.opens_the_shop()
    shopper.page.locator("#acheter-gala [name=jeton]").evaluate("field => { field.value = 'x'; }")
    shopper.page.locator("#acheter-gala").get_by_role("button").click()


def _unknown_product(shopper: Shopper) -> None:
    shopper.opens_the_shop()
    shopper.page.locator("#acheter-gala [name=produit]").evaluate("field => { field.value = 'voiture'; }")
    shopper.page.locator("#acheter-gala").get_by_role("button").click()


def _login_cancelled(shopper: Shopper) -> None:
    shopper.shop.izly.wire(login_cancel="access_denied")
    shopper.opens_the_shop()
    shopper.button(LOG_IN_WITH_IZLY).click()
    shopper.button(CANCEL).click()


def _login(call: str, fault: str) -> Callable[[Shopper], None]:
    def play(shopper: Shopper) -> None:
        shopper.shop.izly.fault(call, fault, times=1)
        shopper.logs_in()

    return play


_TITLE = "Votre commande\N{NO-BREAK SPACE}: "

SHOP_SCENES = (
    ShopScene("products", "Accueil", WINDOW, lambda shopper: shopper.opens_the_shop(), on_phone=True),
    ShopScene("products-with-orders", "Accueil", WINDOW, _window_with_orders),
    ShopScene("order-creating", _TITLE + "en attente", ORDER, _creating, is_passing=True),
    ShopScene("order-waiting", _TITLE + "en attente", ORDER, _waiting),
    ShopScene("order-wrongly-announced", _TITLE + "en attente", ORDER, _wrongly_announced),
    ShopScene("order-paid", _TITLE + "payée", ORDER, lambda shopper: shopper.buys(), on_phone=True),
    ShopScene("order-cancelled", _TITLE + "annulée", ORDER, _cancelled),
    ShopScene("order-not-created", _TITLE + "non payée", ORDER, _not_created),
    ShopScene("order-refused", _TITLE + "non payée", ORDER, _refused_creation),
    ShopScene("refund", "Rembourser la commande", "Rembourser 18,00\N{NO-BREAK SPACE}€\N{NO-BREAK SPACE}?", _refund),
    ShopScene("order-refunding", _TITLE + "remboursement en cours", ORDER, _refunding, is_passing=True),
    ShopScene("order-to-be-checked", _TITLE + "remboursement à vérifier", ORDER, _refund_unknown),
    ShopScene("order-refunded", _TITLE + "remboursée", ORDER, _refunded),
    ShopScene("order-unknown", NO_SUCH_ORDER, NO_SUCH_ORDER, _at("/commande/bde_0"), 404),
    ShopScene("not-found", "Page introuvable", "Page introuvable", _at("/nulle-part"), 404),
    ShopScene("foreign-form", FOREIGN_FORM, FOREIGN_FORM, _foreign_form, 403),
    ShopScene("unknown-product", "Produit inconnu", "Produit inconnu", _unknown_product, 400),
    ShopScene("login-cancelled", LOGIN_CANCELLED, LOGIN_CANCELLED, _login_cancelled),
    ShopScene("login-foreign", LOGIN_REFUSED, LOGIN_REFUSED, _login("login_page", "state_dropped"), 403),
    ShopScene("login-not-begun", NO_LOGIN, NO_LOGIN, _at("/connexion/retour?code=x&state=y"), 403),
    ShopScene("login-refused", LOGIN_FAILED, LOGIN_FAILED, _login("users", "token_expired"), 502),
    ShopScene("login-unclear", LOGIN_FAILED, LOGIN_FAILED, _login("token", "commit_then_drop"), 502),
)

SHOP_PICTURES = [scene.picture for scene in SHOP_SCENES]
SHOP_PICTURES += [f"{scene.picture}-phone" for scene in SHOP_SCENES if scene.on_phone]
SHOP_PICTURES += [FULL_PICTURE]
