"""How an order becomes paid: Izly is asked, its answer compared with the shop's order, and the order credited once."""

from __future__ import annotations

import logging

import izly

from shop import replies
from shop.catalogue import order_named_by
from shop.sales import ABANDONED, OPEN, Sale, Sales, order_of

log = logging.getLogger("shop")

# Izly calls while it is still carrying out the payment. Short, because anyone can make a server wait this long.
PATIENCE_SECONDS = 2.0


def answer(client: izly.Client, sales: Sales, body: bytes) -> izly.Reply:
    """The answer to a callback, given after its order is settled, and not before."""
    try:
        callback = izly.Callback.parse(body)
    except izly.Error as error:
        return replies.malformed(error)
    try:
        order_id = order_named_by(callback)
        sale = sales.find(order_id) if order_id else None
        if sale is None:
            return replies.unknown_order(callback)
        settle(client, sales, sale, callback, patience=PATIENCE_SECONDS)
    except izly.Error as error:
        return replies.not_settled(callback, error)
    except sales.errors as error:
        return replies.database_down(error)
    return izly.Reply.accepted()


def settle(
    client: izly.Client, sales: Sales, sale: Sale, operation: izly.Callback | int, *, patience: float = 0
) -> None:
    """Credits a sale that Izly confirms; raises what `confirm` raises."""
    if is_settled(sale, operation):
        return
    paid = client.confirm(operation, order_of(sale), patience=patience)
    note_credit(paid, sales.credit(paid))


def look_again(client: izly.Client, sales: Sales, sale: Sale) -> None:
    """Asks Izly about an open order, because its callback may have been lost; raises when there is no final answer."""
    if sale.state != OPEN or sale.operation_id is None:
        return
    try:
        settle(client, sales, sale, sale.operation_id)
    except izly.NotPaidError as error:
        log.info("order %s is closed: %s", sale.id, error)
        sales.abandon(sale.id)


def is_settled(sale: Sale, operation: izly.Callback | int) -> bool:
    """Whether the sale was credited, whatever came after, and this is its own payment: then there is nothing to ask."""
    operation_id = operation if isinstance(operation, int) else operation.operation_id
    return sale.state not in (OPEN, ABANDONED) and operation_id == sale.operation_id


def note_credit(paid: izly.PaidPayment, settled_by: int | None) -> None:
    """Tells a person of what a program cannot put right."""
    if settled_by == paid.operation_id:
        log.info("order %s is settled by operation %s", paid.order_id, settled_by)
    elif settled_by is None:
        log.error("order %s is not settled: operation %s has settled another one, ask Izly", paid.order_id, paid.operation_id)
    else:
        log.error("order %s is paid twice: refund operation %s by hand", paid.order_id, paid.operation_id)
