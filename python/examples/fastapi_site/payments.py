"""What the shop does with Izly, without holding up the event loop while Izly or the database thinks.

The same steps as `shop.checkout`, `shop.settlement` and `shop.refunds`, with `await` in front of each, and their rules.
The client is asynchronous; the store is not, so it gets a thread. A refund that is cancelled midway, as when the server
stops, stays claimed until `reconcile` has looked it up.
"""

from __future__ import annotations

import logging

import izly
from fastapi.concurrency import run_in_threadpool

from shop import catalogue, replies
from shop.refunds import state_after
from shop.sales import OPEN, PAID, REFUNDED, Sale, order_of
from shop.settlement import PATIENCE_SECONDS, is_settled, note_credit
from shop.store import SqlSales

log = logging.getLogger("shop")


async def checkout(client: izly.AsyncClient, sales: SqlSales, order: izly.Order, order_page: str) -> str:
    """Stores the order, then creates its payment: gives the address of the page where the student pays."""
    await run_in_threadpool(sales.place, order)
    pending = await client.create_payment(catalogue.payment_for(order, order_page))
    await run_in_threadpool(sales.payment_created, order.id, pending.operation_id)
    return pending.authorization_url


async def answer(client: izly.AsyncClient, sales: SqlSales, body: bytes) -> izly.Reply:
    """The answer to a callback, given after its order is settled, and not before."""
    try:
        callback = izly.Callback.parse(body)
    except izly.Error as error:
        return replies.malformed(error)
    try:
        order_id = catalogue.order_named_by(callback)
        sale = await run_in_threadpool(sales.find, order_id) if order_id else None
        if sale is None:
            return replies.unknown_order(callback)
        await settle(client, sales, sale, callback, patience=PATIENCE_SECONDS)
    except izly.Error as error:
        return replies.not_settled(callback, error)
    except sales.errors as error:
        return replies.database_down(error)
    return izly.Reply.accepted()


async def settle(
    client: izly.AsyncClient, sales: SqlSales, sale: Sale, operation: izly.Callback | int, *, patience: float = 0
) -> None:
    """Credits a sale that Izly confirms; raises what `confirm` raises."""
    if is_settled(sale, operation):
        return
    paid = await client.confirm(operation, order_of(sale), patience=patience)
    note_credit(paid, await run_in_threadpool(sales.credit, paid))


async def look_again(client: izly.AsyncClient, sales: SqlSales, sale: Sale) -> None:
    """Asks Izly about an open order, because its callback may have been lost; raises when there is no final answer."""
    if sale.state != OPEN or sale.operation_id is None:
        return
    try:
        await settle(client, sales, sale, sale.operation_id)
    except izly.NotPaidError as error:
        log.info("order %s is closed: %s", sale.id, error)
        await run_in_threadpool(sales.abandon, sale.id)


async def refund(client: izly.AsyncClient, sales: SqlSales, order_id: str) -> None:
    """Refunds a paid order, for whoever claims that first; raises when it surely was not refunded."""
    operation_id = await run_in_threadpool(sales.claim_refund, order_id)
    if operation_id is None:
        return
    try:
        await client.refund(izly.RefundTarget(operation_id, order_id))
    except izly.Error as error:
        state = await after_failure(client, operation_id, error)
        log.warning("the refund of operation %s failed, its order is %s: %s", operation_id, state, error)
        await run_in_threadpool(sales.end_refund, order_id, state)
        if state == PAID:
            raise
    else:
        log.info("operation %s is refunded", operation_id)
        await run_in_threadpool(sales.end_refund, order_id, REFUNDED)


async def after_failure(client: izly.AsyncClient, operation_id: int, error: izly.Error) -> str:
    """The state of an order whose refund failed. If Izly may have carried it out, only Izly knows."""
    if error.outcome == izly.Outcome.NOT_SENT:
        return PAID
    return state_after(error.outcome, (await client.payment(operation_id)).status)
