"""The client."""

from __future__ import annotations

from functools import cache

import izly

from shop import settings


@cache
def client() -> izly.Client:
    """One for the whole process. Made when it is first needed: `migrate` runs without an API key."""
    return izly.Client.from_env(application=settings.APPLICATION)
