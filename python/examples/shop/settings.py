"""What the shop reads from its environment; the `izly` package reads IZLY_API_KEY and IZLY_ENVIRONMENT by itself."""

from __future__ import annotations

import os
from pathlib import Path

# A site answers under its own names only: the address that Izly sends a student back to is made from the request's.
HOSTS = ["127.0.0.1", "localhost"]

# Said to Izly with each request, so that its people know whom to call.
APPLICATION = "boutique-exemple/1.0"

TEMPLATES = Path(__file__).parent / "templates"

# The largest body that `izly.Callback.parse` takes; nothing else that is sent to this shop is longer.
LARGEST_BODY = 1 << 20


def database_url() -> str:
    """`sqlite:///` and a file, or `postgresql://…`."""
    return os.environ.get("DATABASE_URL", "sqlite:///boutique.sqlite3")


def secret_key() -> str:
    """What signs the sessions. There is no default: one that is known to all would let anybody forge them."""
    key = os.environ.get("SECRET_KEY", "")
    if len(key) < 32:
        raise RuntimeError(
            "Set SECRET_KEY to 32 random characters or more: python -c 'import secrets; print(secrets.token_hex())'"
        )
    return key


def cookies_need_https() -> bool:
    """True but beside a sandbox, whose address is plain http on this machine."""
    return not os.environ.get("IZLY_ENVIRONMENT", "").startswith("http://")
