"""izly as its readme has it."""

from __future__ import annotations

import izly

import wire
from measure import setting


def client() -> izly.Client:
    """With its own limits, which are those that the peers are given."""
    return izly.Client(setting("IZLY_API_KEY"), wire.base_url(), ca_file=trusted())


def async_client(workers: int) -> izly.AsyncClient:
    """The same for asyncio, with as many calls at once."""
    return izly.AsyncClient(setting("IZLY_API_KEY"), wire.base_url(), max_workers=workers, ca_file=trusted())


def trusted() -> str | None:
    """Whose certificates, over TLS."""
    return wire.ca_file() if wire.is_tls() else None
