"""Giving the money back, once."""

from __future__ import annotations

import logging

import izly

from shop.sales import PAID, REFUNDED, REFUNDING, Sales

log = logging.getLogger("shop")


def refund(client: izly.Client, sales: Sales, order_id: str) -> None:
    """Refunds a paid order; raises when it surely was not refunded.

    Whoever claims the refund first sends it; for everyone else there is nothing to do. The voucher is no longer good
    from the claim on, before any money moves.
    """
    operation_id = sales.claim_refund(order_id)
    if operation_id is None:
        return
    try:
        client.refund(izly.RefundTarget(operation_id, order_id))
    except izly.Error as error:
        state = after_failure(client, operation_id, error)
        log.warning("the refund of operation %s failed, its order is %s: %s", operation_id, state, error)
        sales.end_refund(order_id, state)
        if state == PAID:
            raise
    else:
        log.info("operation %s is refunded", operation_id)
        sales.end_refund(order_id, REFUNDED)


def after_failure(client: izly.Client, operation_id: int, error: izly.Error) -> str:
    """The state of an order whose refund failed. If Izly may have carried it out, only Izly knows."""
    if error.outcome == izly.Outcome.NOT_SENT:
        return PAID
    return state_after(error.outcome, client.payment(operation_id).status)


def state_after(outcome: str, status: izly.Status | None) -> str:
    """What a look-up says about a refund of this outcome. Whatever is not surely over may still be under way.

    A status that nobody knows may be money on its way back, and an unknown outcome a request on its way to Izly
    (docs/settle-once.md).
    """
    if status == izly.Status.REFUND:
        return REFUNDED
    is_refused = outcome == izly.Outcome.REJECTED and status == izly.Status.COMPLETED
    return PAID if is_refused else REFUNDING


def look_again(client: izly.Client, sales: Sales, order_id: str, operation_id: int) -> None:
    """Ends a refund that nobody is working on any more as Izly says. If it did not happen, a person may try again."""
    # By now nothing is under way any more: what Izly says is as good as a refusal.
    state = state_after(izly.Outcome.REJECTED, client.payment(operation_id).status)
    log.info("after a look at the refund of operation %s, its order is %s", operation_id, state)
    sales.end_refund(order_id, state)
