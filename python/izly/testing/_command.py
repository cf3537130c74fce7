"""Where the `izly` command is."""

from __future__ import annotations

import os
import shutil
import sysconfig
from pathlib import Path

__all__ = ["CommandNotFoundError", "find_command"]


class CommandNotFoundError(FileNotFoundError):
    """The `izly` command, which runs the sandbox, is not there."""


def find_command(given: str | os.PathLike[str] | None = None) -> str:
    """The path of the command: the one given, `IZLY_COMMAND`, this environment's, or the first on the `PATH`.

    One that is named and is not there is an error: another must not quietly take its place.
    """
    named = given or os.environ.get("IZLY_COMMAND")
    if named:
        return _named(os.fspath(named))
    found = shutil.which("izly", path=sysconfig.get_path("scripts")) or shutil.which("izly")
    if found is None:
        raise CommandNotFoundError(
            "the `izly` command, which runs the sandbox, was not found: run `pip install izly-cli`, or set IZLY_COMMAND"
        )
    return found


def _named(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        reason = "is not executable" if Path(name).exists() else "does not exist"
        raise CommandNotFoundError(f"the `izly` command that was named, {name}, {reason}")
    return found
