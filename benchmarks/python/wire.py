"""The two requests as izly puts them on the wire, for peers to send the same; and the limits that all keep.

Settings: IZLY_BENCH_URL, and for https IZLY_BENCH_CA; IZLY_API_KEY.
"""

from __future__ import annotations

import binascii
import sys

from measure import setting

OPERATION_ID = 586589

# izly's own limits, in seconds: for opening a connection, and for the whole call.
CONNECT_TIMEOUT = 5
DEADLINE = 15

PAYMENT_BODY = b'{"Amount":150,"ClientOrderId":"order-42","Message":"2 cafes"}'


def base_url() -> str:
    """The server's address."""
    return setting("IZLY_BENCH_URL")


def is_tls() -> bool:
    """Whether it is called over TLS."""
    return base_url().startswith("https:")


def ca_file() -> str:
    """The only certificates to trust; asked for over TLS only."""
    return setting("IZLY_BENCH_CA")


def payments_url() -> str:
    """Where payments are created."""
    return f"{base_url()}/api/Izly/WebPayments"


def read_url() -> str:
    """Where the payment is read."""
    return f"{payments_url()}/{OPERATION_ID}"


def headers() -> dict[str, str]:
    """All that izly sends but for host and length, which every client adds by itself."""
    key = setting("IZLY_API_KEY")
    return {
        "accept": "application/json",
        "user-agent": f"izly/0.1.0 (Python {sys.version.split()[0]})",
        "authorization": f"Basic {key}",
        "appidentifier": binascii.a2b_base64(key).decode().partition(":")[0],
        "content-type": "application/vnd.Xpollens.v1+json",
    }
