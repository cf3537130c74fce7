"""The process of a sandbox: `izly sandbox`, from its start to its end."""

from __future__ import annotations

import contextlib
import json
import subprocess
import tempfile
import threading
from typing import TYPE_CHECKING

from izly.testing._errors import SandboxError

if TYPE_CHECKING:
    from typing import IO, Any

__all__ = ["start", "stop"]

_START_TIMEOUT = 30.0
_STOP_TIMEOUT = 5.0


def start(line: list[str]) -> tuple[subprocess.Popen[bytes], Any]:
    """A running command and its ready line.

    Its standard input is a pipe that nothing is written to: when this process ends, however it does, so does the pipe.
    """
    # A file takes whatever is said about callbacks; a pipe that nobody reads would fill up and stop the sandbox.
    with tempfile.TemporaryFile() as notes:
        process = subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=notes)
        try:
            return process, json.loads(_first_line(process))
        except BaseException as error:
            stop(process)
            if not isinstance(error, ValueError):
                raise
            raise SandboxError(f"the sandbox did not start: {_said(notes)}") from None


def _first_line(process: subprocess.Popen[bytes]) -> bytes:
    assert process.stdout is not None
    impatience = threading.Timer(_START_TIMEOUT, process.kill)
    impatience.start()
    try:
        return process.stdout.readline()
    finally:
        impatience.cancel()
        # A timer that was cancelled ends a moment later: nobody should find its thread.
        impatience.join()


def _said(notes: IO[bytes]) -> str:
    notes.seek(0)
    return notes.read().decode("utf-8", "replace").strip() or "it said nothing"


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ends a sandbox. In a forked child it does not: `Popen` signals none but its own process's children."""
    process.terminate()
    try:
        process.wait(_STOP_TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
