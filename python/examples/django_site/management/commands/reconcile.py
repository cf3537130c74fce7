"""`python django_site/manage.py reconcile`."""

from __future__ import annotations

import izly
from django.core.management.base import BaseCommand, CommandError

from django_site.izly_client import client
from django_site.store import DjangoSales
from shop.reconciliation import reconcile


class Command(BaseCommand):
    """Asks Izly about every open order."""

    help = "Ask Izly about every open order: its callback may have been lost."

    def handle(self, *arguments: object, **options: object) -> None:
        """Runs it."""
        try:
            still_open = reconcile(client(), DjangoSales())
        except izly.TransportError as error:
            raise CommandError(f"Izly n'est pas joignable : {error}") from error
        self.stdout.write(f"Commandes encore ouvertes : {still_open}")
