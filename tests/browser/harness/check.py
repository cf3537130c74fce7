"""Everything that holds for every page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness import accessibility, layout

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from harness.pictures import Pictures
    from harness.validity import Validator
    from harness.watch import Watch


@dataclass(frozen=True)
class Checker:
    """Checks pages of one browser context."""

    validator: Validator
    pictures: Pictures
    watch: Watch

    def __call__(self, page: Page, picture: str | None = None) -> None:
        """The page is valid, open to everybody and fits on any screen; its picture is taken under this name."""
        # As it came: the browser mends what it is given, and what it shows of it is always well-formed.
        invalid = self.validator.problems(self.watch.document(page).body())
        assert not invalid, "\n".join(["the Nu Html Checker:", *invalid])
        closed = accessibility.problems(page)
        assert not closed, "\n".join(["axe:", *closed])
        spilled = layout.problems(page)
        assert not spilled, "\n".join(["over the edge:", *spilled])
        if picture is not None:
            self.pictures.take(page, picture)
