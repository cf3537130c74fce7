"""requests: a session."""

from __future__ import annotations

import requests
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3.util import SKIP_HEADER

import wire

TYPE_CHECKING = False
if TYPE_CHECKING:
    from measure import Operation

# It has no deadline for the whole call: the second is for each wait for bytes.
TIMEOUTS = (wire.CONNECT_TIMEOUT, wire.DEADLINE)


def session(connections: int = 10) -> requests.Session:
    """With izly's headers instead of its own, and at most this many connections kept (10 is its default)."""
    made = requests.Session()
    made.headers = CaseInsensitiveDict({**wire.headers(), "accept-encoding": SKIP_HEADER})
    made.mount(wire.base_url(), HTTPAdapter(pool_maxsize=connections))
    return made


def trusted() -> str | bool:
    """Whose certificates. Said with each call: the environment would win over what a session says."""
    return wire.ca_file() if wire.is_tls() else True


def read_operation(made: requests.Session) -> Operation:
    """Reads the payment."""
    get, url, verify = made.get, wire.read_url(), trusted()

    def operation() -> int:
        return len(get(url, timeout=TIMEOUTS, allow_redirects=False, verify=verify).content)

    return operation


def payment_operation(made: requests.Session) -> Operation:
    """Creates the payment."""
    post, url, body, verify = made.post, wire.payments_url(), wire.PAYMENT_BODY, trusted()

    def operation() -> int:
        return len(post(url, data=body, timeout=TIMEOUTS, allow_redirects=False, verify=verify).content)

    return operation
