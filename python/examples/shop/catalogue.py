"""What is for sale, and how a purchase of it is put to Izly."""

from __future__ import annotations

import re
import secrets

import izly

PRODUCT = "Un café"
PRICE_CENTS = 150


def new_order() -> izly.Order:
    """An order for one coffee. Its id is in the address of its page, so nobody must be able to guess it."""
    return izly.Order(f"cafe-{secrets.token_hex(12)}", PRICE_CENTS)


def order_named_by(callback: izly.Callback) -> str | None:
    """The order that a callback is about, if the shop could have made it: nothing else goes on to the database."""
    order_id = callback.order_id or ""
    return order_id if re.fullmatch("cafe-[0-9a-f]{24}", order_id) else None


def payment_for(order: izly.Order, order_page: str) -> izly.NewPayment:
    """The payment of an order; the student comes back to `order_page`, if at all."""
    return izly.NewPayment(order, message=PRODUCT, redirect_url=order_page)


def new_voucher() -> str:
    """What a student shows at the counter."""
    return secrets.token_hex(4).upper()
