"""Who may speak to a sandbox: this machine alone, and no page of another site's that a browser here has open."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.admin import refusal
from support.web import ask, exchange

if TYPE_CHECKING:
    from support.world import World

PATHS = ["/_sandbox/api/clock", "/_sandbox/api/openapi.json", "/_sandbox/api/nothing", "/_sandbox/ready"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "host",
    [
        "example.com",
        "example.com:80",
        "127.0.0.1.example.com",
        "localhost.example.com",
        "127.0.0.1@example.com",
        "10.0.0.1",
        "0.0.0.0",
        "[2001:db8::1]",
        "",
    ],
)
def test_a_name_that_was_made_to_lead_here(world: World, path: str, host: str) -> None:
    """Whoever runs that name's DNS would be let in."""
    head = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    raw = exchange("127.0.0.1", world.process.port, head.encode())
    assert raw.startswith(b"HTTP/1.1 403 "), raw


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]", "127.1.2.3"])
def test_names_of_this_machine(world: World, host: str) -> None:
    """With or without a port."""
    for named in (host, f"{host}:{world.process.port}"):
        ask("GET", f"{world.process.url}/_sandbox/api/clock", host=named).ok()


@pytest.mark.parametrize(
    "origin", ["http://example.com", "https://127.0.0.1:PORT", "http://127.0.0.1:1", "http://127.0.0.1", "null", ""]
)
def test_a_page_of_another_site(world: World, origin: str) -> None:
    """It may neither look nor touch, not even with a request that browsers send without asking first."""
    headers = {"Origin": origin.replace("PORT", str(world.process.port))}
    url = f"{world.process.url}/_sandbox/api"
    refusal(ask("GET", f"{url}/clock", headers), 403)
    refusal(ask("POST", f"{url}/reset", headers), 403)
    refusal(ask("POST", f"{url}/reset", {**headers, "Content-Type": "text/plain"}, b"x"), 403)
    assert world.admin.get("/clock")["mode"] == "virtual"


def test_a_page_of_its_own(world: World) -> None:
    """The back office calls this API from a browser."""
    for name in ("127.0.0.1", "localhost"):
        host = f"{name}:{world.process.port}"
        ask("GET", f"{world.process.url}/_sandbox/api/clock", {"Origin": f"http://{host}"}, host=host).ok()


def test_no_page_may_read_across_origins(world: World) -> None:
    """Nobody is given leave to."""
    answer = ask("GET", f"{world.process.url}/_sandbox/api/clock").ok()
    assert not [name for name in answer.headers if name.startswith("access-control-")]
    assert ask("OPTIONS", f"{world.process.url}/_sandbox/api/clock").status == 405


def test_it_listens_on_loopback_alone(world: World) -> None:
    """As the system sees it: one socket, on 127.0.0.1, whatever addresses the machine has."""
    mine = {link.rpartition("[")[2].rstrip("]") for link in _sockets(world.process.pid)}
    listening = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/{world.process.pid}/net/{table}").read_text("ascii").splitlines()[1:]
    ]
    addresses = [fields[1] for fields in listening if fields[3] == "0A" and fields[9] in mine]
    assert addresses == [f"0100007F:{world.process.port:04X}"]
    with pytest.raises(OSError, match=r"."), socket.create_connection(("::1", world.process.port), timeout=1):
        pass


def _sockets(pid: int) -> list[str]:
    links = [str(entry.readlink()) for entry in Path(f"/proc/{pid}/fd").iterdir()]
    return [link for link in links if link.startswith("socket:")]


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("text/plain", b"{}", 415),
        ("application/x-www-form-urlencoded", b"mode=real", 415),
        (None, b"{}", 415),
        ("application/json", b"", 400),
        ("application/json", b"{", 400),
        ("application/json", b"[]", 400),
        ("application/json", b"null", 400),
        ("application/json", b'"x"', 400),
        ("application/json", b'{"mode":"real","mode":"virtual"}', 400),
        ("application/json", b'{"mode":"\xff"}', 400),
        ("application/json", b"[" * 100_000, 400),
        ("application/json", b'{"mode":"' + b"x" * 1024 * 1024 + b'"}', 413),
        ("application/json; charset=utf-8", b"{}", 200),
        ("APPLICATION/JSON", b"{}", 200),
    ],
)
def test_bodies(world: World, content_type: str | None, body: bytes, status: int) -> None:
    """What is no JSON object of a reasonable size is refused; a simple form of another site's never gets in."""
    headers = {} if content_type is None else {"Content-Type": content_type}
    answer = ask("PATCH", f"{world.process.url}/_sandbox/api/clock", headers, body)
    if status == 200:
        answer.ok()
    else:
        refusal(answer, status)
    assert world.admin.get("/clock")["mode"] == "virtual"


def test_a_post_without_a_body_needs_no_length(world: World) -> None:
    """As `curl -X POST` sends it."""
    assert ask("POST", f"{world.process.url}/_sandbox/api/reset").status == 204


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/clock", {"GET", "PATCH"}),
        ("/clock/advance", {"POST"}),
        ("/reset", {"POST"}),
        ("/snapshot", {"GET", "PUT"}),
        ("/partner", {"GET", "PATCH", "DELETE"}),
        ("/faults/1", {"DELETE"}),
        ("/payments/1/approve", {"POST"}),
    ],
)
def test_methods(world: World, path: str, allowed: set[str]) -> None:
    """What an address does not take is said with what it takes."""
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        if method not in allowed:
            answer = world.admin.ask(method, path, {})
            refusal(answer, 405)
            assert set(answer.headers["allow"].replace(" ", "").split(",")) - {"HEAD", "OPTIONS"} == allowed


def test_addresses_that_are_none(world: World) -> None:
    """With the same shape of an answer."""
    for path in ("", "/", "/nothing", "/clock/", "/partners/x", "/payments/1/refund", "/faults/1/2"):
        world.admin.refused(404, "GET", path)
