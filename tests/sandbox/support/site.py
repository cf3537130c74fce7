"""A partner's site, as far as Izly meets it: an address that takes callbacks, and remembers them."""

from __future__ import annotations

import http.server
import json
import socketserver
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

PATH = "/izly/callback"
ACCEPTED = (200, '{"Code":0,"ErrorMessage":""}')
_PATIENCE = 10.0


@dataclass(frozen=True)
class Received:
    """A callback that arrived."""

    target: str
    headers: dict[str, str]
    body: bytes
    at: float = field(default_factory=time.monotonic)

    @property
    def json(self) -> Any:
        """What it claims."""
        return json.loads(self.body)

    @property
    def operation(self) -> Any:
        """What it claims about the operation."""
        return self.json["OperationSMoney"]


class Site:
    """Listens on 127.0.0.1 from the start. Answers with `replies`, one after the other, then with 200."""

    def __init__(self) -> None:
        """Begins to listen."""
        self.received: list[Received] = []
        self.replies: deque[tuple[int, str]] = deque()
        # Called with each callback before it is answered, on a thread of its own.
        self.during: Callable[[Received], None] = lambda _: None
        self._trouble: list[BaseException] = []
        self._arrived = threading.Condition()
        self._server = _Server(self)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def base_url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        """The callback URL."""
        return f"{self.base_url}{PATH}"

    def wait(self, count: int = 1) -> list[Received]:
        """The first callbacks, once so many have arrived."""
        with self._arrived:
            came = self._arrived.wait_for(lambda: len(self.received) >= count, _PATIENCE)
            assert came, f"{len(self.received)} of {count} callbacks arrived within {_PATIENCE} seconds"
            return self.received[:count]

    def only(self) -> Received:
        """The one callback that arrived."""
        assert len(self.received) == 1, f"{len(self.received)} callbacks arrived, not one: {self.received}"
        return self.received[0]

    def hold(self) -> threading.Event:
        """Keeps every callback waiting for its answer until the event is set."""
        event = threading.Event()

        def wait(_: Received) -> None:
            event.wait(_PATIENCE)

        self.during = wait
        return event

    def close(self) -> None:
        """Stops listening, and raises what went wrong inside."""
        self._server.shutdown()
        self._server.server_close()
        if self._trouble:
            raise self._trouble[0]

    def answer(self, received: Received) -> tuple[int, str]:
        """What to say to a callback."""
        with self._arrived:
            self.received.append(received)
            reply = self.replies.popleft() if self.replies else ACCEPTED
            self._arrived.notify_all()
        try:
            self.during(received)
        # An assertion belongs to the test, not to this thread.
        except BaseException as error:
            self._trouble.append(error)
        return reply

    def __enter__(self) -> Site:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stops listening."""
        self.close()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, site: Site) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.site = site

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing: Izly may hang up, and the test knows."""


class _Handler(http.server.BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        """A callback."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        status, text = self.server.site.answer(Received(self.path, headers, body))
        self.send_response(status)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""
