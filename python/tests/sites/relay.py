"""Stands between a site and the sandbox: notes what is asked for, and loses some refunds when told to.

It changes nothing of what passes but the sandbox's own address, for which it puts its own.
"""

from __future__ import annotations

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import urlsplit

# What may go wrong with a refund, once.
NEVER_ARRIVES = "never arrives"
LOSES_ITS_ANSWER = "loses its answer"

PAYMENTS = "/api/Izly/WebPayments"

HEADERS_OF_A_CONNECTION = {"connection", "content-length", "transfer-encoding", "host"}


class Relay:
    """Listens on a loopback address until it is closed."""

    def __init__(self, sandbox_url: str) -> None:
        self.target = urlsplit(sandbox_url).netloc
        self._calls: list[tuple[str, str]] = []
        self._next_refund: str | None = None
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.relay = self
        self.address = f"127.0.0.1:{self._server.server_address[1]}"
        self.url = f"http://{self.address}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def next_refund(self, fault: str) -> None:
        """What happens to the next refund."""
        self._next_refund = fault

    def note(self, method: str, path: str) -> str | None:
        """Notes a request, and gives what is to happen to it."""
        call = method, urlsplit(path).path.removeprefix(PAYMENTS)
        with self._lock:
            self._calls.append(call)
            if call[0] != "POST" or not call[1].endswith("/Refund"):
                return None
            fault, self._next_refund = self._next_refund, None
            return fault

    def refunds_of(self, operation_id: int) -> int:
        """How often the refund of an operation was asked for."""
        return self._calls.count(("POST", f"/{operation_id}/Refund"))

    def creations(self) -> int:
        """How often a payment was asked for."""
        return self._calls.count(("POST", ""))

    def __enter__(self) -> Relay:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    relay: Relay


class _Handler(BaseHTTPRequestHandler):
    """One request, on a connection of its own."""

    server: _Server

    def do_GET(self) -> None:  # noqa: N802, the name is the base class's
        self._pass_on()

    def do_POST(self) -> None:  # noqa: N802
        self._pass_on()

    def _pass_on(self) -> None:
        fault = self.server.relay.note(self.command, self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if fault == NEVER_ARRIVES:
            return
        status, headers, answer = self._ask(body)
        if fault == LOSES_ITS_ANSWER:
            return
        self.send_response(status)
        for name, value in headers:
            if name.lower() not in HEADERS_OF_A_CONNECTION:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def _ask(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        relay = self.server.relay
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HEADERS_OF_A_CONNECTION}
        connection = http.client.HTTPConnection(relay.target, timeout=30)
        try:
            connection.request(self.command, self.path, body, {**headers, "Content-Length": str(len(body))})
            response = connection.getresponse()
            answer = response.read().replace(relay.target.encode(), relay.address.encode())
            return response.status, response.getheaders(), answer
        finally:
            connection.close()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002, the name is the base class's
        """Says nothing."""
