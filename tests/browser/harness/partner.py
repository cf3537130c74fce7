"""A partner's site: takes Izly's callbacks, and has a page wherever a browser may come back to."""

from __future__ import annotations

import http.server
import json
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

CALLBACK = "/izly/callback"
LOGGED_IN = "/izly/login"
PAID = "/izly/paid"
HOME = "/"

_PAGE = """<!DOCTYPE html>
<html lang="fr">
<head><meta charset="utf-8"><title>Boutique</title></head>
<body><main><h1>Boutique</h1><p id="chemin">{path}</p></main></body>
</html>
"""


@dataclass(frozen=True)
class Answer:
    """What the partner says to a callback, and how long it takes."""

    status: int = 200
    body: str = '{"Code": 0, "ErrorMessage": ""}'
    seconds: float = 0.0


@dataclass(frozen=True)
class Callback:
    """What Izly posted."""

    query: dict[str, str]
    body: dict[str, Any]

    @property
    def operation_id(self) -> int:
        """The operation it claims to be about."""
        return int(self.body["OperationSMoney"]["Id"])

    @property
    def error_code(self) -> int:
        """0 where it claims success."""
        return int(self.body["Error"]["Code"])


class PartnerSite:
    """A small web server on a loopback address. It believes everything: what is tested is the other side."""

    def __init__(self) -> None:
        """Begins to listen."""
        self.answer: Callable[[Callback], Answer] = lambda _: Answer()
        self.callbacks: list[Callback] = []
        self.visits: list[str] = []
        self._news = threading.Condition()
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """Where it listens, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def wait_for_callbacks(self, count: int, seconds: float = 10.0) -> list[Callback]:
        """The first callbacks, as soon as there are so many."""
        until = time.monotonic() + seconds
        with self._news:
            while len(self.callbacks) < count:
                if not self._news.wait(until - time.monotonic()):
                    raise TimeoutError(f"{len(self.callbacks)} of {count} callbacks came within {seconds} seconds")
            return self.callbacks[:count]

    def last_visit(self) -> tuple[str, dict[str, str]]:
        """Path and query of the page that a browser asked for last."""
        parts = urlsplit(self.visits[-1])
        return parts.path, dict(parse_qsl(parts.query, keep_blank_values=True))

    def take(self, target: str, body: bytes) -> Answer:
        """Notes a callback, and decides on the answer."""
        callback = Callback(dict(parse_qsl(urlsplit(target).query)), json.loads(body))
        with self._news:
            self.callbacks.append(callback)
            self._news.notify_all()
        return self.answer(callback)

    def close(self) -> None:
        """Stops listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> PartnerSite:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stops listening."""
        self.close()


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, site: PartnerSite) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.site = site

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that leaves in the middle of an answer is no news; anything else is seen by what is missing."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def _site(self) -> PartnerSite:
        return cast("_Server", self.server).site

    def do_GET(self) -> None:
        if self.path == "/favicon.ico":
            self._send(204, "", "")
            return
        self._site.visits.append(self.path)
        self._send(200, "text/html; charset=utf-8", _PAGE.format(path=urlsplit(self.path).path))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if urlsplit(self.path).path != CALLBACK:
            self._send(404, "text/plain; charset=utf-8", "callbacks go elsewhere")
            return
        answer = self._site.take(self.path, body)
        time.sleep(answer.seconds)
        self._send(answer.status, "application/json", answer.body)

    def _send(self, status: int, content_type: str, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        if content_type:
            self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing: what was asked for can be read from the site."""
