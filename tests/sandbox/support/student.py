"""A student in front of a browser: opens Izly's real pages, fills in their forms, presses their buttons."""

from __future__ import annotations

import html.parser
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urljoin, urlsplit

from support.web import Answer, ask, form

if TYPE_CHECKING:
    from collections.abc import Mapping

PASSWORD = "izly-sandbox"


@dataclass(frozen=True)
class Student:
    """Whoever logs in with this."""

    login: str = "riche@example.fr"
    password: str = PASSWORD

    def approve(self, url: str, more: Mapping[str, str] | None = None) -> Answer:
        """Presses *Valider* on a payment's page."""
        return self._submit(url, "paiement", self._typed(), more)

    def cancel(self, url: str, more: Mapping[str, str] | None = None) -> Answer:
        """Presses *Annuler*, on either page."""
        return self._submit(url, "annulation", {}, more)

    def log_in(self, url: str, more: Mapping[str, str] | None = None) -> Answer:
        """Presses *Se connecter* on the login page."""
        return self._submit(url, "connexion", self._typed(), more)

    def _typed(self) -> dict[str, str]:
        return {"identifiant": self.login, "mot_de_passe": self.password}

    @staticmethod
    def _submit(url: str, name: str, typed: Mapping[str, str], more: Mapping[str, str] | None) -> Answer:
        action, hidden = form_of(ask("GET", url, {"Accept": "text/html"}).ok(), name)
        headers, body = form({**hidden, **typed})
        return ask("POST", urljoin(url, action), {**headers, **(more or {})}, body)


def returned(answer: Answer) -> dict[str, str]:
    """The parameters that a browser is sent back with."""
    query = urlsplit(answer.ok(302).headers["location"]).query
    return {name: values[0] for name, values in parse_qs(query, keep_blank_values=True).items()}


def form_of(page: Answer, name: str) -> tuple[str, dict[str, str]]:
    """Where a form of a page goes, and its hidden fields."""
    reader = _Forms()
    reader.feed(page.text)
    assert name in reader.found, f"no form {name!r} on the page: {page}"
    return reader.found[name]


class _Forms(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, tuple[str, dict[str, str]]] = {}
        self._hidden: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Forms, and their hidden fields."""
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._hidden = {}
            self.found[values.get("id", "")] = (values.get("action", ""), self._hidden)
        elif tag == "input" and values.get("type") == "hidden":
            self._hidden[values.get("name", "")] = values.get("value", "")
