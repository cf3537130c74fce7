"""*Se connecter avec Izly*: who comes back as whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from harness.scenes import FORGOTTEN_PASSWORD, LOGIN, WRONG, WRONG_PASSWORD
from harness.shop import LOG_IN_WITH_IZLY, LOG_OUT, NAMES, REFUND, WINDOW
from harness.shop_scenes import FOREIGN_FORM, LOGIN_CANCELLED, LOGIN_FAILED, LOGIN_REFUSED, NO_LOGIN
from harness.student import CANCEL, FORGOTTEN, LOG_IN
from playwright.sync_api import expect

if TYPE_CHECKING:
    from harness.izly import Izly
    from harness.shop import Shopper
    from harness.watch import Watch


def is_nobody(shopper: Shopper) -> None:
    """The page offers to log in."""
    expect(shopper.page.locator("#connecte")).to_have_count(0)
    expect(shopper.button(LOG_IN_WITH_IZLY)).to_be_visible()


@pytest.mark.parametrize(("account", "label"), [("riche", "client …0001, tarif 1"), ("boursier", "client …0005")])
def test_logged_in(account: str, label: str, shopper: Shopper) -> None:
    """Enough of the account to recognise one's own."""
    shopper.logs_in(account)
    shopper.sees(WINDOW)
    expect(shopper.page.locator("#connecte")).to_contain_text(f"Connecté\N{NO-BREAK SPACE}: {label}")
    expect(shopper.page).to_have_url(f"{shopper.shop.url}/")
    shopper.page.reload()
    expect(shopper.button(LOG_OUT)).to_be_visible()


def test_logging_in_keeps_the_orders(shopper: Shopper) -> None:
    """And logging out leaves them to nobody: the next person at this machine is somebody else."""
    order = shopper.buys()
    shopper.logs_in()
    shopper.link(NAMES["gala"]).click()
    expect(shopper.page).to_have_url(order.url)
    expect(shopper.page.locator("#connecte")).to_be_visible()
    shopper.order_page.says("payee")
    # The order's page asks every second, and might learn that it is nobody's any more before it is left; this one does not.
    shopper.link(REFUND).click()
    shopper.button(LOG_OUT).click()
    shopper.sees(WINDOW)
    is_nobody(shopper)
    expect(shopper.page.locator("#commandes")).to_have_count(0)


def test_logged_out_with_an_order_open_elsewhere(shopper: Shopper, watch: Watch) -> None:
    """The other tab stops asking: it is nobody's any more."""
    watch.expect_status(404)
    shopper.logs_in()
    order = shopper.orders()
    tab = shopper.follows(order)
    shopper.opens_the_shop()
    is_refused = lambda answer: answer.url == f"{order.url}/etat" and answer.status == 404  # noqa: E731
    with tab.page.expect_response(is_refused):
        shopper.button(LOG_OUT).click()
    asked: list[str] = []
    tab.page.on("request", lambda request: asked.append(request.url))
    tab.page.wait_for_timeout(2_200)
    assert asked == []


def test_logging_in_with_another_tab_open(shopper: Shopper, watch: Watch) -> None:
    """A page from before the login cannot act for whoever is logged in now; opened anew it can."""
    watch.expect_status(403)
    old = shopper.page.context.new_page()
    old.goto(shopper.shop.url)
    shopper.logs_in()
    expect(shopper.page.locator("#connecte")).to_be_visible()
    old.locator("#acheter-gala").get_by_role("button").click()
    expect(old.locator("#message h1")).to_have_text(FOREIGN_FORM)
    assert shopper.shop.izly.payments() == []
    shopper.buys()


def test_wrong_password_then_right(shopper: Shopper) -> None:
    """The state survives the mistake."""
    shopper.opens_the_shop()
    shopper.button(LOG_IN_WITH_IZLY).click()
    shopper.type(shopper.shop.account("riche"), WRONG_PASSWORD)
    shopper.button(LOG_IN).click()
    shopper.is_refused(WRONG)
    shopper.password.fill(shopper.shop.account("riche").password)
    shopper.button(LOG_IN).click()
    expect(shopper.page.locator("#connecte")).to_be_visible()


def test_cancelled(shopper: Shopper) -> None:
    """Home, as nobody."""
    shopper.opens_the_shop()
    shopper.button(LOG_IN_WITH_IZLY).click()
    shopper.sees(LOGIN)
    shopper.button(CANCEL).click()
    shopper.sees(WINDOW)
    is_nobody(shopper)


