"""Two partners of one sandbox see nothing of each other, even at once; and the same seed gives the same bytes."""

from __future__ import annotations

import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from support.site import Site
from support.web import ask
from support.world import World

if TYPE_CHECKING:
    from conftest import Start


def script(world: World) -> list[Any]:
    """A long afternoon: everything that a world has, with whatever it answered."""
    said: list[Any] = []
    tokens = world.tokens()
    said.append(tokens)
    said.append(world.partner.users(tokens["access_token"]).ok().json)
    said.append(world.partner.refresh(tokens["refresh_token"]).ok().json)
    world.admin.post("/faults", {"call": "read_payment", "fault": "server_error", "probability": 0.5}, status=201)
    for number in range(6):
        created = world.partner.create(f"order-{number}", 100 + number)
        said.append(created.answer.json)
        account = ("riche", "solde-insuffisant", "boursier")[number % 3]
        said.append(world.approve(created.operation_id, account))
        said.append([world.partner.read(created.operation_id).text for _ in range(4)])
    said.append(world.partner.refund(created.operation_id, created.order_id).json)
    world.settings(mode="manual", copies=2)
    said.append(world.approve(world.partner.create("manual").operation_id))
    said.append(world.admin.post("/clock/advance", {"seconds": 5000}))
    for path in ("/accounts", "/payments", "/deliveries", "/faults", "/emails", "/clock"):
        said.append(world.admin.get(path))
    said.append(world.admin.get("/journal", limit=1000, reveal=True))
    return said


def without_names(said: object, world: World) -> str:
    """The same, without what names the partner: its identifier, its key, its site's address, the ids it was dealt."""
    text = json.dumps(said, ensure_ascii=False)
    for name in (world.partner.identifier, world.partner.identifier.replace(" ", "%20"), world.partner.api_key):
        text = text.replace(name, "<partner>")
    text = re.sub(r"127\.0\.0\.1:\d+", "<host>", text)
    # Base64 of `1;` and two digits, encoded or not, then the token of a payment's page.
    text = re.sub(r"MTs[1-9][A-Za-z0-9+/]+(=|%3d|%3D|%253d)*", "<token>", text)
    text = re.sub(r"token=1-[A-Za-z0-9]+", "token=<token>", text)
    # Operation and transaction ids have five digits or more, and nothing else in the script has.
    return re.sub(r"(?<![\d.])\d{5,7}(?!\d)", "<id>", text)


def test_two_partners_at_once(world: World) -> None:
    """The same script on both, in parallel: the same answers, and nothing of the other's."""
    with Site() as one_site, Site() as two_site, ThreadPoolExecutor() as threads:
        pair = []
        for identifier, site in (("Laverie-2-2-2-2", one_site), ("Cantine-3-3-3-3", two_site)):
            made = world.another(identifier, callback_url=site.url)
            pair.append(World(world.process, site, made.partner, made.admin))
        one, two = pair
        one_said, two_said = threads.map(script, (one, two))
        assert without_names(one_said, one).splitlines() == without_names(two_said, two).splitlines()
        for mine, other in ((one_said, two), (two_said, one)):
            assert other.partner.identifier not in json.dumps(mine)
            assert other.partner.api_key not in json.dumps(mine)
        assert len(one_site.received) == len(two_site.received)
    assert world.entries() == []
    assert world.admin.get("/payments") == {"payments": []}
    assert world.account()["balance_cents"] == 10_000


def test_a_world_shows_nothing_to_another(world: World) -> None:
    """Payments, tokens, codes and pages are the partner's own."""
    other = world.another("Laverie-2-2-2-2")
    paid = world.paid()
    tokens, code = world.tokens(), world.code()
    assert other.partner.read(paid.operation_id).ok(404).json["Code"] == 356
    other.partner.refund(paid.operation_id).ok(404)
    other.partner.token(code).ok(400)
    other.partner.refresh(tokens["refresh_token"]).ok(400)
    other.admin.refused(404, "GET", f"/payments/{paid.operation_id}")
    world.partner.token(code).ok()
    world.admin.patch("/accounts/riche", {"state": "blocked"})
    world.admin.patch("/wire", {"casing": "camel"})
    world.admin.post("/faults", {"call": "any", "fault": "server_error"}, status=201)
    world.settings(mode="never")
    world.admin.post("/clock/advance", {"seconds": 1})
    assert other.admin.get("/wire")["casing"] == "pascal"
    assert other.admin.get("/clock")["advanced_seconds"] == 0
    assert other.approve(other.partner.create().operation_id)["deliveries"][0]["accepted"]


def test_pages_of_two_partners_are_told_apart(world: World) -> None:
    """The student pays the one whose page is open, even if both were dealt the same number."""
    other = world.another("Laverie-2-2-2-2", site_name="Laverie du campus")
    mine, theirs = world.partner.create(), other.partner.create()
    assert "Laverie du campus" in ask("GET", theirs.url).ok().text
    assert "Laverie du campus" not in ask("GET", mine.url).ok().text
    world.student.approve(theirs.url).ok()
    assert (world.status(mine.operation_id), other.status(theirs.operation_id)) == ("Waiting", "Completed")
    assert world.account()["balance_cents"] == 10_000
    assert other.account()["balance_cents"] == 10_000 - 150


def bytes_of(world: World) -> str:
    """A script's answers and timeline, with the ports of the machine at hand replaced."""
    text = json.dumps(script(world), ensure_ascii=False)
    return text.replace(f":{world.process.port}", ":SANDBOX").replace(world.site.base_url, "http://SITE")


def test_the_same_seed_gives_the_same_bytes(start: Start) -> None:
    """Ids, codes, tokens, dates, faults by chance, and the whole timeline; another seed gives others."""
    first, second, other = (bytes_of(start("--seed", seed)) for seed in ("7", "7", "8"))
    assert first.splitlines() == second.splitlines()
    assert first != other


def test_one_partner_does_not_move_anothers_seed(start: Start) -> None:
    """What a partner is answered depends on its own calls alone."""
    alone, busy = start("--seed", "7"), start("--seed", "7")
    script(busy.another("Laverie-2-2-2-2"))
    assert bytes_of(alone) == bytes_of(busy)


def test_without_a_seed_ids_differ_from_start_to_start(start: Start) -> None:
    """So that an order table kept from yesterday meets no old number."""
    ids = []
    for _ in range(3):
        ids.append(start().partner.create().operation_id)
        # They grow with time, in tenths of seconds; no person starts two sandboxes quicker.
        time.sleep(1.5)
    assert len(set(ids)) == 3
    assert ids == sorted(ids)


@pytest.mark.parametrize("count", [8])
def test_many_at_once(world: World, count: int) -> None:
    """As many partners as a test run has workers, none of which notices."""
    with ThreadPoolExecutor(count) as threads:
        worlds = [world.another(f"Worker-{number}") for number in range(count)]
        answers = list(threads.map(lambda one: without_names(script(one), one), worlds))
    assert len(set(answers)) == 1
