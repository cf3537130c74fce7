"""Looking at what no callback settled. Run it every few minutes: callbacks get lost, and no second one is promised."""

from __future__ import annotations

import logging

import izly

from shop import refunds, settlement
from shop.sales import Sales

log = logging.getLogger("shop")


def reconcile(client: izly.Client, sales: Sales) -> int:
    """Asks Izly about every open order and every refund without an end; gives how many orders are still open.

    Raises when Izly cannot be reached: the rest waits for the next run.
    """
    for sale in sales.unsettled():
        try:
            settlement.look_again(client, sales, sale)
        except izly.TransportError:
            raise
        except izly.Error as error:
            log.info("order %s stays open: %s", sale.id, error)
    for order_id, operation_id in sales.stale_refunds():
        try:
            refunds.look_again(client, sales, order_id, operation_id)
        except izly.TransportError:
            raise
        except izly.Error as error:
            log.info("the refund of order %s stays open: %s", order_id, error)
    return len(sales.unsettled())