def test_cancelled_and_told(shopper: Shopper, izly: Izly) -> None:
    """The other reading: Izly says that access was denied."""
    izly.wire(login_cancel="access_denied")
    shopper.opens_the_shop()
    shopper.button(LOG_IN_WITH_IZLY).click()
    shopper.button(CANCEL).click()
    shopper.sees(LOGIN_CANCELLED)
    is_nobody(shopper)
    shopper.logs_in()
    expect(shopper.page.locator("#connecte")).to_be_visible()


def test_without_state(shopper: Shopper, izly: Izly, watch: Watch) -> None:
    """It may be anybody's: refused, and spent. A new login works."""
    watch.expect_status(403)
    izly.fault("login_page", "state_dropped", times=1)
    shopper.logs_in()
    shopper.sees(LOGIN_REFUSED)
    is_nobody(shopper)
    assert izly.requests("token") == []
    shopper.page.reload()
    shopper.sees(NO_LOGIN)
    shopper.logs_in()
    expect(shopper.page.locator("#connecte")).to_be_visible()


def test_somebody_elses_return(shopper: Shopper, watch: Watch, izly: Izly) -> None:
    """A stranger's way back, with a good code, logs nobody in here, whether a login was begun or not."""
    watch.expect_status(403)
    way_back = izly.log_in("boursier", "a-state-of-theirs")
    shopper.page.goto(way_back)
    shopper.sees(NO_LOGIN)
    shopper.opens_the_shop()
    shopper.button(LOG_IN_WITH_IZLY).click()
    shopper.sees(LOGIN)
    shopper.page.goto(way_back)
    shopper.sees(LOGIN_REFUSED)
    is_nobody(shopper)
    assert izly.requests("token") == []


@pytest.mark.keeps_pages
def test_back_after_logging_in(shopper: Shopper, watch: Watch) -> None:
    """The way back from Izly leads to one login, once."""
    watch.expect_status(403)
    returns: list[str] = []
    shopper.page.on("request", lambda request: returns.append(request.url))
    shopper.logs_in()
    expect(shopper.page.locator("#connecte")).to_be_visible()
    (way_back,) = [url for url in returns if "/connexion/retour?" in url]
    shopper.goes_back()
    shopper.sees(LOGIN)
    shopper.page.goto(way_back)
    shopper.sees(NO_LOGIN)
    expect(shopper.page.locator("#connecte")).to_be_visible()


def test_a_login_that_fails(shopper: Shopper, izly: Izly, watch: Watch, subtests: pytest.Subtests) -> None:
    """Nobody is logged in; the next try works."""
    watch.expect_status(502)
    for call, fault in (("token", "commit_then_drop"), ("token", "bad_gateway"), ("users", "token_expired")):
        with subtests.test(call=call, fault=fault):
            izly.fault(call, fault, times=1)
            shopper.logs_in()
            shopper.sees(LOGIN_FAILED)
            is_nobody(shopper)
    shopper.logs_in()
    expect(shopper.page.locator("#connecte")).to_be_visible()


def test_details_at_the_second_try(shopper: Shopper, izly: Izly) -> None:
    """What only reads may be read again, and nobody notices."""
    izly.fault("users", "server_error", times=1)
    shopper.logs_in()
    expect(shopper.page.locator("#connecte")).to_be_visible()
    assert len(izly.requests("users")) == 2


def test_forgotten_password(shopper: Shopper) -> None:
    """Back to the shop, as nobody."""
    shopper.opens_the_shop()
    shopper.button(LOG_IN_WITH_IZLY).click()
    shopper.link(FORGOTTEN).click()
    shopper.sees(FORGOTTEN_PASSWORD)
    shopper.link("Revenir sur le site La Boutique du BDE").click()
    shopper.sees(WINDOW)
    is_nobody(shopper)


def test_two_students(shopper: Shopper, other_shopper: Shopper) -> None:
    """Each is who they are, on their own machine."""
    shopper.logs_in("riche")
    other_shopper.logs_in("boursier")
    for somebody in (other_shopper, shopper):
        # Chromium reloads no page that is about to be left.
        expect(somebody.page.locator("#connecte")).to_be_visible()
        somebody.page.reload()
    expect(shopper.page.locator("#connecte")).to_contain_text("0001")
    expect(other_shopper.page.locator("#connecte")).to_contain_text("0005")
