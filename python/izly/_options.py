"""The options of a client, for type checkers: nothing imports this module while a program runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

if TYPE_CHECKING:
    import os

    from izly import Environment, Wire

__all__ = ["AsyncOptions", "Changes", "Options"]


class Options(TypedDict, total=False):
    """The keywords of `Client` and of `Client.from_env`."""

    app_identifier: str | None
    deadline: float
    connect_timeout: float
    max_body_bytes: int
    reuse_connections: bool
    roots: Literal["bundled", "system"]
    ca_file: str | os.PathLike[str] | None
    proxy: str | None
    application: str | None
    wire: Wire | None


class Changes(Options, total=False):
    """The keywords of `Client.with_options`."""

    environment: str | Environment


class AsyncOptions(Options, total=False):
    """The keywords of `AsyncClient`."""

    max_workers: int
