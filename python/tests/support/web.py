"""Plain HTTP on loopback, as Izly and browsers speak it."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit, urlunsplit


def post(url: str, body: bytes) -> tuple[int, dict[str, str], bytes]:
    """What Izly does with a callback."""
    return _ask("POST", url, body)


def read(url: str) -> str:
    """A page."""
    return _ask("GET", url, None)[2].decode()


def is_alive(url: str) -> bool:
    """Whether somebody listens."""
    try:
        post(url, b"{}")
    except OSError:
        return False
    return True


def _ask(method: str, url: str, body: bytes | None) -> tuple[int, dict[str, str], bytes]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    try:
        connection.request(method, urlunsplit(("", "", parts.path, parts.query, "")), body)
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    finally:
        connection.close()
