"""One way to talk to SQLite and to PostgreSQL: a transaction in which SQL with `?` can be run."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any, Protocol

# How long to wait for a lock or for the server: not so long that Izly, whose callback waits too, gives up first.
WAIT_SECONDS = 5


class Run(Protocol):
    """Runs a statement; what it gives has `fetchone`, `fetchall` and `rowcount`."""

    def __call__(self, sql: str, parameters: Sequence[object] = (), /) -> Any: ...


class Sqlite:
    """A file."""

    errors: tuple[type[Exception], ...] = (sqlite3.Error,)

    def __init__(self, path: str) -> None:
        self._path = path

    def prepare(self) -> None:
        """Lets readers and a writer work at the same time; the file remembers it."""
        with closing(sqlite3.connect(self._path)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")

    @contextmanager
    def transaction(self) -> Iterator[Run]:
        """A connection of its own. The lock is taken at once: one that is asked for midway may be refused."""
        with closing(sqlite3.connect(self._path, timeout=WAIT_SECONDS, isolation_level=None)) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("BEGIN IMMEDIATE")
            with connection:
                yield connection.execute


class Postgresql:
    """A server. A connection for each transaction is simple; a busy shop keeps some open with `psycopg_pool`."""

    def __init__(self, url: str) -> None:
        # Imported here so that a shop on SQLite does not need it.
        import psycopg

        self._connect = psycopg.connect
        self._url = url
        self.errors: tuple[type[Exception], ...] = (psycopg.Error,)

    def prepare(self) -> None:
        """Nothing to do."""

    @contextmanager
    def transaction(self) -> Iterator[Run]:
        """A connection of its own, committed at the end."""
        with self._connect(self._url, connect_timeout=WAIT_SECONDS) as connection:
            yield lambda sql, parameters=(): connection.execute(sql.replace("?", "%s"), parameters)


Database = Sqlite | Postgresql


def database_of(url: str) -> Database:
    """The database of a URL; three slashes before a file beside the program, four before an absolute path."""
    if url.startswith("sqlite:///"):
        return Sqlite(url.removeprefix("sqlite:///"))
    if url.startswith(("postgresql://", "postgres://")):
        return Postgresql(url)
    raise RuntimeError("DATABASE_URL must begin with sqlite:/// or postgresql://")
