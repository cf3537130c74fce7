"""httpx: a client, blocking or for asyncio."""

from __future__ import annotations

import ssl

import httpx

import wire


def client() -> httpx.Client:
    """Blocking. It follows no redirects unless told to."""
    made = httpx.Client(headers=wire.headers(), timeout=timeout(), verify=trusted())
    leave_out_its_own(made.headers)
    return made


def async_client(connections: int) -> httpx.AsyncClient:
    """For asyncio, with as many connections at once.

    None of them is kept between reads. Its pool asks every kept connection how it is before each read, which takes longer
    than a new one: a quarter less than with ten kept, half of what its default of 20 takes.
    """
    limits = httpx.Limits(max_connections=connections, max_keepalive_connections=0)
    made = httpx.AsyncClient(headers=wire.headers(), timeout=timeout(), verify=trusted(), limits=limits)
    leave_out_its_own(made.headers)
    return made


def leave_out_its_own(headers: httpx.Headers) -> None:
    """What it would add to izly's."""
    del headers["accept-encoding"]
    del headers["connection"]


def timeout() -> httpx.Timeout:
    """It has no deadline for the whole call: this one is for each wait."""
    return httpx.Timeout(wire.DEADLINE, connect=wire.CONNECT_TIMEOUT)


def trusted() -> ssl.SSLContext | bool:
    """Whose certificates, over TLS."""
    return ssl.create_default_context(cafile=wire.ca_file()) if wire.is_tls() else True
