"""Programs of their own: for what a test must not do to the process it runs in."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

TESTS = Path(__file__).parent.parent


def start(source: str, *arguments: str, options: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    """Starts a Python program whose standard input and output are at hand; it finds `support` too."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("IZLY_")}
    return subprocess.Popen(
        [sys.executable, *options, "-c", textwrap.dedent(source), *arguments],
        cwd=TESTS,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(source: str, *arguments: str, options: tuple[str, ...] = (), timeout: float = 50) -> str:
    """Runs a program to its end, which must be a good one, and gives what it printed."""
    with start(source, *arguments, options=options) as process:
        try:
            printed, complaints = process.communicate(timeout=timeout)
        finally:
            process.kill()
    assert process.returncode == 0, f"it ended with {process.returncode}:\n{printed}\n{complaints}"
    return printed
