"""A page without a mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

_FOCUSED = """() => {
    const element = document.activeElement;
    const name = element.labels?.[0] ?? element;
    const style = getComputedStyle(element);
    const is_marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return [name.textContent.trim(), is_marked];
}"""


def stops(page: Page, count: int) -> list[str]:
    """Where the tabulator stops, in order. Each stop can be seen."""
    names: list[str] = []
    # The mark is a matter of style, which comes after the text.
    page.wait_for_load_state()
    for _ in range(count):
        page.keyboard.press("Tab")
        name, is_marked = page.evaluate(_FOCUSED)
        assert is_marked, f"nothing shows that {name!r} has the focus"
        names.append(name)
    return names


def walk_to(page: Page, name: str, most: int = 20) -> None:
    """Presses the tabulator until it stops at what bears this name."""
    for _ in range(most):
        if stops(page, 1) == [name]:
            return
    raise AssertionError(f"no stop is named {name!r}")
