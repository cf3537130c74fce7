"""The login page: where the browser goes, and with what."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from harness import partner
from harness.scenes import BLOCKED, FORGOTTEN_PASSWORD, LOGIN, NOW_BLOCKED, WRONG, WRONG_PASSWORD
from harness.student import CANCEL, FORGOTTEN, LOG_IN
from playwright.sync_api import expect

if TYPE_CHECKING:
    from harness.partner import PartnerSite
    from harness.sandbox import Sandbox
    from harness.student import Student
    from playwright.sync_api import Page

STATE = "a+b/c=d é&"


@pytest.mark.parametrize("account", ["riche", "impayes"])
def test_logged_in(account: str, sandbox: Sandbox, site: PartnerSite, student: Student) -> None:
    """The browser brings back a code that gives tokens, and the state as it was. Debts are no obstacle here."""
    student.log_in(f"{sandbox.login_url}&state={quote(STATE, safe='')}", sandbox.account(account))
    student.sees("Boutique")
    path, query = site.last_visit()
    assert (path, query["state"]) == (partner.LOGGED_IN, STATE)
    assert sandbox.exchange(query["code"])["token_type"] == "Bearer"


def test_cancelled(sandbox: Sandbox, site: PartnerSite, student: Student, page: Page) -> None:
    """Home, without a code."""
    page.goto(sandbox.login_url)
    student.button(CANCEL).click()
    student.sees("Boutique")
    assert site.last_visit() == (partner.HOME, {})


def test_wrong_password_then_right(sandbox: Sandbox, site: PartnerSite, student: Student) -> None:
    """The identifier and the state survive the mistake."""
    student.log_in(f"{sandbox.login_url}&state=abc", sandbox.account("riche"), WRONG_PASSWORD)
    student.is_refused(WRONG)
    expect(student.identifier).to_have_value("riche@example.fr")
    student.password.fill(sandbox.account("riche").password)
    student.button(LOG_IN).click()
    student.sees("Boutique")
    assert site.last_visit()[1]["state"] == "abc"


def test_third_wrong_password_blocks(sandbox: Sandbox, site: PartnerSite, student: Student) -> None:
    """And the right one is refused then."""
    for reason in (WRONG, WRONG, NOW_BLOCKED):
        student.log_in(sandbox.login_url, sandbox.account("riche"), WRONG_PASSWORD)
        student.is_refused(reason)
    student.log_in(sandbox.login_url, sandbox.account("riche"))
    student.is_refused(BLOCKED)
    assert site.visits == []


def test_forgotten_password(sandbox: Sandbox, site: PartnerSite, student: Student, page: Page) -> None:
    """A page with a way back, on either side."""
    page.goto(sandbox.login_url)
    student.link(FORGOTTEN).click()
    student.sees(FORGOTTEN_PASSWORD)
    student.goes_back()
    student.sees(LOGIN)
    student.link(FORGOTTEN).click()
    student.link("Revenir sur le site Boutique de démonstration").click()
    student.sees("Boutique")
    assert site.last_visit() == (partner.HOME, {})


@pytest.mark.keeps_pages
def test_back_after_logging_in(sandbox: Sandbox, site: PartnerSite, student: Student) -> None:
    """A second login gives a second code."""
    codes: list[str] = []
    for _ in range(2):
        student.log_in(sandbox.login_url, sandbox.account("riche"))
        student.sees("Boutique")
        codes.append(site.last_visit()[1]["code"])
        student.goes_back()
        student.sees(LOGIN)
    assert len(set(codes)) == 2
