"""The sales in three tables; what is done with them is in `store`."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from shop import sales


class Sale(models.Model):
    """An order and how far it has come."""

    id = models.CharField(primary_key=True, max_length=100)
    amount_cents = models.PositiveIntegerField()
    state = models.CharField(max_length=16, default=sales.OPEN)
    operation_id = models.BigIntegerField(null=True, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    refund_began_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sales"
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_cents__gt=0), name="a_sale_costs_something"),
            models.CheckConstraint(condition=models.Q(state__in=sales.STATES), name="a_sale_is_in_a_known_state"),
        ]

    @property
    def voucher(self) -> str | None:
        """What the student bought; there from the credit on."""
        voucher = self.vouchers.first()
        return None if voucher is None else voucher.code


class Settlement(models.Model):
    """The two rules that money depends on: an operation settles one order, and an order is settled by one operation."""

    operation_id = models.BigIntegerField()
    sale = models.ForeignKey(Sale, models.PROTECT, related_name="+")

    class Meta:
        db_table = "settlements"
        constraints = [
            models.UniqueConstraint(fields=["operation_id"], name="an_operation_settles_one_order"),
            models.UniqueConstraint(fields=["sale"], name="an_order_is_settled_by_one_operation"),
        ]


class Voucher(models.Model):
    """One coffee."""

    code = models.CharField(primary_key=True, max_length=8)
    sale = models.ForeignKey(Sale, models.PROTECT, related_name="vouchers")

    class Meta:
        db_table = "vouchers"
