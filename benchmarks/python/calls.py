"""One client, one call after the other: a read, and a payment.

A peer's share of the sum is the length of the body: it reads all of it and looks no further. izly's is the amount in the
result that it checked.
"""

from __future__ import annotations

import wire
from measure import repeated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from measure import Operation


def izly_read() -> str:
    """To a checked payment."""
    from peer_izly import client

    payment = client().payment
    return repeated(lambda: payment(wire.OPERATION_ID).amount_cents)


def izly_payment() -> str:
    """To a checked pending payment; by design on a connection of its own, so that its outcome is always known."""
    from izly import NewPayment, Order

    from peer_izly import client

    create = client().create_payment
    return repeated(lambda: create(NewPayment(Order("order-42", 150), message="2 cafes")).operation_id)


def pycurl_read() -> str:
    """One handle, one connection."""
    from peer_pycurl import handle, operation

    return repeated(operation(handle(wire.read_url())))


def pycurl_payment() -> str:
    """One handle, one connection."""
    from peer_pycurl import operation, payment_handle

    return repeated(operation(payment_handle()))


def pycurl_fresh_payment() -> str:
    """One handle, a connection for each payment, as izly does."""
    from peer_pycurl import fresh, operation, payment_handle

    return repeated(operation(fresh(payment_handle())))


def urllib3_read() -> str:
    """One pool."""
    from peer_urllib3 import pool

    manager, url = pool(), wire.read_url()
    return repeated(lambda: len(manager.request("GET", url).data))


def requests_read() -> str:
    """One session."""
    from peer_requests import read_operation, session

    return repeated(read_operation(session()))


def requests_payment() -> str:
    """One session, one connection."""
    from peer_requests import payment_operation, session

    return repeated(payment_operation(session()))


def httpx_read() -> str:
    """One client."""
    from peer_httpx import client

    get, url = client().get, wire.read_url()

    def operation() -> int:
        return len(get(url).content)

    return repeated(operation)


def socket_read() -> str:
    """No client at all: the floor."""
    from peer_socket import Connection

    read: Operation = Connection().read
    return repeated(read)


OPERATIONS = {
    "read": {
        "izly": izly_read,
        "pycurl": pycurl_read,
        "urllib3": urllib3_read,
        "requests": requests_read,
        "httpx": httpx_read,
        "socket": socket_read,
    },
    "create_payment": {
        "izly": izly_payment,
        "pycurl": pycurl_payment,
        "pycurl_fresh": pycurl_fresh_payment,
        "requests": requests_payment,
    },
}
