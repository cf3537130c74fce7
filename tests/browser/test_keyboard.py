"""Everything without a mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from harness.keyboard import stops
from harness.scenes import CANCELLED, PAID, PAY, SCENES
from harness.student import CANCEL, FORGOTTEN, LOG_IN, VALIDATE
from playwright.sync_api import expect

if TYPE_CHECKING:
    from harness.partner import PartnerSite
    from harness.scenes import Stage
    from harness.student import Student
    from playwright.sync_api import Page


@pytest.mark.parametrize(("scene", "submit"), [("login", LOG_IN), ("payment", VALIDATE)])
def test_order_of_the_forms(scene: str, submit: str, stage: Stage, page: Page) -> None:
    """As people read, from the top to the last button."""
    next(one for one in SCENES if one.name == scene).play(stage)
    expected = ["Comptes de test", "Identifiant", "Mot de passe", FORGOTTEN, CANCEL, submit]
    assert stops(page, len(expected)) == expected


@pytest.mark.parametrize("scene", ["paid", "cancelled", "forgotten-password"])
def test_the_way_back_comes_first(scene: str, stage: Stage, page: Page, site: PartnerSite, student: Student) -> None:
    """Where there is nothing else to do."""
    next(one for one in SCENES if one.name == scene).play(stage)
    expect(page.get_by_role("main").get_by_role("link")).to_have_count(1)
    page.locator("h1").click()
    assert stops(page, 1)[0].startswith("Revenir sur le site")
    page.keyboard.press("Enter")
    student.sees("Boutique")
    assert len(site.visits) == 1


@pytest.mark.parametrize("field", ["identifier", "password"])
def test_enter_means_validate(field: str, stage: Stage, student: Student, page: Page) -> None:
    """Not *Annuler*, although that button comes first."""
    page.goto(stage.new_payment().url)
    student.type(stage.sandbox.account("riche"))
    getattr(student, field).press("Enter")
    student.sees(PAID)


def test_enter_means_log_in(stage: Stage, student: Student, page: Page, site: PartnerSite) -> None:
    """On the login page too."""
    page.goto(stage.sandbox.login_url)
    student.type(stage.sandbox.account("riche"))
    student.password.press("Enter")
    student.sees("Boutique")
    assert "code" in site.last_visit()[1]


def test_a_payment_without_a_mouse(stage: Stage, student: Student, page: Page) -> None:
    """From the address bar to the paid page."""
    account = stage.sandbox.account("riche")
    page.goto(stage.new_payment().url)
    stops(page, 2)
    page.keyboard.type(account.phone)
    page.keyboard.press("Tab")
    page.keyboard.type(account.password)
    stops(page, 3)
    page.keyboard.press("Space")
    student.sees(PAID)


def test_cancelling_without_a_mouse(stage: Stage, student: Student, page: Page) -> None:
    """Enter on *Annuler* is *Annuler*, whatever stands in the fields."""
    page.goto(stage.new_payment().url)
    student.type(stage.sandbox.account("riche"))
    student.button(CANCEL).press("Enter")
    student.sees(CANCELLED)


def test_enter_in_an_empty_form_does_nothing(stage: Stage, student: Student, page: Page) -> None:
    """Least of all cancel."""
    payment = stage.new_payment()
    page.goto(payment.url)
    student.identifier.press("Enter")
    student.sees(PAY)
    assert stage.sandbox.status(payment) == "Waiting"
