"""The three sites, and a server process of one of them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

GUNICORN = "-m gunicorn --workers 2 --threads 4 --bind 127.0.0.1:{port}"


@dataclass(frozen=True)
class Kind:
    """How a site is prepared, served and reconciled: arguments for Python, as in its README."""

    prepare: str
    serve: str
    reconcile: str
    modules: tuple[str, ...]


KINDS = {
    "django": Kind(
        prepare="django_site/manage.py migrate",
        serve=f"{GUNICORN} django_site.wsgi",
        reconcile="django_site/manage.py reconcile",
        modules=("django", "dj_database_url", "gunicorn", "psycopg"),
    ),
    "flask": Kind(
        prepare="-m flask --app flask_site init-db",
        # Preloaded: the client is made before the workers are forked.
        serve=f"{GUNICORN} --preload flask_site:create_app()",
        reconcile="-m flask --app flask_site reconcile",
        modules=("flask", "gunicorn", "psycopg"),
    ),
    "fastapi": Kind(
        prepare="-m fastapi_site init-db",
        serve="-m uvicorn --no-access-log --port {port} fastapi_site.app:app",
        reconcile="-m fastapi_site reconcile",
        modules=("fastapi", "itsdangerous", "jinja2", "psycopg", "uvicorn"),
    ),
}


class Site:
    """A site with its server process, on a port of its own."""

    def __init__(self, kind: Kind, port: int, environment: Mapping[str, str], log: Path) -> None:
        self._kind = kind
        self._port = port
        # The variables of the machine, without those that would configure a site or a proxy.
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        self._environment = {**inherited, "PYTHONDONTWRITEBYTECODE": "1", **environment}
        self._log = log
        self.url = url_of(port)
        self._process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Makes the tables."""
        self._command(self._kind.prepare)

    def reconcile(self) -> None:
        """Asks Izly about every open order, as a timer would."""
        self._command(self._kind.reconcile)

    def start(self) -> None:
        """Starts the server, and waits until it shows its home page."""
        line = [sys.executable, *self._kind.serve.format(port=self._port).split()]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                line, cwd=EXAMPLES, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + 60
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"the site did not start:\n{self.log()[-4000:]}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Ends the server, and its workers with it."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    @contextmanager
    def down(self) -> Iterator[None]:
        """The time of an outage."""
        self.stop()
        yield
        self.start()

    def log(self) -> str:
        """All that the site has written so far."""
        return self._log.read_text(errors="replace")

    def _is_ready(self) -> bool:
        try:
            return httpx.get(self.url, trust_env=False, timeout=30).status_code == 200
        except httpx.TransportError:
            return False

    def _command(self, arguments: str) -> None:
        line = [sys.executable, *arguments.split()]
        with self._log.open("ab") as log:
            done = subprocess.run(
                line, cwd=EXAMPLES, env=self._environment, stdout=log, stderr=log, timeout=60, check=False
            )
        if done.returncode != 0:
            raise RuntimeError(f"`{arguments}` failed:\n{self.log()[-4000:]}")


def free_port() -> int:
    """A port that nobody listens on. It must be known before the sandbox starts, and the site starts after that."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def url_of(port: int) -> str:
    """The address of the site on this port."""
    return f"http://127.0.0.1:{port}"
