"""A PostgreSQL server for the tests: the one that is named, or a temporary one of this machine's programs."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from .databases import PostgresqlDatabase

NAMED = "DATABASE_URL_TEST"
REQUIRED = "IZLY_TEST_REQUIRE_POSTGRESQL"

MISSING = f"""PostgreSQL was not tested. Either install its server (on Debian: apt install postgresql), whose initdb and
postgres then run a temporary cluster, or set {NAMED}=postgresql://user:password@host/database to a server where that
user may create databases."""


@contextmanager
def server() -> Iterator[str]:
    """The URL of a database on a server where others may be created."""
    if named := os.environ.get(NAMED):
        yield named
    elif programs := _programs():
        with _temporary_cluster(programs) as url:
            yield url
    elif os.environ.get(REQUIRED) == "1":
        pytest.fail(MISSING, pytrace=False)
    else:
        pytest.skip(MISSING)


@contextmanager
def new_database(server_url: str) -> Iterator[PostgresqlDatabase]:
    """An empty database, dropped at the end."""
    name = f"izly_sites_{secrets.token_hex(6)}"
    maintenance = PostgresqlDatabase(server_url)
    maintenance.query(f"CREATE DATABASE {name}")
    try:
        yield PostgresqlDatabase(urlsplit(server_url)._replace(path=f"/{name}").geturl())
    finally:
        maintenance.query(f"DROP DATABASE {name} WITH (FORCE)")


def _programs() -> Path | None:
    """The folder of `initdb` and `postgres`; Debian keeps it out of the PATH."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += map(Path, sorted(glob("/usr/lib/postgresql/*/bin"), reverse=True))
    return next((folder for folder in folders if (folder / "postgres").exists()), None)


@contextmanager
def _temporary_cluster(programs: Path) -> Iterator[str]:
    """A cluster that only this machine's users reach, through a socket in its own folder."""
    user = _owner()
    folder = Path(tempfile.mkdtemp(prefix="izly-postgresql-"))
    try:
        if user is not None:
            shutil.chown(folder, user)
        data, sockets = folder / "data", str(folder)
        _run([programs / "initdb", "-D", data, "-U", "izly", "-A", "trust", "-E", "UTF8", "--no-sync"], user)
        settings = f"-k {sockets} -c listen_addresses='' -c fsync=off"
        control: list[str | Path] = [programs / "pg_ctl", "-D", data, "-w"]
        _run([*control, "-l", folder / "log", "-o", settings, "start"], user)
        try:
            yield f"postgresql://izly@{quote(sockets, safe='')}/postgres"
        finally:
            _run([*control, "-m", "immediate", "stop"], user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> str | None:
    """Who runs the server when the tests run as root, which it refuses to: somebody without rights."""
    if os.geteuid() != 0:
        return None
    import pwd

    return next((name for name in ("postgres", "nobody") if name in {entry.pw_name for entry in pwd.getpwall()}), None)


def _run(command: list[str | Path], user: str | None) -> None:
    """Runs a program, as this user; what it says is told when it fails."""
    done = subprocess.run(
        command, user=user, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=60, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"{Path(command[0]).name} failed: {done.stderr.decode(errors='replace')}")
