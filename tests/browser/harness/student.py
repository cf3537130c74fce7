"""A student in front of a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from harness.sandbox import Account

VALIDATE = "Valider"
LOG_IN = "Se connecter"
CANCEL = "Annuler"
FORGOTTEN = "Mot de passe oublié ?"
BACK_TO_SHOP = "Revenir sur le site marchand"


class Student:
    """Does what a person does on the pages, by the names that a person reads there."""

    def __init__(self, page: Page) -> None:
        """In front of this page."""
        self.page = page

    def button(self, name: str) -> Locator:
        """The button with this name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def link(self, name: str) -> Locator:
        """The link with this name."""
        return self.page.get_by_role("link", name=name, exact=True)

    @property
    def identifier(self) -> Locator:
        """The field for the identifier."""
        return self.page.get_by_label("Identifiant", exact=True)

    @property
    def password(self) -> Locator:
        """The field for the password."""
        return self.page.get_by_label("Mot de passe", exact=True)

    def type(self, account: Account, password: str | None = None) -> None:
        """Fills in both fields; with the right password unless told otherwise."""
        self.identifier.fill(account.login)
        self.password.fill(account.password if password is None else password)

    def pay(self, url: str, account: Account, password: str | None = None) -> None:
        """Opens a payment and presses *Valider*."""
        self.page.goto(url)
        self.type(account, password)
        self.button(VALIDATE).click()

    def log_in(self, url: str, account: Account, password: str | None = None) -> None:
        """Opens the login page and presses *Se connecter*."""
        self.page.goto(url)
        self.type(account, password)
        self.button(LOG_IN).click()

    def place(self, name: str) -> tuple[float, float]:
        """Where a button is once the page has its style, for the bare mouse: a `click` would wait for the page that is under way."""
        self.page.wait_for_load_state()
        box = self.button(name).bounding_box()
        assert box is not None, f"{name} cannot be seen"
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def goes_back(self) -> None:
        """Presses the browser's *Back*, and waits for the page. One that comes out of the cache is not loaded again, and fires nothing."""
        self.page.go_back(wait_until="commit")
        self._has_a_page()

    def goes_forward(self) -> None:
        """Presses the browser's *Forward*, and waits in the same way."""
        self.page.go_forward(wait_until="commit")
        self._has_a_page()

    def _has_a_page(self) -> None:
        # Until it is there, Chromium takes no further step: « Not attached to an active page ».
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()

    def sees(self, heading: str) -> None:
        """The page has this heading, and no other."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def is_refused(self, reason: str) -> None:
        """The page stays, and says why, first of all to those who cannot see it."""
        expect(self.page.get_by_role("alert")).to_have_text(reason)
        expect(self.page.locator("#erreur")).to_have_text(reason)
        expect(self.password).to_have_value("")

    def row(self, account: Account) -> Locator:
        """The account's place in the list of test accounts."""
        return self.page.get_by_role("complementary").get_by_role("listitem").filter(has_text=account.login)

    def balance(self, account: Account) -> str:
        """What that list says is left, in euros."""
        return self.row(account).inner_text().partition("Solde ")[2].partition("€")[0].strip()
