"""HTTP/1.1 as bytes on a socket: a reply that does not come is a fact here, not an exception of some library."""

from __future__ import annotations

import http.client
import io
import json
import socket
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

_PATIENCE = 30.0


@dataclass(frozen=True)
class Answer:
    """What came back on one connection."""

    asked: str
    raw: bytes
    seconds: float
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    is_complete: bool = True

    @property
    def is_dropped(self) -> bool:
        """Whether the connection was closed without a single byte of an answer."""
        return self.raw == b""

    @property
    def text(self) -> str:
        """The body."""
        return self.body.decode()

    @property
    def json(self) -> Any:
        """The body, which must be JSON."""
        assert self.headers.get("content-type", "").startswith("application/json"), f"not JSON: {self}"
        return json.loads(self.body)

    def ok(self, status: int = 200) -> Answer:
        """Itself, if it has this status."""
        assert self.status == status, f"expected {status}: {self}"
        return self

    def __str__(self) -> str:
        """For the message of a failed test."""
        if self.is_dropped:
            return f"{self.asked} -> closed without an answer"
        return f"{self.asked} -> {self.status} {dict(self.headers)}\n{self.body[:2000]!r}"


def ask(
    method: str,
    url: str,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    *,
    host: str | None = None,
) -> Answer:
    """One request on a connection of its own. No redirect is followed, nothing is retried."""
    parts = urlsplit(url)
    target = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host or parts.netloc}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body is not None:
        lines.append(f"Content-Length: {len(body)}")
    request = "\r\n".join([*lines, "", ""]).encode("latin-1") + (body or b"")
    begins = time.monotonic()
    raw = exchange(parts.hostname or "", parts.port or 80, request)
    return _read(f"{method} {target}", method, raw, time.monotonic() - begins)


def exchange(host: str, port: int, request: bytes) -> bytes:
    """Sends bytes, and gives all that comes back until the other side closes."""
    with socket.create_connection((host, port), timeout=_PATIENCE) as connection:
        connection.sendall(request)
        pieces = []
        while True:
            try:
                piece = connection.recv(65536)
            except ConnectionResetError:
                # As good as closed: what matters is what came before.
                break
            if not piece:
                break
            pieces.append(piece)
    return b"".join(pieces)


def form(fields: Mapping[str, str]) -> tuple[dict[str, str], bytes]:
    """A form's headers and body."""
    return {"Content-Type": "application/x-www-form-urlencoded"}, urlencode(fields).encode()


class _Stream:
    """What `http.client` takes for a socket."""

    def __init__(self, raw: bytes) -> None:
        self._file = io.BytesIO(raw)

    def makefile(self, _mode: str) -> io.BytesIO:
        """The bytes, to be read."""
        return self._file


def _read(asked: str, method: str, raw: bytes, seconds: float) -> Answer:
    if not raw:
        return Answer(asked, raw, seconds)
    response = http.client.HTTPResponse(cast("socket.socket", _Stream(raw)), method=method)
    response.begin()
    try:
        body, is_complete = response.read(), True
    except http.client.IncompleteRead as broken:
        body, is_complete = broken.partial, False
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(asked, raw, seconds, response.status, headers, body, is_complete)
