"""Payments, as students make them: what the page says, what the shop is told, what Izly holds for true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from harness import partner
from harness.partner import Answer
from harness.scenes import (
    BLOCKED,
    CANCELLED,
    DEBTS,
    FORGOTTEN_PASSWORD,
    NOW_BLOCKED,
    PAID,
    PAY,
    POOR,
    REFUNDED,
    WRONG,
    WRONG_PASSWORD,
    Stage,
)
from harness.student import BACK_TO_SHOP, CANCEL, FORGOTTEN, VALIDATE, Student
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.partner import PartnerSite
    from harness.sandbox import Sandbox
    from harness.watch import Watch
    from playwright.sync_api import Page


def test_paid(stage: Stage, site: PartnerSite, student: Student, page: Page) -> None:
    """The page shows whom and how much; the shop knows before the student does; the link leads where it was told."""
    payment = stage.new_payment()
    page.goto(payment.url)
    for text in ("Boutique de démonstration", "1,50 €", "2 cafés"):
        expect(page.get_by_role("main")).to_contain_text(text)
    student.type(stage.sandbox.account("riche"))
    student.button(VALIDATE).click()
    student.sees(PAID)
    assert [(one.operation_id, one.error_code) for one in site.callbacks] == [(payment.operation_id, 0)]
    expect(page.get_by_role("main")).to_contain_text(
        "Votre paiement de 1,50 € à destination de Boutique de démonstration a bien été effectué."
    )
    expect(page.get_by_text("Un email de confirmation va vous être envoyé.")).to_be_visible()
    student.link(BACK_TO_SHOP).click()
    student.sees("Boutique")
    assert site.last_visit() == (partner.PAID, {})
    assert stage.sandbox.status(payment) == "Completed"


def test_paid_with_an_address_of_its_own(stage: Stage, site: PartnerSite, student: Student) -> None:
    """The payment may say itself where its link leads, and what its callback carries."""
    payment = stage.sandbox.create_payment(
        RedirectUrlAfterPayment=f"{site.url}/merci?commande=42", CallbackParameters="commande=42"
    )
    student.pay(payment.url, stage.sandbox.account("riche"))
    student.link(BACK_TO_SHOP).click()
    student.sees("Boutique")
    assert site.last_visit() == ("/merci", {"commande": "42"})
    assert site.callbacks[0].query == {"commande": "42"}


def test_cancelled(stage: Stage, site: PartnerSite, student: Student, page: Page) -> None:
    """Nothing is needed to cancel; the link leads home."""
    payment = stage.new_payment()
    page.goto(payment.url)
    student.button(CANCEL).click()
    student.sees(CANCELLED)
    expect(page.get_by_role("main")).to_contain_text(
        "Votre paiement de 1,50 € à destination de Boutique de démonstration a été annulé."
    )
    student.link(BACK_TO_SHOP).click()
    student.sees("Boutique")
    assert site.last_visit() == (partner.HOME, {})
    assert site.callbacks == []
    assert stage.sandbox.status(payment) != "Completed"


def test_wrong_password_then_right(stage: Stage, site: PartnerSite, student: Student) -> None:
    """The identifier stays, the password does not, and the shop hears of success only."""
    payment = stage.pay("riche", WRONG_PASSWORD)
    student.is_refused(WRONG)
    expect(student.identifier).to_have_value("riche@example.fr")
    assert site.callbacks == []
    student.password.fill(stage.sandbox.account("riche").password)
    student.button(VALIDATE).click()
    student.sees(PAID)
    assert [one.error_code for one in site.callbacks] == [0]
    assert stage.sandbox.status(payment) == "Completed"


def test_third_wrong_password_blocks(stage: Stage, student: Student) -> None:
    """The right one comes too late then, and the list of accounts does not promise otherwise."""
    payment = stage.pay("riche", WRONG_PASSWORD)
    account = stage.sandbox.account("riche")
    for reason in (WRONG, NOW_BLOCKED):
        student.is_refused(WRONG)
        student.type(account, WRONG_PASSWORD)
        student.button(VALIDATE).click()
        student.is_refused(reason)
    student.type(account)
    student.button(VALIDATE).click()
    student.is_refused(BLOCKED)
    expect(student.row(account)).to_contain_text("bloqué")
    assert stage.sandbox.status(payment) == "Waiting"


@pytest.mark.parametrize(("account", "reason"), [("solde-insuffisant", POOR), ("impayes", DEBTS), ("bloque", BLOCKED)])
def test_refused(account: str, reason: str, stage: Stage, site: PartnerSite, student: Student) -> None:
    """The student reads why and may take another account; the shop hears of both."""
    payment = stage.pay(account)
    student.is_refused(reason)
    assert stage.sandbox.status(payment) == "Waiting"
    student.type(stage.sandbox.account("boursier"))
    student.button(VALIDATE).click()
    student.sees(PAID)
    codes = [one.error_code for one in site.callbacks]
    assert codes[-1] == 0
    assert 0 not in codes[:-1]
    assert stage.sandbox.status(payment) == "Completed"


def test_by_phone_number(stage: Stage, student: Student, page: Page) -> None:
    """The other identifier, as people write it."""
    page.goto(stage.new_payment().url)
    student.identifier.fill("06 39 98 00 01")
    student.password.fill(stage.sandbox.account("riche").password)
    student.button(VALIDATE).click()
    student.sees(PAID)


def test_empty_fields_are_not_sent(stage: Stage, student: Student, page: Page) -> None:
    """The browser asks for them; *Annuler* needs none."""
    page.goto(stage.new_payment().url)
    student.button(VALIDATE).click()
    expect(student.identifier).to_be_focused()
    student.identifier.fill("riche@example.fr")
    student.button(VALIDATE).click()
    expect(student.password).to_be_focused()
    student.sees(PAY)
    student.button(CANCEL).click()
    student.sees(CANCELLED)


def test_refunded(stage: Stage, student: Student, site: PartnerSite, page: Page) -> None:
    """The page of a payment that was given back."""
    payment = stage.pay("riche")
    student.sees(PAID)
    stage.sandbox.refund(payment)
    page.goto(payment.url)
    student.sees(REFUNDED)
    student.link(BACK_TO_SHOP).click()
    student.sees("Boutique")
    assert site.last_visit() == (partner.HOME, {})
    page.goto(stage.new_payment().url)
    assert student.balance(stage.sandbox.account("riche")) == "100,00"


def test_forgotten_password(stage: Stage, student: Student, site: PartnerSite, page: Page) -> None:
    """It says to begin a new payment, and leads to the shop; the old one still waits behind *Back*."""
    payment = stage.new_payment()
    page.goto(payment.url)
    student.link(FORGOTTEN).click()
    student.sees(FORGOTTEN_PASSWORD)
    expect(page.get_by_role("main")).to_contain_text("nouveau paiement")
    student.goes_back()
    student.sees(PAY)
    student.link(FORGOTTEN).click()
    student.link("Revenir sur le site Boutique de démonstration").click()
    student.sees("Boutique")
    assert site.last_visit() == (partner.HOME, {})
    assert stage.sandbox.status(payment) == "Waiting"


@pytest.mark.parametrize(
    "answer", [Answer(500, "oops"), Answer(200, '{"Code": 12, "ErrorMessage": "non"}')], ids=["500", "code 12"]
)
def test_the_shop_does_not_want_the_callback(answer: Answer, stage: Stage, site: PartnerSite, student: Student) -> None:
    """It is paid all the same: the money has moved."""
    site.answer = lambda _: answer
    payment = stage.pay("riche")
    student.sees(PAID)
    assert len(site.callbacks) == 1
    assert stage.sandbox.status(payment) == "Completed"


def test_the_callback_is_lost(
    start_sandbox: Callable[..., Sandbox], site: PartnerSite, student: Student, watch: Watch
) -> None:
    """The student comes back to a shop that has heard nothing, and Izly knows."""
    deaf = start_sandbox("--callback-not-allowed")
    watch.allow(deaf.base_url)
    payment = deaf.create_payment()
    student.pay(payment.url, deaf.account("riche"))
    student.link(BACK_TO_SHOP).click()
    student.sees("Boutique")
    assert site.callbacks == []
    assert deaf.status(payment) == "Completed"
