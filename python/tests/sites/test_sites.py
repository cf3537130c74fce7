"""One test of the three sites: what a student, Izly and a stranger do, and what is in the database afterwards."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import izly
import pytest

from .browser import Browser
from .relay import LOSES_ITS_ANSWER, NEVER_ARRIVES
from .shop import Purchase, Shop

ACCEPTED = (200, {"Code": 0, "ErrorMessage": ""})


def callback_of(operation_id: int, order_id: str | None, amount: str = "1.50") -> str:
    """What Izly posts after a success; a stranger can write the same."""
    operation = {"Id": operation_id, "ClientOrderId": order_id, "Amount": amount, "Status": "Completed"}
    return json.dumps({"OperationSMoney": operation, "Error": {"Code": 0, "Message": ""}})


def genuine_callback(purchase: Purchase) -> str:
    """The callback of a purchase."""
    return callback_of(purchase.operation_id, purchase.order_id)


# Login


def test_a_student_logs_in_and_out(shop: Shop) -> None:
    browser = Browser(shop.site.url)
    login_page = browser.submit(browser.open("/"), "login").location
    back = browser.open(f"/login/return?{shop.sandbox.login(login_page)}")
    assert (back.status in (302, 303), back.location) == (True, "/")
    home = browser.open("/")
    assert home.text("account").startswith("Connecté, tarif ")
    browser.submit(home, "logout")
    assert "login" in browser.open("/").forms


def test_a_student_who_cancels_the_login_is_back_on_the_home_page(shop: Shop) -> None:
    browser = Browser(shop.site.url)
    login_page = browser.open(browser.submit(browser.open("/"), "login").location)
    home = browser.open(browser.submit(login_page, "annulation").location)
    assert (home.status, "login" in home.forms) == (200, True)
    login_page = browser.submit(home, "login").location
    assert browser.open(f"/login/return?{shop.sandbox.login(login_page)}").location == "/"


def test_a_login_that_was_refused_is_no_failure(shop: Shop) -> None:
    browser = Browser(shop.site.url)
    login_page = browser.submit(browser.open("/"), "login").location
    # The other way that Izly may tell about a cancel, as OAuth has it.
    state = parse_qs(urlsplit(login_page).query)["state"][0]
    back = browser.open("/login/return?" + urlencode({"error": "access_denied", "state": state}))
    assert (back.status, back.text("message")) == (200, "Connexion annulée")
    assert "login" in browser.open("/").forms


def test_a_login_ends_in_the_browser_where_it_began(shop: Shop) -> None:
    attacker, idle, busy = (Browser(shop.site.url) for _ in range(3))
    query = shop.sandbox.login(attacker.submit(attacker.open("/"), "login").location)
    busy.submit(busy.open("/"), "login")
    for victim in (idle, busy):
        page = victim.open(f"/login/return?{query}")
        assert (page.status, page.text("message")) == (403, "Connexion refusée")
        assert "login" in victim.open("/").forms
    assert attacker.open(f"/login/return?{query}").location == "/"


def test_a_login_ends_once(shop: Shop) -> None:
    browser = Browser(shop.site.url)
    login_page = browser.submit(browser.open("/"), "login").location
    first, second = shop.sandbox.login(login_page), shop.sandbox.login(login_page)
    assert browser.open(f"/login/return?{first}").location == "/"
    # Another code, as good as the first, under the same state.
    assert browser.open(f"/login/return?{second}").status == 403


def test_the_session_is_out_of_reach(shop: Shop) -> None:
    browser = Browser(shop.site.url)
    cookies = [cookie.lower() for cookie in browser.submit(browser.open("/"), "login").cookies]
    [session] = [cookie for cookie in cookies if cookie.startswith("session")]
    assert "httponly" in session
    assert "samesite=lax" in session


def test_the_site_answers_under_its_own_name_only(shop: Shop) -> None:
    answer = httpx.get(shop.site.url, headers={"Host": "example.org"}, trust_env=False)
    assert answer.status_code == 400


# Payment


def test_a_paid_order_is_credited_by_the_callback(shop: Shop) -> None:
    purchase = shop.buy()
    assert (shop.state(purchase), shop.credits(purchase)) == ("open", 0)
    assert shop.order_page(purchase).text("state") == "en attente de paiement"
    shop.sandbox.approve(purchase.payment_page)
    # The callback was answered before Izly's page came back, and settled before it was answered.
    assert (shop.state(purchase), shop.credits(purchase)) == ("paid", 1)
    page = shop.order_page(purchase)
    assert page.text("state") == "payée"
    voucher = shop.database.value(f"SELECT code FROM vouchers WHERE sale_id = '{purchase.order_id}'")
    assert page.text("voucher") == voucher


def test_ten_callbacks_at_once_credit_once(shop: Shop) -> None:
    purchase = shop.buy()
    with shop.site.down():
        shop.sandbox.approve(purchase.payment_page)
    assert shop.credits(purchase) == 0
    for answer in shop.at_once(10, genuine_callback(purchase)):
        assert (answer.status_code, answer.json()) == ACCEPTED
    settlements = f"SELECT operation_id FROM settlements WHERE sale_id = '{purchase.order_id}'"
    assert shop.database.query(settlements) == [(purchase.operation_id,)]
    assert (shop.state(purchase), shop.credits(purchase)) == ("paid", 1)
    # And once more, long after.
    answer = shop.post_callback(genuine_callback(purchase))
    assert (answer.status_code, answer.json(), shop.credits(purchase)) == (*ACCEPTED, 1)


def test_a_stranger_says_that_a_waiting_order_is_paid(shop: Shop) -> None:
    purchase = shop.buy()
    answer = shop.post_callback(genuine_callback(purchase))
    assert (answer.status_code, answer.json()["Code"]) == (500, 3)
    assert (shop.state(purchase), shop.credits(purchase)) == ("open", 0)
    # It was not final: the truth is still believed when it comes.
    shop.sandbox.approve(purchase.payment_page)
    assert shop.credits(purchase) == 1


def test_a_stranger_pays_one_order_and_claims_another(shop: Shop) -> None:
    paid, wanted = shop.buy_and_pay(), shop.buy()
    answer = shop.post_callback(callback_of(paid.operation_id, wanted.order_id))
    # Asking again cannot change it, so it is dealt with.
    assert (answer.status_code, answer.json()) == ACCEPTED
    assert (shop.state(wanted), shop.credits(wanted), shop.credits(paid)) == ("open", 0, 1)


def test_an_operation_settles_one_order(shop: Shop) -> None:
    first, second = shop.buy(), shop.buy()
    # As if the second one's operation had settled the first: Izly never says so, and a rule of the database sees to it.
    claim = f"INSERT INTO settlements (operation_id, sale_id) VALUES ({second.operation_id}, '{first.order_id}')"
    shop.database.query(claim)
    with shop.site.down():
        shop.sandbox.approve(second.payment_page)
    answer = shop.post_callback(genuine_callback(second))
    # Asking again cannot change it; a person is told.
    assert (answer.status_code, answer.json()) == ACCEPTED
    assert (shop.state(second), shop.credits(second)) == ("open", 0)
    assert f"order {second.order_id} is not settled: operation {second.operation_id} has settled another" in shop.site.log()


def test_an_operation_that_izly_does_not_know_credits_nothing(shop: Shop) -> None:
    purchase = shop.buy()
    answer = shop.post_callback(callback_of(2**63 - 1, purchase.order_id))
    assert (answer.status_code, answer.json()) == ACCEPTED
    assert (shop.state(purchase), shop.credits(purchase)) == ("open", 0)


def test_a_payment_of_another_amount_credits_nothing(shop: Shop) -> None:
    purchase = shop.buy()
    with shop.sandbox.client() as client:
        cheap = client.create_payment(izly.Order(purchase.order_id, 1))
    shop.sandbox.approve(cheap.authorization_url)
    # Izly has told the site by now; a stranger adds the amount that would be right.
    answer = shop.post_callback(callback_of(cheap.operation_id, purchase.order_id, amount="1.50"))
    assert (answer.status_code, answer.json()) == ACCEPTED
    assert (shop.state(purchase), shop.credits(purchase)) == ("open", 0)


def test_a_second_payment_of_an_order_is_left_to_a_person(shop: Shop) -> None:
    purchase = shop.buy_and_pay()
    with shop.sandbox.client() as client:
        again = client.create_payment(izly.Order(purchase.order_id, 150))
    shop.sandbox.approve(again.authorization_url)
    settled_by = shop.database.value(f"SELECT operation_id FROM settlements WHERE sale_id = '{purchase.order_id}'")
    assert (settled_by, shop.credits(purchase)) == (purchase.operation_id, 1)
    assert f"paid twice: refund operation {again.operation_id} by hand" in shop.site.log()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b'{"OperationSMoney": {"Id": "x"}}', b"\xff\xfe"])
def test_a_body_that_is_no_callback_is_a_bad_request(shop: Shop, body: bytes) -> None:
    answer = shop.post_callback(body)
    assert (answer.status_code, answer.json()["Code"]) == (400, 1)


def test_a_huge_body_is_refused_before_it_is_read(shop: Shop) -> None:
    answer = shop.post_callback(b" " * ((1 << 20) + 1))
    # By the framework: the shop's own answer to it would be this status too, with a code.
    assert (answer.status_code in (400, 413), "Code" in answer.text) == (True, False)


@pytest.mark.parametrize("order_id", [f"cafe-{0:024x}", "", None, "a\0b", "é" * 1000, "' OR ''='"])
def test_an_order_of_nobody_is_not_accepted(shop: Shop, order_id: str | None) -> None:
    answer = shop.post_callback(callback_of(1, order_id))
    assert (answer.status_code, answer.json()["Code"]) == (500, 2)


def test_a_callback_may_come_before_the_reply_to_the_creation(shop: Shop) -> None:
    purchase = shop.buy()
    # As if the checkout still waited for that reply.
    shop.database.query(f"UPDATE sales SET operation_id = NULL WHERE id = '{purchase.order_id}'")
    shop.sandbox.approve(purchase.payment_page)
    assert (shop.state(purchase), shop.credits(purchase)) == ("paid", 1)


def test_without_its_database_the_site_sells_nothing_and_accepts_nothing(shop: Shop) -> None:
    purchase, home, creations = shop.buy(), Browser(shop.site.url), shop.relay.creations()
    form = home.open("/")
    shop.database.query("ALTER TABLE sales RENAME TO sales_out_of_order")
    try:
        assert home.submit(form, "checkout").status == 500
        shop.sandbox.approve(purchase.payment_page)
        answer = shop.post_callback(genuine_callback(purchase))
    finally:
        shop.database.query("ALTER TABLE sales_out_of_order RENAME TO sales")
    # An order that is not stored is not paid for.
    assert (shop.relay.creations(), creations > 0) == (creations, True)
    assert (answer.status_code, answer.json()["Code"]) == (500, 4)
    assert shop.credits(purchase) == 0
    answer = shop.post_callback(genuine_callback(purchase))
    assert (answer.status_code, answer.json(), shop.credits(purchase)) == (*ACCEPTED, 1)


# When no callback comes


def test_lost_callbacks_are_made_up_for(shop: Shop) -> None:
    looked_at, forgotten, waiting, cancelled = (shop.buy() for _ in range(4))
    with shop.site.down():
        shop.sandbox.approve(looked_at.payment_page)
        shop.sandbox.approve(forgotten.payment_page)
        shop.sandbox.cancel(cancelled.payment_page)
    assert [shop.credits(looked_at), shop.credits(forgotten)] == [0, 0]
    assert shop.order_page(looked_at).text("state") == "payée"
    assert (shop.credits(looked_at), shop.state(forgotten)) == (1, "open")
    for _ in range(2):
        shop.site.reconcile()
        states = [shop.state(purchase) for purchase in (looked_at, forgotten, waiting, cancelled)]
        assert states == ["paid", "paid", "open", "abandoned"]
        assert [shop.credits(purchase) for purchase in (looked_at, forgotten, waiting, cancelled)] == [1, 1, 0, 0]


# Refund


def test_a_refund_asked_for_ten_times_at_once_is_made_once(shop: Shop) -> None:
    purchase = shop.buy_and_pay()
    page = shop.order_page(purchase)
    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(lambda _: purchase.browser.submit(page, "refund"), range(10)))
    assert {answer.location for answer in answers} == {f"/orders/{purchase.order_id}"}
    assert shop.relay.refunds_of(purchase.operation_id) == 1
    assert (shop.state(purchase), shop.status_at_izly(purchase.operation_id)) == ("refunded", izly.Status.REFUND)
    page = shop.order_page(purchase)
    assert page.text("state") == "remboursée"
    # Neither the coffee nor a second refund is to be had.
    assert "voucher" not in page.texts
    assert "refund" not in page.forms


def test_a_late_callback_does_not_undo_a_refund(shop: Shop) -> None:
    purchase = shop.buy_and_pay()
    purchase.browser.submit(shop.order_page(purchase), "refund")
    answer = shop.post_callback(genuine_callback(purchase))
    assert (answer.status_code, answer.json()) == ACCEPTED
    assert (shop.state(purchase), shop.credits(purchase)) == ("refunded", 1)


def test_a_refund_whose_answer_is_lost_is_looked_up(shop: Shop) -> None:
    purchase = shop.buy_and_pay()
    page = shop.order_page(purchase)
    shop.relay.next_refund(LOSES_ITS_ANSWER)
    assert purchase.browser.submit(page, "refund").location == f"/orders/{purchase.order_id}"
    assert (shop.state(purchase), shop.relay.refunds_of(purchase.operation_id)) == ("refunded", 1)


def test_a_refund_that_may_be_under_way_is_not_sent_again_before_it_was_looked_up(shop: Shop) -> None:
    purchase = shop.buy_and_pay()
    page = shop.order_page(purchase)
    shop.relay.next_refund(NEVER_ARRIVES)
    for _ in range(2):
        assert purchase.browser.submit(page, "refund").location == f"/orders/{purchase.order_id}"
        assert shop.order_page(purchase).text("state") == "remboursement en cours de vérification"
    shop.site.reconcile()
    # It began a moment ago: whoever began it may not have stopped.
    assert (shop.state(purchase), shop.relay.refunds_of(purchase.operation_id)) == ("refunding", 1)
    age_refund(shop, purchase)
    shop.site.reconcile()
    assert shop.state(purchase) == "paid"
    purchase.browser.submit(shop.order_page(purchase), "refund")
    assert (shop.state(purchase), shop.relay.refunds_of(purchase.operation_id)) == ("refunded", 2)


def age_refund(shop: Shop, purchase: Purchase) -> None:
    """Puts the beginning of a refund into the past, in whichever way the site writes times."""
    began = shop.database.value(f"SELECT refund_began_at FROM sales WHERE id = '{purchase.order_id}'")
    past = "0" if isinstance(began, int) else "'2000-01-01 00:00:00+00:00'"
    shop.database.query(f"UPDATE sales SET refund_began_at = {past} WHERE id = '{purchase.order_id}'")


def test_only_the_browser_that_ordered_sees_and_refunds(shop: Shop) -> None:
    purchase = shop.buy_and_pay()
    stranger = shop.buy().browser
    assert stranger.open(f"/orders/{purchase.order_id}").status == 404
    form = shop.order_page(purchase)
    action, _ = form.forms["refund"]
    # With a token of its own, where the site wants one.
    fields = stranger.open("/").forms["checkout"][1]
    form.forms["refund"] = (action, fields)
    assert stranger.submit(form, "refund").status == 404
    # A form on somebody else's page is sent without a session, and without a token.
    assert httpx.post(f"{shop.site.url}{action}", trust_env=False).status_code in (403, 404)
    assert (shop.state(purchase), shop.relay.refunds_of(purchase.operation_id)) == ("paid", 0)


# What is written down


def test_logs_hold_no_secrets(shop: Shop) -> None:
    browser = Browser(shop.site.url)
    query = shop.sandbox.login(browser.submit(browser.open("/"), "login").location)
    browser.open(f"/login/return?{query}")
    purchase = shop.buy_and_pay()
    log = shop.site.log()
    # It does tell what happened.
    assert f"order {purchase.order_id} is settled" in log
    [account] = [account for account in shop.sandbox.accounts if account.name == "riche"]
    secrets = [shop.sandbox.api_key, shop.secret_key, account.login, account.password, query]
    assert [secret for secret in secrets if secret in log] == []
