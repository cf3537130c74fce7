"""Fixtures: a sandbox, a partner's site, a browser that is watched.

Every test has a sandbox of its own, so that balances, blocked accounts and ids are what the test made of them.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from harness.check import Checker
from harness.layout import DESKTOP
from harness.partner import PartnerSite
from harness.pictures import DOCS, Pictures
from harness.sandbox import Sandbox
from harness.scenes import Stage
from harness.student import Student
from harness.validity import Validator
from harness.watch import Watch
from playwright.sync_api import expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

# An order's page asks every second or three, and a busy machine may be ten times slower than another.
_PATIENCE_MS = 30_000
expect.set_options(timeout=_PATIENCE_MS)

# The engine alone, which is all that a page sees and takes half the time; it keeps no page that is left.
_SHELL = "/usr/bin/chromium-headless-shell"
_CHROMIUM = "/usr/bin/chromium"
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Letters must look the same whatever screen the machine has.
    "--font-render-hinting=none",
    "--disable-lcd-text",
    # Whatever a page might ask for elsewhere, nothing leaves the machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """The one option: `cargo xtask screenshots` gives it."""
    parser.addoption("--screenshots", action="store_true", help="write the pictures to docs/screenshots")


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[[str], Browser]]:
    """Starts the browser at a path, or hands out the one that was started there."""
    launched: dict[str, Browser] = {}
    with sync_playwright() as playwright:

        def start(path: str) -> Browser:
            if path not in launched:
                # Playwright turns off the cache that gives a page back as it was left; people have it, and they press Back.
                launched[path] = playwright.chromium.launch(
                    executable_path=path, args=_ARGUMENTS, ignore_default_args=["--disable-back-forward-cache"]
                )
            return launched[path]

        yield start
        for browser in launched.values():
            browser.close()


@pytest.fixture
def browser(request: pytest.FixtureRequest, launch: Callable[[str], Browser]) -> Browser:
    """Chromium, as Debian brings it: whole for a test that is marked so, otherwise what of it draws pages."""
    path = _CHROMIUM if request.node.get_closest_marker("keeps_pages") else _SHELL
    return launch(os.environ.get("IZLY_TEST_CHROMIUM", path))


@pytest.fixture(scope="session")
def validator() -> Iterator[Validator]:
    """The Nu Html Checker."""
    with Validator() as started:
        yield started


@pytest.fixture(scope="session")
def pictures(pytestconfig: pytest.Config) -> Pictures:
    """Where the screenshots of this run go."""
    return Pictures(DOCS if pytestconfig.getoption("screenshots") else None)


@pytest.fixture(scope="session")
def command() -> str:
    """The `izly` command that is tested: it is named, never looked for, so that no other can take its place."""
    named = os.environ.get("IZLY_COMMAND", "")
    if not Path(named).is_file():
        pytest.fail(f"IZLY_COMMAND must be the path of the izly command, and is {named!r}: cargo xtask test browser")
    return named


@pytest.fixture
def site() -> Iterator[PartnerSite]:
    """A partner's site."""
    with PartnerSite() as started:
        yield started


@pytest.fixture
def start_sandbox(command: str, site: PartnerSite) -> Iterator[Callable[..., Sandbox]]:
    """Starts a sandbox for that site, with further arguments of the command."""
    started: list[Sandbox] = []

    def start(*arguments: str) -> Sandbox:
        started.append(Sandbox(command, site, *arguments))
        return started[-1]

    yield start
    for sandbox in started:
        sandbox.close()


@pytest.fixture
def sandbox(start_sandbox: Callable[..., Sandbox]) -> Sandbox:
    """A sandbox for that site."""
    return start_sandbox()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser contexts: what belongs to one person on one machine."""
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:  # noqa: ANN401
        made.append(browser.new_context(**{"viewport": DESKTOP, "locale": "fr-FR"} | options))
        made[-1].set_default_timeout(_PATIENCE_MS)
        return made[-1]

    yield make
    for context in made:
        context.close()


@pytest.fixture
def context(request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]) -> BrowserContext:
    """One context, with the options that the test is marked with."""
    marker = request.node.get_closest_marker("context")
    return new_context(**(marker.kwargs if marker else {}))


@pytest.fixture
def watch(context: BrowserContext, sandbox: Sandbox, site: PartnerSite) -> Iterator[Watch]:
    """Sees to it that the pages of that context do nothing that no page may do."""
    watching = Watch(context, {sandbox.base_url, site.url})
    yield watching
    watching.check()


@pytest.fixture
def page(context: BrowserContext, watch: Watch) -> Page:  # noqa: ARG001
    """A page of that context, watched."""
    return context.new_page()


@pytest.fixture
def student(page: Page) -> Student:
    """A student in front of that page."""
    return Student(page)


@pytest.fixture
def stage(sandbox: Sandbox, student: Student) -> Stage:
    """What scenes play on."""
    return Stage(sandbox, student)


@pytest.fixture
def check_page(validator: Validator, pictures: Pictures, watch: Watch) -> Checker:
    """Checks what holds for every page, and takes its picture."""
    return Checker(validator, pictures, watch)
