"""The databases that a site runs on, and a way to look into them."""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from contextlib import closing
from pathlib import Path
from typing import Any


class Database(ABC):
    """A database of one site."""

    url: str

    @abstractmethod
    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Runs one statement, for good, and gives its rows. The texts in it are the tests' own."""

    def value(self, sql: str) -> Any:
        """The only value of the only row."""
        [(value,)] = self.query(sql)
        return value


class SqliteDatabase(Database):
    """A file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.url = f"sqlite:///{path}"

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self._path, timeout=10, isolation_level=None)) as connection:
            return connection.execute(sql).fetchall()


class PostgresqlDatabase(Database):
    """One of a server's."""

    def __init__(self, url: str) -> None:
        self.url = url

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as connection:
            # The texts come from the tests themselves, so they need not be constants for the type checker.
            cursor = connection.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []
