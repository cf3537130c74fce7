"""A running shop: a site, its database, and the local Izly it talks to."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import izly
from izly.testing import Sandbox

from .browser import Browser, Page
from .databases import Database
from .relay import Relay
from .server import KINDS, Site, free_port, url_of


@dataclass(frozen=True)
class Purchase:
    """An order that a student made, and the page where it is paid."""

    browser: Browser
    order_id: str
    operation_id: int
    payment_page: str


@dataclass(frozen=True)
class Shop:
    """What the tests work with."""

    site: Site
    database: Database
    sandbox: Sandbox
    relay: Relay
    secret_key: str

    def buy(self) -> Purchase:
        """A student presses *Payer*, and stands before Izly's payment page."""
        browser = Browser(self.site.url)
        payment_page = browser.submit(browser.open("/"), "checkout").location
        assert payment_page is not None
        [operation_id] = re.findall(r"/WebPayments/(\d+)/Authorize", payment_page)
        order_id = self.database.value(f"SELECT id FROM sales WHERE operation_id = {operation_id}")
        return Purchase(browser, order_id, int(operation_id), payment_page)

    def buy_and_pay(self) -> Purchase:
        """The same, and the payment is approved."""
        purchase = self.buy()
        self.sandbox.approve(purchase.payment_page)
        return purchase

    def state(self, purchase: Purchase) -> str:
        """The state of the order in the database."""
        return str(self.database.value(f"SELECT state FROM sales WHERE id = '{purchase.order_id}'"))

    def credits(self, purchase: Purchase) -> int:
        """How often the order was credited: nothing in the database keeps a second voucher out."""
        return int(self.database.value(f"SELECT count(*) FROM vouchers WHERE sale_id = '{purchase.order_id}'"))

    def order_page(self, purchase: Purchase) -> Page:
        """The order's page, in the browser of the student who made it."""
        return purchase.browser.open(f"/orders/{purchase.order_id}")

    def post_callback(self, body: str | bytes) -> httpx.Response:
        """Anybody posts something to the callback's address."""
        headers = {"Content-Type": "application/json"}
        return httpx.post(f"{self.site.url}/callback", content=body, headers=headers, timeout=60, trust_env=False)

    def at_once(self, times: int, body: str) -> list[httpx.Response]:
        """The same callback, as often at the same time."""
        with ThreadPoolExecutor(times) as threads:
            return list(threads.map(self.post_callback, [body] * times))

    def status_at_izly(self, operation_id: int) -> izly.Status | None:
        """What Izly itself says."""
        with self.sandbox.client() as client:
            return client.payment(operation_id).status


@contextmanager
def running_shop(kind: str, database: Database, folder: Path) -> Iterator[Shop]:
    """Starts a shop from nothing. The site's port comes first: Izly must know its addresses."""
    port = free_port()
    secret_key = secrets.token_hex()
    url = url_of(port)
    with (
        Sandbox(
            callback_url=f"{url}/callback",
            login_redirect_url=f"{url}/login/return",
            home_url=f"{url}/",
            # Codes that do not survive a query that is decoded twice, or never encoded.
            arguments=("--wire", "token_style=plus_and_slash"),
        ) as sandbox,
        Relay(sandbox.base_url) as relay,
    ):
        environment = {
            "IZLY_API_KEY": sandbox.api_key,
            "IZLY_ENVIRONMENT": relay.url,
            "DATABASE_URL": database.url,
            "SECRET_KEY": secret_key,
        }
        site = Site(KINDS[kind], port, environment, folder / "site.log")
        site.prepare()
        site.start()
        try:
            yield Shop(site, database, sandbox, relay, secret_key)
        finally:
            site.stop()
