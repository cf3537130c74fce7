"""What runs beside the server: `python -m fastapi_site init-db`, `python -m fastapi_site reconcile`.

A command does one thing after the other, so it uses the plain client.
"""

from __future__ import annotations

import logging
import sys

import izly

from shop import settings
from shop.database import database_of
from shop.reconciliation import reconcile
from shop.store import SqlSales


def main(arguments: list[str]) -> str | None:
    """Runs one command; gives what went wrong."""
    logging.basicConfig(level=logging.INFO)
    sales = SqlSales(database_of(settings.database_url()))
    if arguments == ["init-db"]:
        sales.create_tables()
    elif arguments == ["reconcile"]:
        return reconcile_all(sales)
    else:
        return "usage: python -m fastapi_site init-db | reconcile"
    return None


def reconcile_all(sales: SqlSales) -> str | None:
    """Asks Izly about every open order."""
    with izly.Client.from_env(application=settings.APPLICATION) as client:
        try:
            still_open = reconcile(client, sales)
        except izly.TransportError as error:
            return f"Izly n'est pas joignable : {error}"
    print(f"Commandes encore ouvertes : {still_open}")
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
