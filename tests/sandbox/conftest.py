"""A sandbox for each test: what one does to it, no other sees."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Protocol

import pytest

from support.process import SandboxProcess
from support.site import Site
from support.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator


class Start(Protocol):
    """Starts one more sandbox, which ends with the test."""

    def __call__(self, *arguments: str) -> World:
        """With these arguments."""


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts sandboxes with arguments of the test's own, each with a site of its own."""
    with ExitStack() as stack:

        def begin(*arguments: str) -> World:
            site = stack.enter_context(Site())
            registration = (
                *("--callback-url", site.url),
                *("--login-redirect-url", f"{site.base_url}/izly/login"),
                *("--payment-redirect-url", f"{site.base_url}/izly/paid"),
                *("--home-url", f"{site.base_url}/"),
            )
            return World.of(stack.enter_context(SandboxProcess(*registration, *arguments)), site)

        yield begin


@pytest.fixture
def world(start: Start) -> World:
    """A sandbox as it comes, with a fixed seed."""
    return start("--seed", "7")
