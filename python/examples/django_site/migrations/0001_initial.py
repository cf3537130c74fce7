import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Sale",
            fields=[
                ("id", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("amount_cents", models.PositiveIntegerField()),
                ("state", models.CharField(default="open", max_length=16)),
                ("operation_id", models.BigIntegerField(null=True, unique=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("refund_began_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "sales",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount_cents__gt", 0)), name="a_sale_costs_something"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("open", "paid", "refunding", "refunded", "abandoned"))),
                        name="a_sale_is_in_a_known_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Voucher",
            fields=[
                ("code", models.CharField(max_length=8, primary_key=True, serialize=False)),
                (
                    "sale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="vouchers", to="django_site.sale"
                    ),
                ),
            ],
            options={
                "db_table": "vouchers",
            },
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("operation_id", models.BigIntegerField()),
                (
                    "sale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="django_site.sale"
                    ),
                ),
            ],
            options={
                "db_table": "settlements",
                "constraints": [
                    models.UniqueConstraint(fields=("operation_id",), name="an_operation_settles_one_order"),
                    models.UniqueConstraint(fields=("sale",), name="an_order_is_settled_by_one_operation"),
                ],
            },
        ),
    ]
