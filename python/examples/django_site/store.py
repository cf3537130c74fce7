"""Keeps the sales by Django's means: the contract of `shop.sales.Sales`, over the models."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import izly
from django.db import Error, IntegrityError, transaction
from django.utils import timezone

from django_site.models import Sale, Settlement, Voucher
from shop import catalogue, sales


class DjangoSales:
    """Keeps the sales in Django's default database."""

    errors: tuple[type[Exception], ...] = (Error,)

    def place(self, order: izly.Order) -> None:
        """Stores a new order, open."""
        Sale.objects.create(id=order.id, amount_cents=order.amount_cents)

    def payment_created(self, order_id: str, operation_id: int) -> None:
        """Notes Izly's number for the payment. Not with `save()`: a callback may have changed the rest of the row."""
        Sale.objects.filter(id=order_id).update(operation_id=operation_id)

    def find(self, order_id: str) -> Sale | None:
        """The sale of this order."""
        return Sale.objects.filter(id=order_id).first()

    @transaction.atomic
    def credit(self, paid: izly.PaidPayment) -> int | None:
        """The claim and the credit, both or neither. Whoever is second waits here for the first, and finds it done."""
        claim = {"operation_id": paid.operation_id}
        try:
            settlement, is_claimed = Settlement.objects.get_or_create(sale_id=paid.order_id, defaults=claim)
        except IntegrityError:
            # The order has no settlement, and may not have this one: the operation has settled another order.
            return None
        if is_claimed:
            Sale.objects.filter(id=paid.order_id).update(state=sales.PAID)
            Voucher.objects.create(sale_id=paid.order_id, code=catalogue.new_voucher())
        return settlement.operation_id

    def abandon(self, order_id: str) -> None:
        """Closes an open order."""
        Sale.objects.filter(id=order_id, state=sales.OPEN).update(state=sales.ABANDONED)

    @transaction.atomic
    def claim_refund(self, order_id: str) -> int | None:
        """The one caller whose update finds the order paid gets its operation."""
        paid = Sale.objects.filter(id=order_id, state=sales.PAID)
        if paid.update(state=sales.REFUNDING, refund_began_at=timezone.now()) != 1:
            return None
        return Settlement.objects.get(sale_id=order_id).operation_id

    def end_refund(self, order_id: str, state: str) -> None:
        """Says how a claimed refund ended."""
        Sale.objects.filter(id=order_id, state=sales.REFUNDING).update(state=state)

    def unsettled(self) -> Sequence[Sale]:
        """The open orders worth asking Izly about."""
        since = timezone.now() - timedelta(seconds=sales.ASK_FOR_SECONDS)
        is_waiting = Sale.objects.filter(state=sales.OPEN, operation_id__isnull=False, created_at__gt=since)
        return list(is_waiting.order_by("created_at"))

    def stale_refunds(self) -> Sequence[tuple[str, int]]:
        """The refunds that nobody is working on any more."""
        before = timezone.now() - timedelta(seconds=sales.REFUND_LASTS_SECONDS)
        stale = Settlement.objects.filter(sale__state=sales.REFUNDING, sale__refund_began_at__lt=before)
        return list(stale.values_list("sale_id", "operation_id"))
