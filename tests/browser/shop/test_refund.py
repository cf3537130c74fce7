"""Refunds: asked for once, whatever is clicked and whatever gets lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.shop import BUY_AGAIN, REFUND, VERIFY, YES_REFUND
from harness.shop_scenes import ORDER
from playwright.sync_api import expect

if TYPE_CHECKING:
    import pytest
    from harness.izly import Izly
    from harness.shop import Order, Shopper

PAID = ("enregistree", "creee", "callback", "creditee")


def is_refunded_once(shopper: Shopper, order: Order) -> None:
    """Izly says so, it was asked once, and the account has its money back, once."""
    assert shopper.shop.izly.status(order.operation_id) == "Refund"
    assert len(shopper.shop.izly.requests("refund")) == 1
    shopper.has_paid_nothing()


def test_refunded(shopper: Shopper) -> None:
    """After a question; another tab changes by itself."""
    order = shopper.buys()
    tab = shopper.follows(order)
    shopper.link(REFUND).click()
    shopper.sees("Rembourser 18,00\N{NO-BREAK SPACE}€\N{NO-BREAK SPACE}?")
    shopper.button(YES_REFUND).click()
    shopper.sees(ORDER)
    shopper.order_page.says("remboursee")
    shopper.order_page.has_events(*PAID, "remboursement-reserve", "remboursee")
    shopper.order_page.offers(BUY_AGAIN)
    tab.says("remboursee")
    tab.was_not_reloaded()
    is_refunded_once(shopper, order)


def test_second_thoughts(shopper: Shopper, izly: Izly) -> None:
    """*Non* is a link, and does nothing."""
    order = shopper.buys()
    shopper.link(REFUND).click()
    shopper.link("Non, ne rien faire").click()
    shopper.order_page.says("payee")
    shopper.order_page.has_events(*PAID)
    assert izly.requests("refund") == []
    shopper.has_paid_once(order)


def test_two_clicks(shopper: Shopper, izly: Izly) -> None:
    """The second comes while Izly is being asked: it finds nothing to claim."""
    order = shopper.buys()
    tab = shopper.follows(order)
    # Long enough for a tab that asks every three seconds to see it happen.
    izly.fault("refund", "delay", delay_ms=10_000)
    shopper.link(REFUND).click()
    sent: list[str] = []
    shopper.page.on("request", lambda request: sent.append(request.method))
    yes = shopper.place(YES_REFUND)
    shopper.page.mouse.click(*yes)
    tab.says("remboursement")
    tab.offers()
    shopper.page.mouse.click(*yes)
    tab.says("remboursee")
    assert [method for method in sent if method == "POST"] == ["POST", "POST"]
    tab.has_events(*PAID, "remboursement-reserve", "remboursee")
    is_refunded_once(shopper, order)


def test_in_two_tabs(shopper: Shopper) -> None:
    """The question was open twice: the second yes leads to the result of the first."""
    order = shopper.buys()
    other = shopper.page.context.new_page()
    other.goto(f"{order.url}/remboursement")
    shopper.asks_for_the_refund()
    shopper.order_page.says("remboursee")
    other.get_by_role("button", name=YES_REFUND).click()
    expect(other).to_have_url(order.url)
    expect(other.locator("#etat")).to_have_attribute("data-etat", "remboursee")
    is_refunded_once(shopper, order)


def test_the_answer_is_lost(shopper: Shopper, izly: Izly) -> None:
    """It was given back, and nobody said so: the page offers to look and nothing else, and finds out."""
    order = shopper.buys()
    izly.fault("refund", "commit_then_drop")
    shopper.asks_for_the_refund()
    page = shopper.order_page
    page.says("a-verifier")
    page.offers(VERIFY)
    # The question cannot be had once more.
    shopper.page.goto(f"{order.url}/remboursement")
    expect(shopper.page).to_have_url(order.url)
    shopper.button(VERIFY).click()
    page.says("remboursee")
    page.has_events(*PAID, "remboursement-reserve", "remboursement-inconnu", "verification", "relue-remboursee")
    is_refunded_once(shopper, order)


def test_the_question_is_lost(shopper: Shopper, izly: Izly, subtests: pytest.Subtests) -> None:
    """It looks the same at first. When Izly says that it was not given back, it may be asked for again."""
    order = shopper.buys()
    page = shopper.order_page
    for number, fault in enumerate(("drop_before_commit", "server_error", "bad_gateway", "empty_reply"), start=1):
        with subtests.test(fault=fault):
            izly.fault("refund", fault, times=1)
            shopper.asks_for_the_refund()
            page.says("a-verifier")
            page.offers(VERIFY)
            assert len(izly.requests("refund")) == number
            shopper.button(VERIFY).click()
            page.says("payee")
            page.counts("remboursement-absent", number)
            shopper.has_paid_once(order)
    shopper.asks_for_the_refund()
    page.says("remboursee")
    assert izly.status(order.operation_id) == "Refund"
    shopper.has_paid_nothing()


def test_izly_cannot_be_asked_either(shopper: Shopper, izly: Izly) -> None:
    """As long as nobody knows, nothing is sent again."""
    order = shopper.buys()
    izly.fault("refund", "commit_then_drop", times=1)
    izly.fault("read_payment", "server_error")
    shopper.asks_for_the_refund()
    shopper.button(VERIFY).click()
    shopper.order_page.counts("sans-reponse", 1)
    shopper.order_page.says("a-verifier")
    izly.heal()
    shopper.button(VERIFY).click()
    shopper.order_page.says("remboursee")
    is_refunded_once(shopper, order)


def test_a_callback_after_the_refund(shopper: Shopper, izly: Izly) -> None:
    """The old news comes once more: what was given back stays given back."""
    order = shopper.buys()
    shopper.asks_for_the_refund()
    shopper.order_page.says("remboursee")
    shopper.order_page.mark()
    izly.call_back(order.operation_id, forge="status")
    shopper.order_page.has_events(*PAID, "remboursement-reserve", "remboursee", "callback", "relue-remboursee")
    shopper.order_page.says("remboursee")
    shopper.order_page.was_not_reloaded()
    is_refunded_once(shopper, order)
