"""urllib3: a pool of connections."""

from __future__ import annotations

import urllib3
from urllib3.util import SKIP_HEADER

import wire


def pool() -> urllib3.PoolManager:
    """With izly's limits and headers; neither retries nor redirects.

    Its deadline covers each wait for bytes rather than the call, which is as near as it comes.
    """
    return urllib3.PoolManager(
        headers={**wire.headers(), "accept-encoding": SKIP_HEADER},
        timeout=urllib3.Timeout(connect=wire.CONNECT_TIMEOUT, total=wire.DEADLINE),
        retries=False,
        ca_certs=wire.ca_file() if wire.is_tls() else None,
    )
