"""What a callback is answered with. Its sender may be anybody, and learns nothing but yes, no or not yet."""

from __future__ import annotations

import logging

import izly

log = logging.getLogger("shop")


def malformed(error: izly.Error) -> izly.Reply:
    """Not a callback at all, so not from Izly: a client's mistake."""
    log.warning("a body that is no callback: %s", error)
    return izly.Reply.rejected(1, "corps illisible").with_status(400)


def unknown_order(callback: izly.Callback) -> izly.Reply:
    """Every order is stored before its payment exists; one that is not here is another shop's, or was lost."""
    log.warning("a callback about operation %s names no order of this shop", callback.operation_id)
    return izly.Reply.rejected(2, "commande inconnue")


def not_settled(callback: izly.Callback, error: izly.Error) -> izly.Reply:
    """Izly did not confirm the payment.

    `retry` is "no" when asking again cannot change the answer (another order's operation, another amount, a payment
    that was cancelled): then the callback is dealt with. Otherwise it is rejected, so that a sender who tries again has
    a reason to; nothing depends on it, since open orders are asked about anyway.
    """
    log.warning("order %s is not settled: %s", callback.order_id, error)
    return izly.Reply.accepted() if error.retry == "no" else izly.Reply.rejected(3, "pas encore réglée")


def database_down(error: Exception) -> izly.Reply:
    """Nothing is settled that is not written down."""
    log.error("a callback could not be settled: the database: %s", error)
    return izly.Reply.rejected(4, "réessayez plus tard")
