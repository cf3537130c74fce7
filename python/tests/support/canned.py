"""A server that says what it is told to: a thread for each connection.

Run as a program (`python -m support.canned`), it serves in a process of its own and echoes: it answers every read with
a payment made of the id that was asked for, and says in its message which connection it came over.
"""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from types import TracebackType


class Request(NamedTuple):
    """One request, as it came."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    connection: int
    """Which connection it came over: 1 is the first one that was ever opened."""

    @property
    def text(self) -> str:
        """All of it, as a server that throws it back would."""
        head = "".join(f"{name}: {value} " for name, value in self.headers.items())
        return f"{self.method} {self.target} {head}{self.body.decode()}"


def http(status: int, body: bytes | str = b"", headers: dict[str, str] | None = None) -> bytes:
    """A well-formed answer."""
    content = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} Canned", "Content-Type: application/json"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if status not in (204, 304):
        lines.append(f"Content-Length: {len(content)}")
    return "\r\n".join([*lines, "", ""]).encode() + content


def echo(request: Request) -> bytes:
    """The payment that was asked for: order `order-ID` of ID centimes, completed."""
    number = request.target.split("/WebPayments/")[-1].split("/")[0]
    cents = int(number) if number.isdigit() else 0
    return http(
        200,
        f'{{"OperationId":{cents},"OrderId":"order-{cents}","Amount":{cents // 100}.{cents % 100:02},'
        f'"OperationStatus":"Completed","Message":"connection-{request.connection}"}}',
    )


class Canned:
    """Listens on a loopback address until it is closed."""

    def __init__(self) -> None:
        """Begins to serve; answers `{}` until it is told what to say."""
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.requests: list[Request] = []
        self.accepted = 0
        self._respond: Callable[[Request], bytes | None] = lambda _: http(200, b"{}")
        self._keeps_connections = True
        self._sockets: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._arrived = threading.Condition(self._lock)
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def answer(self, status: int, body: bytes | str = b"", headers: dict[str, str] | None = None) -> None:
        """Answers so from now on."""
        self.respond(lambda _: http(status, body, headers))

    def respond(self, respond: Callable[[Request], bytes | None], *, keeps_connections: bool = True) -> None:
        """Says what this makes of a request, byte by byte; `None` is nothing at all."""
        self._respond, self._keeps_connections = respond, keeps_connections

    def say(self, text: bytes) -> None:
        """Says this once a request has arrived, and ends the connection."""
        self.respond(lambda _: text, keeps_connections=False)

    def stay_silent(self) -> None:
        """Takes requests and never answers."""
        self.respond(lambda _: None)

    def forget(self) -> None:
        """Forgets the requests so far."""
        with self._lock:
            self.requests.clear()

    def wait_for_request(self, timeout: float = 10) -> None:
        """Waits until one has arrived since the last `forget`."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: self.requests, timeout), "no request came"

    def close(self) -> None:
        """Ends every connection."""
        # On Linux a listener that is only closed goes on accepting for whoever waits in `accept`.
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        # Its descriptor is given to the next listener: a thread about to accept there would take that one's connections.
        self._accepting.join(10)
        self._listener.close()
        with self._lock:
            for connection in self._sockets:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Canned:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self.accepted += 1
                self._sockets.add(connection)
                number = self.accepted
            threading.Thread(target=self._serve, args=(connection, number), daemon=True).start()

    def _serve(self, connection: socket.socket, number: int) -> None:
        try:
            for request in _requests(connection, number):
                with self._arrived:
                    self.requests.append(request)
                    self._arrived.notify_all()
                said = self._respond(request)
                if said is not None:
                    connection.sendall(said)
                    if not self._keeps_connections:
                        break
        except OSError:
            pass
        finally:
            with self._lock:
                self._sockets.discard(connection)
            connection.close()


def _requests(connection: socket.socket, number: int) -> Iterator[Request]:
    stream = connection.makefile("rb")
    with stream:
        while True:
            first = stream.readline()
            parts = first.decode("latin-1").split(" ")
            # The end of the connection, or what is no HTTP: the beginning of TLS, say.
            if len(parts) != 3:
                return
            method, target, _ = parts
            headers: dict[str, str] = {}
            for line in iter(stream.readline, b"\r\n"):
                if not line:
                    return
                name, _, value = line.decode("latin-1").partition(":")
                headers[name.lower()] = value.strip()
            body = stream.read(int(headers.get("content-length", "0")))
            yield Request(method, target, headers, body, number)


@contextlib.contextmanager
def echo_process() -> Generator[str]:
    """A canned server that echoes, in a process of its own: gives its address."""
    line = [sys.executable, "-m", "support.canned"]
    folder = Path(__file__).parent.parent
    with subprocess.Popen(line, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        # The end of its standard input ends it.


def _main() -> None:
    with Canned() as server:
        # Kept requests would grow without end.
        server.requests = _Nothing()
        server.respond(echo)
        print(server.url, flush=True)
        sys.stdin.read()


class _Nothing(list[Request]):
    def append(self, request: Request) -> None:
        """Keeps nothing."""


if __name__ == "__main__":
    _main()
