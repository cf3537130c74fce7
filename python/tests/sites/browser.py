"""A student's browser: keeps cookies, shows pages, sends their forms. It follows no redirect."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urljoin

import httpx


class Page(HTMLParser):
    """What came back: a page with forms and texts, or where it leads."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__()
        self.url = str(response.url)
        self.status = response.status_code
        self.location = response.headers.get("Location")
        self.cookies = response.headers.get_list("Set-Cookie")
        self.html = response.text
        self.forms: dict[str, tuple[str, dict[str, str]]] = {}
        self.texts: dict[str, str] = {}
        self._form: dict[str, str] = {}
        self._reading: str | None = None
        self.feed(self.html)

    def text(self, name: str) -> str:
        """The text of the element with this id; a page without it is not the expected one."""
        assert name in self.texts, f"no #{name} in HTTP {self.status}: {self.html}"
        return self.texts[name].strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = {}
            self.forms[values["id"]] = (values["action"], self._form)
        elif tag == "input":
            self._form[values["name"]] = values.get("value", "")
        self._reading = values.get("id")
        if self._reading is not None:
            self.texts[self._reading] = ""

    def handle_endtag(self, tag: str) -> None:
        self._reading = None

    def handle_data(self, data: str) -> None:
        if self._reading is not None:
            self.texts[self._reading] += data


class Browser:
    """One student's."""

    def __init__(self, site_url: str) -> None:
        # Loopback only, so no proxy has a say; nothing kept open, since a server that stops would wait for it.
        self._client = httpx.Client(base_url=site_url, timeout=60, trust_env=False, headers={"Connection": "close"})

    def open(self, url: str) -> Page:
        """Follows a link or types an address."""
        return Page(self._client.get(url))

    def submit(self, page: Page, form: str) -> Page:
        """Presses the button of a form."""
        assert form in page.forms, f"no form #{form} in HTTP {page.status}: {page.html}"
        action, fields = page.forms[form]
        return Page(self._client.post(urljoin(page.url, action), data=fields))
