"""Fixtures and figures for all tests."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest
from support.canned import Canned
from support.partner import new_client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import izly

_FIGURES = pytest.StashKey[list[str]]()


def pytest_configure() -> None:
    """Hears Ctrl-C again: a shell has what it starts in the background ignore it, and the programs of the tests inherit that."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def server() -> Iterator[Canned]:
    """A server that says what it is told to."""
    with Canned() as canned:
        yield canned


@pytest.fixture
def client(server: Canned) -> Iterator[izly.Client]:
    """A client of that server's."""
    with new_client(server.url) as made:
        yield made


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Tells what was measured, at the end of the run: figures are for people, and depend on the machine."""
    figures = request.config.stash.setdefault(_FIGURES, [])
    return figures.append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Prints the figures."""
    figures = config.stash.get(_FIGURES, list[str]())
    if figures:
        terminalreporter.section("figures")
        for line in figures:
            terminalreporter.line(line)
