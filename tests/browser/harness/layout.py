"""Whether everything has its place on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

DESKTOP: ViewportSize = {"width": 1000, "height": 700}
PHONE: ViewportSize = {"width": 390, "height": 760}

# Widths in CSS pixels: a desktop, the same at 200 %, a phone, and what WCAG 1.4.10 asks for (1280 px at 400 %).
WIDTHS = (1000, 500, 390, 320)

_SPILLED = """() => {
    const root = document.documentElement;
    const page = root.scrollWidth > root.clientWidth ? [`the page: ${root.scrollWidth} of ${root.clientWidth}`] : [];
    const outside = [...document.body.querySelectorAll('*')].filter((element) => {
        const box = element.getBoundingClientRect();
        return box.width > 0 && (box.left < -0.5 || box.right > root.clientWidth + 0.5);
    });
    return [...page, ...outside.map((element) => element.outerHTML.slice(0, 120))];
}"""


def problems(page: Page) -> list[str]:
    """What goes over the edge at any width, with ordinary letters and with letters twice as large."""
    before = page.viewport_size
    found: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"at {width} px: {spilled}" for spilled in page.evaluate(_SPILLED)]
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.set_viewport_size({"width": 640, "height": 800})
    found += [f"at 640 px with letters of 200 %: {spilled}" for spilled in page.evaluate(_SPILLED)]
    page.evaluate("document.documentElement.removeAttribute('style')")
    if before is not None:
        page.set_viewport_size(before)
    return found
