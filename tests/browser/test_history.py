"""What people do to pages that move money: go back, reload, click twice, open them twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from harness.partner import Answer
from harness.scenes import CANCELLED, PAID, PAY
from harness.student import BACK_TO_SHOP, CANCEL, VALIDATE, Student
from playwright.sync_api import Error, expect

if TYPE_CHECKING:
    from harness.partner import PartnerSite
    from harness.sandbox import Payment, Sandbox
    from harness.scenes import Stage
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.keeps_pages


def is_debited_once(stage: Stage, site: PartnerSite, payment: Payment) -> None:
    """One callback, one debit of 1,50 €; another payment's page tells what is left."""
    assert stage.sandbox.status(payment) == "Completed"
    site.wait_for_callbacks(1)
    assert [callback.error_code for callback in site.callbacks] == [0]
    stage.student.page.goto(stage.new_payment().url)
    assert stage.student.balance(stage.sandbox.account("riche")) == "98,50"


def nothing_is_debited(stage: Stage, site: PartnerSite, payment: Payment) -> None:
    """No callback, no debit."""
    assert stage.sandbox.status(payment) != "Completed"
    assert site.callbacks == []
    stage.student.page.goto(stage.new_payment().url)
    assert stage.student.balance(stage.sandbox.account("riche")) == "100,00"


def test_a_page_comes_back_as_it_was_left(stage: Stage, site: PartnerSite, student: Student) -> None:
    """Out of the browser's cache and not from Izly: that is what the other tests here have to do with."""
    student.page.goto(stage.new_payment().url)
    student.page.evaluate("window.left = true")
    student.page.goto(site.url)
    student.goes_back()
    student.sees(PAY)
    assert student.page.evaluate("window.left") is True


def test_back_after_paying(stage: Stage, site: PartnerSite, student: Student) -> None:
    """The form is gone for good: the page behind says that it is paid."""
    payment = stage.pay("riche")
    student.sees(PAID)
    student.goes_back()
    student.sees(PAID)
    expect(student.button(VALIDATE)).to_have_count(0)
    is_debited_once(stage, site, payment)


def test_back_after_cancelling(stage: Stage, site: PartnerSite, student: Student) -> None:
    """A cancelled payment stays cancelled."""
    payment = stage.new_payment()
    student.page.goto(payment.url)
    student.button(CANCEL).click()
    student.sees(CANCELLED)
    student.goes_back()
    student.sees(CANCELLED)
    expect(student.button(VALIDATE)).to_have_count(0)
    nothing_is_debited(stage, site, payment)


def test_back_from_the_shop(stage: Stage, site: PartnerSite, student: Student) -> None:
    """The browser asks before it sends a form again; who says yes pays no second time."""
    payment = stage.pay("riche")
    student.link(BACK_TO_SHOP).click()
    student.sees("Boutique")
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        student.goes_back()
    expect(student.page.get_by_text("ERR_CACHE_MISS")).to_be_visible()
    with student.page.expect_request(payment.url) as again:
        student.page.reload()
    assert again.value.method == "POST"
    student.sees(PAID)
    is_debited_once(stage, site, payment)


def test_back_to_a_wrong_password(stage: Stage, site: PartnerSite, student: Student) -> None:
    """Back from a refusal there is a form, and it works."""
    payment = stage.pay("riche", "oublié")
    expect(student.page.get_by_role("alert")).to_be_visible()
    student.goes_back()
    student.sees(PAY)
    student.type(stage.sandbox.account("riche"))
    student.button(VALIDATE).click()
    student.sees(PAID)
    is_debited_once(stage, site, payment)


def test_reload_of_the_paid_page(stage: Stage, site: PartnerSite, student: Student) -> None:
    """The browser sends the form once more: nothing is debited for it."""
    payment = stage.pay("riche")
    student.sees(PAID)
    with student.page.expect_request(payment.url) as again:
        student.page.reload()
    assert again.value.method == "POST"
    student.sees(PAID)
    is_debited_once(stage, site, payment)


@pytest.mark.parametrize("at_once", [True, False], ids=["double click", "second click"])
def test_double_click(at_once: bool, stage: Stage, site: PartnerSite, student: Student, page: Page) -> None:
    """A second request comes while the first still waits for the shop."""
    payment = _slow_payment(stage, site)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    validate = student.place(VALIDATE)
    page.mouse.click(*validate)
    if not at_once:
        site.wait_for_callbacks(1)
    page.mouse.click(*validate)
    student.sees(PAID)
    # How many requests a double click makes is up to the browser, and to how busy the machine is.
    assert sent == ["POST", "POST"] or (sent == ["POST"] and at_once)
    is_debited_once(stage, site, payment)


def test_regret_while_it_is_paid(stage: Stage, site: PartnerSite, student: Student, page: Page) -> None:
    """*Annuler* behind *Valider* comes too late, and the page says so."""
    payment = _slow_payment(stage, site)
    validate, cancel = student.place(VALIDATE), student.place(CANCEL)
    page.mouse.click(*validate)
    site.wait_for_callbacks(1)
    page.mouse.click(*cancel)
    student.sees(PAID)
    is_debited_once(stage, site, payment)


def _slow_payment(stage: Stage, site: PartnerSite) -> Payment:
    """A payment with both fields filled in, whose callback the shop takes its time for."""
    site.answer = lambda _: Answer(seconds=4)
    payment = stage.new_payment()
    stage.student.page.goto(payment.url)
    stage.student.type(stage.sandbox.account("riche"))
    return payment


@pytest.fixture
def other(context: BrowserContext, page: Page) -> Student:  # noqa: ARG001
    """The same student in another tab."""
    return Student(context.new_page())


def test_paid_in_two_tabs(stage: Stage, site: PartnerSite, sandbox: Sandbox, student: Student, other: Student) -> None:
    """Whoever validates second pays nothing, and learns that it is paid."""
    payment = stage.new_payment()
    for tab in (student, other):
        tab.page.goto(payment.url)
    student.type(sandbox.account("riche"))
    student.button(VALIDATE).click()
    student.sees(PAID)
    other.type(sandbox.account("boursier"))
    other.button(VALIDATE).click()
    other.sees(PAID)
    is_debited_once(stage, site, payment)
    assert student.balance(sandbox.account("boursier")) == "20,00"


def test_cancelled_in_another_tab(
    stage: Stage, site: PartnerSite, sandbox: Sandbox, student: Student, other: Student
) -> None:
    """A form that is still open does not revive it."""
    payment = stage.new_payment()
    for tab in (student, other):
        tab.page.goto(payment.url)
    other.button(CANCEL).click()
    other.sees(CANCELLED)
    student.type(sandbox.account("riche"))
    student.button(VALIDATE).click()
    student.sees(CANCELLED)
    nothing_is_debited(stage, site, payment)


def test_paid_in_another_tab(
    stage: Stage, site: PartnerSite, sandbox: Sandbox, student: Student, other: Student
) -> None:
    """What is paid is not cancelled by a form that is still open."""
    payment = stage.new_payment()
    for tab in (student, other):
        tab.page.goto(payment.url)
    other.type(sandbox.account("riche"))
    other.button(VALIDATE).click()
    other.sees(PAID)
    student.button(CANCEL).click()
    student.sees(PAID)
    is_debited_once(stage, site, payment)
