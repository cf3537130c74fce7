"""libcurl: a handle that is set up once and performed many times."""

from __future__ import annotations

import pycurl

import wire

TYPE_CHECKING = False
if TYPE_CHECKING:
    from measure import Operation


def handle(url: str) -> pycurl.Curl:
    """Reads this address."""
    made = pycurl.Curl()
    made.setopt(pycurl.URL, url)
    made.setopt(pycurl.HTTPHEADER, [f"{name}: {value}" for name, value in wire.headers().items()])
    made.setopt(pycurl.CONNECTTIMEOUT, wire.CONNECT_TIMEOUT)
    made.setopt(pycurl.TIMEOUT, wire.DEADLINE)
    # No signals around each call, which threads would not bear; no proxy from the environment, as izly reads none.
    made.setopt(pycurl.NOSIGNAL, 1)
    made.setopt(pycurl.PROXY, "")
    # What izly speaks: no time goes to offering another version.
    made.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1)
    # An error status fails the call. It costs nothing.
    made.setopt(pycurl.FAILONERROR, 1)
    if wire.is_tls():
        made.setopt(pycurl.CAINFO, wire.ca_file())
    return made


def payment_handle() -> pycurl.Curl:
    """Creates the payment."""
    made = handle(wire.payments_url())
    made.setopt(pycurl.POSTFIELDS, wire.PAYMENT_BODY)
    return made


def fresh(made: pycurl.Curl) -> pycurl.Curl:
    """The same, with a connection for each call that nothing else uses before or after."""
    made.setopt(pycurl.FRESH_CONNECT, 1)
    made.setopt(pycurl.FORBID_REUSE, 1)
    return made


def operation(made: pycurl.Curl) -> Operation:
    """Performs it. The parts of the body go to a list, which is quicker than a buffer to write into."""
    parts: list[bytes] = []
    made.setopt(pycurl.WRITEFUNCTION, parts.append)
    perform = made.perform

    def call() -> int:
        parts.clear()
        perform()
        return len(b"".join(parts))

    return call
