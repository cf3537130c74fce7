"""From a click on *Payer* to Izly's payment page."""

from __future__ import annotations

import izly

from shop import catalogue
from shop.sales import Sales


def checkout(client: izly.Client, sales: Sales, order: izly.Order, order_page: str) -> str:
    """Sells one coffee: gives the address of the page where the student pays.

    The order is stored first: the callback may come before Izly's reply to the creation does, and must find it. A
    creation that fails leaves an open order without a payment, whose page nobody has: nothing can be paid for it, and
    the next click is a new order.
    """
    sales.place(order)
    pending = client.create_payment(catalogue.payment_for(order, order_page))
    sales.payment_created(order.id, pending.operation_id)
    return pending.authorization_url
