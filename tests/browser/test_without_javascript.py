"""The pages hold no script, so that they must work where none may run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from harness.scenes import PAID, SCENES, WRONG, WRONG_PASSWORD, Scene
from harness.student import LOG_IN, VALIDATE

if TYPE_CHECKING:
    from harness.partner import PartnerSite
    from harness.scenes import Stage
    from harness.student import Student
    from harness.watch import Watch
    from playwright.sync_api import Page

pytestmark = pytest.mark.context(java_script_enabled=False)


@pytest.mark.parametrize("scene", SCENES, ids=[scene.name for scene in SCENES])
def test_every_page(scene: Scene, stage: Stage, page: Page, watch: Watch) -> None:
    """The way to it, and what it says."""
    if scene.status != 200:
        watch.expect_status(scene.status)
    scene.play(stage)
    stage.student.sees(scene.heading)
    assert b"<script" not in watch.document(page).body()


def test_a_payment(stage: Stage, student: Student) -> None:
    """Wrong, then right."""
    stage.pay("riche", WRONG_PASSWORD)
    student.is_refused(WRONG)
    student.password.fill(stage.sandbox.account("riche").password)
    student.button(VALIDATE).click()
    student.sees(PAID)


def test_a_login(stage: Stage, student: Student, site: PartnerSite) -> None:
    """Wrong, then right."""
    student.log_in(stage.sandbox.login_url, stage.sandbox.account("riche"), WRONG_PASSWORD)
    student.is_refused(WRONG)
    student.password.fill(stage.sandbox.account("riche").password)
    student.button(LOG_IN).click()
    student.sees("Boutique")
    assert "code" in site.last_visit()[1]
