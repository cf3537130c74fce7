"""Screenshots: taken when asked; a run that is not asked sees to it that the docs have them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Page

DOCS = Path(__file__).parents[3] / "docs" / "screenshots"
# They are in the repository for ever.
LARGEST = 110 * 1024
_COLOURS = 128
_LOW = 200


class Pictures:
    """Where screenshots go."""

    def __init__(self, folder: Path | None) -> None:
        """They are written to this folder, which is the docs' own for `cargo xtask screenshots`; without one, none is taken."""
        self._folder = folder

    def take(self, page: Page, name: str, highest: int | None = None) -> None:
        """The page, or its beginning: whole, unless it is higher than that many pixels. The docs must have it, whether it is taken or not."""
        if self._folder is not None:
            _drawn(page, highest).save(self._folder / f"{name}.png", optimize=True)
        committed = DOCS / f"{name}.png"
        assert committed.is_file(), f"{committed.name} is not among the docs: run `cargo xtask screenshots`"
        size = committed.stat().st_size
        assert size <= LARGEST, f"{committed.name} has {size} bytes, at most {LARGEST}"


def _drawn(page: Page, highest: int | None) -> Image.Image:
    before = page.viewport_size or {"width": 1000, "height": _LOW}
    # Lower than any page: the picture ends where the page does.
    page.set_viewport_size({"width": before["width"], "height": _LOW})
    taken = Image.open(io.BytesIO(page.screenshot(full_page=True, animations="disabled"))).convert("RGB")
    page.set_viewport_size(before)
    if highest is not None and taken.height > highest:
        taken = taken.crop((0, 0, taken.width, highest))
    # A page has few colours, and shades between them at the edges of letters: a palette holds them in a third.
    # Coverage keeps the rare ones, as a small green dot; the second pass puts the frequent ones right, as the paper.
    return taken.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
