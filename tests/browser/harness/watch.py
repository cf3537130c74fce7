"""What a page may not do, whatever the test is about: complain, fail to load something, or reach elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, WebError

_STATUS = re.compile(r"status of (\d+)")


class Watch:
    """Watches every page of a browser context."""

    def __init__(self, context: BrowserContext, origins: set[str]) -> None:
        """Only these origins may be asked for anything."""
        self._origins = origins
        self._expected: set[int] = set()
        self._complaints: list[str] = []
        self._documents: dict[Page, Response] = {}
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("response", self._response)

    def expect_status(self, status: int) -> None:
        """A page with this status of HTTP is what the test asks for. Chromium tells of it on the console."""
        self._expected.add(status)

    def allow(self, origin: str) -> None:
        """Lets another origin be asked too."""
        self._origins.add(origin)

    def document(self, page: Page) -> Response:
        """The answer that this page was made from."""
        return self._documents[page]

    def check(self) -> None:
        """Nothing happened that may not."""
        assert not self._complaints, "\n".join(self._complaints)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        status = _STATUS.search(message.text)
        if status is None or int(status[1]) not in self._expected:
            self._complaints.append(f"console: {message.type}: {message.text}")

    def _error(self, error: WebError) -> None:
        self._complaints.append(f"script: {error.error}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if f"{parts.scheme}://{parts.netloc}" not in self._origins:
            self._complaints.append(f"request to another origin: {request.method} {request.url}")

    def _response(self, response: Response) -> None:
        request = response.request
        is_redirect = 300 <= response.status < 400
        if request.is_navigation_request() and request.frame.parent_frame is None and not is_redirect:
            self._documents[request.frame.page] = response
        if response.status >= 400 and response.status not in self._expected:
            self._complaints.append(f"status {response.status}: {request.method} {request.url}")
