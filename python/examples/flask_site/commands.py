"""What runs beside the server: `flask --app flask_site init-db`, `flask --app flask_site reconcile`."""

from __future__ import annotations

import click
import izly
from flask import Blueprint, current_app

from shop.reconciliation import reconcile as reconcile_sales

commands = Blueprint("commands", __name__, cli_group=None)


@commands.cli.command("init-db")
def init_db() -> None:
    """Make the tables that are not there yet."""
    current_app.extensions["shop"].sales.create_tables()


@commands.cli.command("reconcile")
def reconcile() -> None:
    """Ask Izly about every open order."""
    site = current_app.extensions["shop"]
    try:
        still_open = reconcile_sales(site.client, site.sales)
    except izly.TransportError as error:
        raise click.ClickException(f"Izly n'est pas joignable : {error}") from error
    click.echo(f"Commandes encore ouvertes : {still_open}")
