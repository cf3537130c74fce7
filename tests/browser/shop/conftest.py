"""Fixtures for the demo shop.

One shop is open for all tests: orders are told apart by their ids, browsers by their cookies. The Izly behind it is put
back before each test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from harness.layout import DESKTOP
from harness.shop import Shop, Shopper
from harness.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from harness.izly import Izly
    from playwright.sync_api import BrowserContext, Page


@pytest.fixture(scope="session")
def open_shop(command: str) -> Iterator[Shop]:
    """The shop that is open all the time."""
    with Shop(command) as opened:
        yield opened


@pytest.fixture
def shop(request: pytest.FixtureRequest, command: str, open_shop: Shop) -> Iterator[Shop]:
    """The shop, with an Izly where nothing has happened yet."""
    if request.node.get_closest_marker("shop_of_its_own"):
        with Shop(command) as opened:
            yield _patient(opened)
    else:
        open_shop.izly.reset()
        yield _patient(open_shop)


def _patient(shop: Shop) -> Shop:
    """An Izly behind it that waits longer for the shop's answers than the shop takes for them on any machine."""
    shop.izly.callbacks(timeout_ms=20_000)
    return shop


@pytest.fixture
def izly(shop: Shop) -> Izly:
    """What can be done to the Izly behind the shop."""
    return shop.izly


@pytest.fixture
def watch(context: BrowserContext, shop: Shop) -> Iterator[Watch]:
    """Sees to it that the pages of that context do nothing that no page may do."""
    watching = Watch(context, {shop.url, shop.izly.base_url})
    yield watching
    watching.check()


@pytest.fixture
def shopper(page: Page, shop: Shop) -> Shopper:
    """A student in front of the shop."""
    return Shopper(page, shop)


@pytest.fixture
def other_shopper(new_context: Callable[..., BrowserContext], shop: Shop) -> Iterator[Shopper]:
    """Another student at another machine."""
    context = new_context(viewport=DESKTOP)
    watching = Watch(context, {shop.url, shop.izly.base_url})
    watching.expect_status(404)
    yield Shopper(context.new_page(), shop)
    watching.check()
