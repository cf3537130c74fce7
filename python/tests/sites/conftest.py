"""The shops under test: each site on each database."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator

import pytest

from . import postgresql
from .databases import SqliteDatabase
from .server import KINDS
from .shop import Shop, running_shop


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A PostgreSQL server, as the URL of its maintenance database."""
    with postgresql.server() as url:
        yield url


@pytest.fixture(
    scope="module", params=[f"{kind}-{database}" for kind in KINDS for database in ("sqlite", "postgresql")]
)
def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A running shop, shared by the tests: each of them makes orders of its own."""
    kind, database = request.param.split("-")
    _need_modules(kind)
    folder = tmp_path_factory.mktemp(request.param)
    if database == "sqlite":
        with running_shop(kind, SqliteDatabase(folder / "shop.sqlite3"), folder) as running:
            yield running
    else:
        server_url = request.getfixturevalue("postgresql_server")
        with postgresql.new_database(server_url) as empty, running_shop(kind, empty, folder) as running:
            yield running


def _need_modules(kind: str) -> None:
    missing = [name for name in KINDS[kind].modules if importlib.util.find_spec(name) is None]
    if missing:
        requirements = f"python/examples/{kind}_site/requirements.txt"
        pytest.fail(f"{', '.join(missing)} must be installed: pip install -r {requirements}", pytrace=False)
