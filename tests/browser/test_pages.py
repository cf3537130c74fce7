"""What holds for every page: validity, accessibility, layout, and the words that frame it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from harness.layout import PHONE
from harness.office import OFFICE_PICTURES
from harness.pictures import DOCS
from harness.scenes import CANCELLED, FORGOTTEN_PASSWORD, SCENES, Scene, Stage
from harness.shop_scenes import SHOP_PICTURES
from harness.student import CANCEL, FORGOTTEN, Student
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from harness.check import Checker
    from harness.sandbox import Sandbox
    from harness.watch import Watch
    from playwright.sync_api import Page


def _on(scenes: list[Scene]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("scene", scenes, ids=[scene.name for scene in scenes])


@_on(list(SCENES))
def test_every_page(scene: Scene, stage: Stage, page: Page, watch: Watch, check_page: Checker) -> None:
    """It is what it says, and nobody is kept out."""
    if scene.status != 200:
        watch.expect_status(scene.status)
    scene.play(stage)
    expect(page).to_have_title(f"{scene.title} \N{EN DASH} Izly (sandbox)")
    stage.student.sees(scene.heading)
    assert watch.document(page).status == scene.status
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.get_by_role("banner")).to_contain_text("SANDBOX")
    expect(page.get_by_role("main")).to_have_count(1)
    check_page(page, scene.name)


@_on([scene for scene in SCENES if scene.on_phone])
@pytest.mark.context(viewport=PHONE)
def test_on_a_phone(scene: Scene, stage: Stage, page: Page, check_page: Checker) -> None:
    """The same on a narrow screen, where the columns stand below each other."""
    scene.play(stage)
    stage.student.sees(scene.heading)
    check_page(page, f"{scene.name}-phone")


def test_the_docs_show_these_pages_and_no_others() -> None:
    """A page that is gone leaves no picture behind."""
    names = [scene.name for scene in SCENES] + [f"{scene.name}-phone" for scene in SCENES if scene.on_phone]
    names += OFFICE_PICTURES
    names += SHOP_PICTURES
    assert sorted(path.name for path in DOCS.iterdir()) == sorted(f"{name}.png" for name in names)


@_on([scene for scene in SCENES if scene.name in {"login", "payment"}])
def test_the_test_accounts_are_shown(scene: Scene, stage: Stage, page: Page) -> None:
    """Each with what it is for; the banner leads to them."""
    scene.play(stage)
    accounts = page.get_by_role("complementary", name="Comptes de test de la sandbox")
    for name in ("riche", "solde-insuffisant", "impayes", "bloque", "boursier"):
        account = stage.sandbox.account(name)
        row = accounts.get_by_role("listitem").filter(has_text=account.login)
        for text in (account.phone, account.password, f"{account.balance_cents // 100},"):
            expect(row).to_contain_text(text)
    page.set_viewport_size(PHONE)
    page.get_by_role("banner").get_by_role("link", name="Comptes de test").click()
    expect(accounts).to_be_in_viewport()


@pytest.mark.parametrize("word", ["Kfé" * 80, "Kfé " * 60], ids=["one word", "words"])
def test_long_texts_break(
    word: str, start_sandbox: Callable[..., Sandbox], tmp_path: Path, check_page: Checker, page: Page
) -> None:
    """A long name, a long message and a large amount stay on the card."""
    registration = tmp_path / "partner.json"
    registration.write_text(json.dumps({"site_name": word}))
    sandbox = start_sandbox("--partner", str(registration))
    check_page.watch.allow(sandbox.base_url)
    payment = sandbox.create_payment(99_999_999, Message=word)
    student = Student(page)
    student.page.goto(payment.url)
    check_page(page)
    student.link(FORGOTTEN).click()
    student.sees(FORGOTTEN_PASSWORD)
    check_page(page)
    student.goes_back()
    student.button(CANCEL).click()
    student.sees(CANCELLED)
    check_page(page)
