"""`izly sandbox` as a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import TracebackType

_ROOT = Path(__file__).resolve().parents[3]
_START = 20.0


def command() -> str:
    """The command under test: `IZLY_TEST_COMMAND`, or what cargo has built here."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", _ROOT / "target"))
    return os.environ.get("IZLY_TEST_COMMAND", str(target / "debug" / "izly"))


class SandboxProcess:
    """A running sandbox, told nothing by the machine it runs on. Its port is free at the time, unless one is named."""

    def __init__(self, *arguments: str) -> None:
        """Starts it and waits for its ready line."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("IZLY_")}
        # A pipe that nobody reads would fill up and stop the sandbox.
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the process)
        self._process = subprocess.Popen(
            [command(), "sandbox", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env=environment,
        )
        impatience = threading.Timer(_START, self._process.kill)
        impatience.start()
        try:
            assert self._process.stdout is not None
            line = self._process.stdout.readline()
        finally:
            impatience.cancel()
        if not line:
            self.kill()
            raise AssertionError(f"izly sandbox {' '.join(arguments)} did not start: {self.said()}")
        self.ready: Any = json.loads(line)
        self.url: str = self.ready["base_url"]

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.url.rpartition(":")[2])

    def said(self) -> str:
        """What it has said on standard error so far."""
        self._said.seek(0)
        return self._said.read().decode(errors="replace")

    def kill(self) -> None:
        """Ends it as a power cut would. May be called twice."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ends it as a terminal would. May be called twice."""
        self._end(signal.SIGTERM)

    def _end(self, by: signal.Signals) -> None:
        self._process.send_signal(by)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def __enter__(self) -> SandboxProcess:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Ends it."""
        self.stop()
        self._said.close()
