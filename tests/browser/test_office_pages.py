"""What holds for every page of the back office, at whatever stage: words, validity, accessibility, layout, keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from harness import accessibility
from harness.office import OFFICE_SCENES, Office, OfficeScene, size_of
from playwright.sync_api import expect

if TYPE_CHECKING:
    from harness.check import Checker
    from harness.partner import PartnerSite
    from harness.scenes import Stage
    from harness.watch import Watch
    from playwright.sync_api import Page


def _on(scenes: list[OfficeScene]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("scene", scenes, ids=[scene.name for scene in scenes])


# Some of these pages are long lists: their beginning shows what they are like.
_HIGHEST = 1_650

# What the tabulator should stop at: of the buttons of a radio group, one.
_REACHABLE = """() => {
    const seen = [...document.querySelectorAll('a[href], button, input, select, summary')]
        .filter((element) => element.type !== 'hidden' && element.checkVisibility());
    const groups = new Map();
    for (const element of seen) groups.set(element.type === 'radio' ? `radio ${element.name}` : element, element);
    return groups.size;
}"""

_FOCUSED = """() => {
    const element = document.activeElement;
    if (element === document.body) return null;
    const style = getComputedStyle(element);
    window.stops = (window.stops ?? new Set()).add(element.type === 'radio' ? `radio ${element.name}` : element);
    const is_marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    const box = element.getBoundingClientRect();
    const shown = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    return [element.outerHTML.slice(0, 120), is_marked && shown];
}"""


@_on(list(OFFICE_SCENES))
def test_every_page(
    scene: OfficeScene, stage: Stage, page: Page, site: PartnerSite, watch: Watch, check_page: Checker
) -> None:
    """Its words, and everything that can be opened open, by day and by night."""
    office = _play(scene, stage, page, watch)
    expect(page).to_have_title(f"{scene.title} \N{EN DASH} Back-office Izly (sandbox)")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.get_by_role("banner")).to_contain_text("SANDBOX")
    expect(page.get_by_role("main")).to_have_count(1)
    current = page.locator("nav a[aria-current=page]")
    expect(current).to_have_count(1)
    expect(current).to_contain_text(scene.place)
    if scene.picture:
        office.same_addresses(site)
        check_page.pictures.take(page, scene.picture, highest=_HIGHEST)
    office.open_details()
    check_page(page)
    if not scene.is_plain:
        return
    page.emulate_media(color_scheme="dark")
    closed = accessibility.problems(page)
    assert not closed, "\n".join(["axe, by night:", *closed])


@_on([scene for scene in OFFICE_SCENES if scene.picture])
def test_without_a_mouse(scene: OfficeScene, stage: Stage, page: Page, watch: Watch) -> None:
    """The tabulator comes to everything that can be pressed or filled in, and it is seen where it is."""
    office = _play(scene, stage, page, watch)
    office.open_details()
    page.evaluate("window.stops = new Set(); document.activeElement.blur(); scrollTo(0, 0)")
    page.locator("h1").click()
    page.keyboard.press("Control+Home")
    count = page.evaluate(_REACHABLE)
    for _ in range(count + 2):
        page.keyboard.press("Tab")
        stop = page.evaluate(_FOCUSED)
        if stop is not None:
            assert stop[1], f"nothing shows that {stop[0]} has the focus"
    assert page.evaluate("stops.size") == count

@_on([scene for scene in OFFICE_SCENES if scene.is_plain])
@pytest.mark.context(java_script_enabled=False)
def test_without_javascript(scene: OfficeScene, stage: Stage, page: Page, watch: Watch) -> None:
    """The way to it and all that it hides are forms, links and details; what needs the script does not show."""
    office = _play(scene, stage, page, watch)
    office.open_details()
    expect(page.locator("#pause:visible")).to_have_count(0)
    expect(page.locator("[data-copier] + button")).to_have_count(0)


@pytest.mark.parametrize("path", ["rien", "paiements/1", "paiements/x", "?partenaire=inconnu"])
def test_nowhere(path: str, stage: Stage, page: Page, watch: Watch, check_page: Checker) -> None:
    """A page that says so."""
    watch.expect_status(404)
    page.goto(f"{stage.sandbox.base_url}/_sandbox{'' if path.startswith('?') else '/'}{path}")
    stage.student.sees("Page introuvable")
    check_page(page)


def _play(scene: OfficeScene, stage: Stage, page: Page, watch: Watch) -> Office:
    office = Office(page, stage.sandbox)
    page.set_viewport_size(size_of(scene))
    if scene.status != 200:
        watch.expect_status(scene.status)
    scene.play(office, stage)
    stage.student.sees(scene.heading or scene.place)
    assert watch.document(page).status == scene.status
    return office
