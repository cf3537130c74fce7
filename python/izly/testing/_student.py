"""The student's browser: opens Izly's pages, fills in their forms, presses their buttons."""

from __future__ import annotations

import html.parser
import http.client
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PageError", "Student"]

_TIMEOUT = 30.0


class PageError(Exception):
    """Izly's page kept the student where they were. The message is the page's own, in French, if it gave one."""


class Student:
    """Somebody with an Izly account, in front of a browser.

    Follows no redirect and keeps no cookie: it stands for what the student does on Izly's pages, not on the partner's.
    """

    def __init__(self, login: str, password: str) -> None:
        """The student who logs in with this e-mail address or phone number."""
        self._login = login
        self._password = password

    def __repr__(self) -> str:
        """The login alone."""
        return f"Student({self._login!r})"

    def log_in(self, url: str) -> str:
        """Logs in on Izly's page, and gives the raw query of the address the browser is sent back to.

        Raises `PageError` when the page does not let the student in.
        """
        page = self._submit(url, "connexion", self._credentials())
        if page.location is None:
            raise page.error("the login page sends the student nowhere")
        return urlsplit(page.location).query

    def approve(self, url: str) -> None:
        """Approves the payment of this page. The callback is delivered before this returns.

        Raises `PageError` when the page does not take it: not enough money, or a payment that is over.
        """
        page = self._submit(url, "paiement", self._credentials())
        if page.status != 200 or page.message is not None:
            raise page.error("the payment page did not accept")

    def cancel(self, url: str) -> None:
        """Presses *Annuler* on a payment's page, or on the login page.

        Raises `PageError` when there is nothing left to cancel.
        """
        page = self._submit(url, "annulation", {})
        if page.status not in (200, 302) or page.message is not None:
            raise page.error("the page did not cancel")

    def _credentials(self) -> dict[str, str]:
        return {"identifiant": self._login, "mot_de_passe": self._password}

    def _submit(self, url: str, form: str, typed: Mapping[str, str]) -> _Page:
        page = _Page.ask("GET", url)
        target, hidden = page.form(form)
        return _Page.ask("POST", urljoin(url, target), urlencode({**hidden, **typed}))


class _Page:
    """What the browser shows, or where it is sent."""

    def __init__(self, status: int, location: str | None, text: str) -> None:
        self.status = status
        self.location = location
        reader = _Reader()
        reader.feed(text)
        reader.close()
        self._forms = reader.forms
        self._title = reader.texts["h1"].strip()
        self.message = reader.texts["erreur"].strip() or None

    @staticmethod
    def ask(method: str, url: str, form: str | None = None) -> _Page:
        parts = urlsplit(url)
        target = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
        # Neither a proxy nor a redirect is wanted here, and `http.client` knows neither.
        connect = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = connect(parts.netloc, timeout=_TIMEOUT)
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}
        try:
            connection.request(method, target, body=form, headers=headers)
            response = connection.getresponse()
            text = response.read().decode("utf-8", "replace")
            return _Page(response.status, response.getheader("Location"), text)
        finally:
            connection.close()

    def form(self, name: str) -> tuple[str, dict[str, str]]:
        """Where a form goes, and its hidden fields."""
        found = self._forms.get(name)
        if found is None:
            raise self.error(f"the page has no form `{name}`")
        return found

    def error(self, otherwise: str) -> PageError:
        said = self.message or self._title
        return PageError(f"{otherwise}: {said}" if said else f"{otherwise} (HTTP {self.status})")


class _Reader(html.parser.HTMLParser):
    """Collects what a student's browser needs of a page: its forms, its headline, its error message."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, tuple[str, dict[str, str]]] = {}
        self.texts = {"h1": "", "erreur": ""}
        self._form: dict[str, str] = {}
        # Which text is being read, and the tag that ends it.
        self._reading: tuple[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = {}
            self.forms[values.get("id", "")] = (values.get("action", ""), self._form)
        elif tag == "input" and values.get("type") == "hidden":
            self._form[values.get("name", "")] = values.get("value", "")
        elif tag == "h1" or values.get("id") == "erreur":
            self._reading = ("h1" if tag == "h1" else "erreur", tag)

    def handle_endtag(self, tag: str) -> None:
        if self._reading is not None and tag == self._reading[1]:
            self._reading = None

    def handle_data(self, data: str) -> None:
        if self._reading is not None:
            self.texts[self._reading[0]] += data
