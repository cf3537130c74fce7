"""The sales in three SQL tables."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import NamedTuple

import izly

from shop import catalogue, sales
from shop.database import Database

# The two rules that money depends on: an operation settles one order, and an order is settled by one operation.
TABLES = [
    f"""CREATE TABLE IF NOT EXISTS sales (
        id TEXT PRIMARY KEY,
        amount_cents BIGINT NOT NULL CHECK (amount_cents > 0),
        state TEXT NOT NULL CHECK (state IN {sales.STATES}),
        operation_id BIGINT UNIQUE,
        created_at BIGINT NOT NULL,
        refund_began_at BIGINT)""",
    """CREATE TABLE IF NOT EXISTS settlements (
        operation_id BIGINT NOT NULL UNIQUE,
        sale_id TEXT NOT NULL UNIQUE REFERENCES sales (id))""",
    """CREATE TABLE IF NOT EXISTS vouchers (
        code TEXT PRIMARY KEY,
        sale_id TEXT NOT NULL REFERENCES sales (id))""",
]

SALE = "SELECT id, amount_cents, state, operation_id, (SELECT code FROM vouchers WHERE sale_id = id) FROM sales"


class StoredSale(NamedTuple):
    """A row, with its voucher."""

    id: str
    amount_cents: int
    state: str
    operation_id: int | None
    voucher: str | None


class SqlSales:
    """Keeps the sales in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.errors = database.errors

    def create_tables(self) -> None:
        """Makes what is not there yet. A command of its own: servers that start together would trip over each other."""
        self._database.prepare()
        with self._database.transaction() as run:
            for table in TABLES:
                run(table)

    def place(self, order: izly.Order) -> None:
        """Stores a new order, open."""
        sql = "INSERT INTO sales (id, amount_cents, state, created_at) VALUES (?, ?, ?, ?)"
        with self._database.transaction() as run:
            run(sql, (order.id, order.amount_cents, sales.OPEN, int(time.time())))

    def payment_created(self, order_id: str, operation_id: int) -> None:
        """Notes Izly's number for the payment."""
        with self._database.transaction() as run:
            run("UPDATE sales SET operation_id = ? WHERE id = ?", (operation_id, order_id))

    def find(self, order_id: str) -> StoredSale | None:
        """The sale of this order."""
        with self._database.transaction() as run:
            row = run(f"{SALE} WHERE id = ?", (order_id,)).fetchone()
        return None if row is None else StoredSale(*row)

    def credit(self, paid: izly.PaidPayment) -> int | None:
        """The claim and the credit, both or neither. Whoever is second waits here for the first, and finds it done.

        The conflict names no column: with one, PostgreSQL heeds that rule alone, and two claims that meet may fail of the other.
        """
        claim = "INSERT INTO settlements (operation_id, sale_id) VALUES (?, ?) ON CONFLICT DO NOTHING"
        with self._database.transaction() as run:
            if run(claim, (paid.operation_id, paid.order_id)).rowcount == 1:
                run("UPDATE sales SET state = ? WHERE id = ?", (sales.PAID, paid.order_id))
                run("INSERT INTO vouchers (code, sale_id) VALUES (?, ?)", (catalogue.new_voucher(), paid.order_id))
            settled = run("SELECT operation_id FROM settlements WHERE sale_id = ?", (paid.order_id,)).fetchone()
        return None if settled is None else int(settled[0])

    def abandon(self, order_id: str) -> None:
        """Closes an open order."""
        with self._database.transaction() as run:
            run("UPDATE sales SET state = ? WHERE id = ? AND state = ?", (sales.ABANDONED, order_id, sales.OPEN))

    def claim_refund(self, order_id: str) -> int | None:
        """The one caller whose update finds the order paid gets its operation."""
        claim = "UPDATE sales SET state = ?, refund_began_at = ? WHERE id = ? AND state = ?"
        with self._database.transaction() as run:
            if run(claim, (sales.REFUNDING, int(time.time()), order_id, sales.PAID)).rowcount != 1:
                return None
            settled = run("SELECT operation_id FROM settlements WHERE sale_id = ?", (order_id,))
            return int(settled.fetchone()[0])

    def end_refund(self, order_id: str, state: str) -> None:
        """Says how a claimed refund ended."""
        with self._database.transaction() as run:
            run("UPDATE sales SET state = ? WHERE id = ? AND state = ?", (state, order_id, sales.REFUNDING))

    def unsettled(self) -> Sequence[StoredSale]:
        """The open orders worth asking Izly about."""
        where = "WHERE state = ? AND operation_id IS NOT NULL AND created_at > ? ORDER BY created_at"
        with self._database.transaction() as run:
            rows = run(f"{SALE} {where}", (sales.OPEN, int(time.time()) - sales.ASK_FOR_SECONDS)).fetchall()
        return [StoredSale(*row) for row in rows]

    def stale_refunds(self) -> Sequence[tuple[str, int]]:
        """The refunds that nobody is working on any more."""
        sql = """SELECT id, settlements.operation_id FROM sales JOIN settlements ON sale_id = id
            WHERE state = ? AND refund_began_at < ?"""
        with self._database.transaction() as run:
            rows = run(sql, (sales.REFUNDING, int(time.time()) - sales.REFUND_LASTS_SECONDS)).fetchall()
        return [(str(order_id), int(operation_id)) for order_id, operation_id in rows]
