"""The demo shop, `izly demo --serve`, and a student who buys there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.izly import Izly
from harness.sandbox import Account, accounts, start
from harness.student import BACK_TO_SHOP, LOG_IN, VALIDATE, Student
from playwright.sync_api import expect

if TYPE_CHECKING:
    from types import TracebackType

    from playwright.sync_api import Page

WINDOW = "De quoi tenir l’année"
REFUND = "Rembourser…"
YES_REFUND = "Oui, rembourser"
VERIFY = "Vérifier auprès d’Izly"
CONTINUE = "Continuer le paiement sur Izly"
BUY_AGAIN = "Commander à nouveau"
LOG_IN_WITH_IZLY = "Se connecter avec Izly"
LOG_OUT = "Se déconnecter"

PRICES = {"ecocup": 200, "gala": 1_800, "sweat": 3_250}
NAMES = {"ecocup": "Écocup du BDE", "gala": "Place pour le gala", "sweat": "Sweat de la promo"}


class Shop:
    """A running shop, with the Izly behind it."""

    def __init__(self, command: str) -> None:
        """Opens it, and waits for its ready line."""
        self._process, ready = start([command, "demo", "--serve", "--json", "--port", "0", "--sandbox-port", "0"])
        self.url: str = ready["shop_url"]
        self.back_office_url: str = ready["back_office_url"]
        self.izly = Izly(ready["sandbox_url"])
        self._accounts = accounts(ready)

    def account(self, name: str) -> Account:
        """The test account of this name."""
        return self._accounts[name]

    def close(self) -> None:
        """Ends it."""
        self._process.kill()
        self._process.communicate()

    def __enter__(self) -> Shop:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Ends it."""
        self.close()


@dataclass(frozen=True)
class Order:
    """An order that Izly knows."""

    id: str
    url: str
    operation_id: int
    payment_url: str


class OrderPage:
    """The shop's page about an order."""

    def __init__(self, page: Page) -> None:
        """On this page."""
        self.page = page

    def says(self, state: str) -> None:
        """The order stands like this, at the latest when the page has had time to ask."""
        expect(self.page.locator("#etat")).to_have_attribute("data-etat", state)

    def events(self) -> list[str]:
        """What happened, oldest first."""
        lines = self.page.locator("#chronologie li").all()
        return [str(line.get_attribute("data-evenement")) for line in lines]

    def has_events(self, *events: str) -> None:
        """That is what happened, in this order, and nothing else."""
        expect(self.page.locator("#chronologie li")).to_have_count(len(events))
        assert self.events() == list(events)

    def counts(self, event: str, count: int) -> None:
        """So many lines of this kind."""
        expect(self.page.locator(f"#chronologie li[data-evenement={event}]")).to_have_count(count)

    def offers(self, *buttons: str) -> None:
        """What can be done, in this order."""
        expect(self.page.locator("#actions").locator("button, a")).to_have_text(list(buttons))

    def mark(self) -> None:
        """Remembers the page as it is, to see later that it was not loaded anew."""
        self.page.evaluate("window.marked = document.getElementById('etat')")

    def is_another(self) -> None:
        """In place of the page that was marked there is a new one, or will be soon."""
        self.page.wait_for_function("window.marked === undefined")

    def was_not_reloaded(self) -> None:
        """It is the page that was marked; what reads changes out to the blind is still the same element."""
        assert self.page.evaluate("window.marked !== undefined && window.marked.isConnected")


class Shopper(Student):
    """A student in front of the shop."""

    def __init__(self, page: Page, shop: Shop) -> None:
        """Nothing is open yet."""
        super().__init__(page)
        self.shop = shop
        self.order_page = OrderPage(page)

    def opens_the_shop(self) -> None:
        """The shop window."""
        self.page.goto(self.shop.url)
        self.sees(WINDOW)

    def orders(self, product: str = "gala") -> Order:
        """Presses *Payer avec Izly* under a product, and stands before Izly's page."""
        self.opens_the_shop()
        self.page.locator(f"#acheter-{product}").get_by_role("button").click()
        expect(self.page.locator("#paiement")).to_be_visible()
        return self.newest_order()

    def newest_order(self) -> Order:
        """The last one that Izly knows of."""
        payment = self.shop.izly.payments()[-1]
        url = f"{self.shop.url}/commande/{payment['order_id']}"
        return Order(payment["order_id"], url, payment["operation_id"], payment["authorization_url"])

    def validates(self, account: str = "riche", password: str | None = None) -> None:
        """Fills in Izly's form and presses *Valider*."""
        self.type(self.shop.account(account), password)
        self.button(VALIDATE).click()

    def comes_back(self) -> None:
        """Presses the link on Izly's last page."""
        self.link(BACK_TO_SHOP).click()

    def buys(self, product: str = "gala") -> Order:
        """All the way, up to the order's page."""
        order = self.orders(product)
        self.validates()
        self.comes_back()
        self.order_page.says("payee")
        return order

    def looks_at(self, order: Order) -> None:
        """Opens the order's page."""
        self.page.goto(order.url)

    def follows(self, order: Order) -> OrderPage:
        """Opens the order's page in another tab, and leaves it open."""
        tab = OrderPage(self.page.context.new_page())
        tab.page.goto(order.url)
        tab.mark()
        return tab

    def logs_in(self, account: str = "riche") -> None:
        """With Izly, from the header of the page, until the shop has the word again."""
        self.opens_the_shop()
        self.button(LOG_IN_WITH_IZLY).click()
        self.type(self.shop.account(account))
        self.button(LOG_IN).click()
        self.page.wait_for_url(f"{self.shop.url}/**", wait_until="commit")

    def asks_for_the_refund(self) -> None:
        """From the order's page, and says yes."""
        self.link(REFUND).click()
        self.button(YES_REFUND).click()

    def has_paid_once(self, order: Order, product: str = "gala") -> None:
        """Izly says that it is paid, one line says that it was credited, and the account has paid one price."""
        assert self.shop.izly.status(order.operation_id) == "Completed"
        self.order_page.counts("creditee", 1)
        assert self.shop.izly.balance("riche") == self.shop.account("riche").balance_cents - PRICES[product]

    def has_paid_nothing(self) -> None:
        """No cent has left the account."""
        assert self.shop.izly.balance("riche") == self.shop.account("riche").balance_cents
