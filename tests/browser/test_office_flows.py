"""What people do in the back office, what it changes for students and sites, and what the dashboard shows of it live."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest
from harness.office import OTHER_PARTNER, OTHER_SITE, Office
from harness.scenes import BLOCKED, CANCELLED, PAID, POOR
from playwright.sync_api import expect

if TYPE_CHECKING:
    from harness.partner import PartnerSite
    from harness.sandbox import Sandbox
    from harness.scenes import Stage
    from harness.student import Student
    from harness.watch import Watch
    from playwright.sync_api import BrowserContext, Page

_SECRET_STATE = "etat-que-personne-ne-lit"
_TYPED = "mot-de-passe-de-travers"


@pytest.fixture
def office(context: BrowserContext, sandbox: Sandbox, watch: Watch) -> Office:  # noqa: ARG001
    """Somebody at the back office, in a tab beside the student's."""
    return Office(context.new_page(), sandbox)


def test_the_dashboard_lives(office: Office, stage: Stage, student: Student) -> None:
    """A student pays elsewhere: the steps come, and whoever reads is left where they are."""
    stage.new_payment()
    office.open()
    office.steps("Création du paiement").locator("summary.line").click()
    office.page.evaluate("window.stays = true; scrollTo(0, 300)")
    focused = office.page.evaluate("document.activeElement.closest('li').id")
    scrolled = office.page.evaluate("scrollY")
    assert scrolled > 0
    payment = stage.sandbox.create_payment(250, "commande-43")
    student.pay(payment.url, stage.sandbox.account("riche"))
    student.sees(PAID)
    office.page.bring_to_front()
    expect(office.steps("Callback n° 1")).to_have_count(1)
    expect(office.steps("E-mail")).to_have_count(1)
    expect(office.page.locator("#annonce")).to_contain_text("nouvelles étapes")
    expect(office.page.locator("#vif")).to_contain_text("commande-43")
    expect(office.page.locator("#etape-1 details")).to_have_attribute("open", "")
    assert office.page.evaluate("document.activeElement.closest('li').id") == focused
    assert office.page.evaluate("scrollY") == scrolled
    assert office.page.evaluate("window.stays") is True
    numbers = [int(step.get_attribute("data-etape") or "") for step in office.page.locator("#etapes > li").all()]
    assert numbers == sorted(set(numbers))
    office.page.locator("#actualiser").click()
    expect(office.page.locator("#etapes > li").last).to_be_in_viewport()
    expect(office.page.locator("#annonce")).to_have_text("En direct")


def test_pause(office: Office, stage: Stage) -> None:
    """Nothing moves until it goes on; then nothing is missing."""
    office.open()
    expect(office.page.locator("#annonce")).to_have_text("En direct")
    office.page.locator("#pause").click()
    expect(office.page.locator("#annonce")).to_have_text("En pause")
    stage.new_payment()
    office.page.wait_for_timeout(400)
    expect(office.page.locator("#etapes > li")).to_have_count(0)
    office.page.get_by_role("button", name="Reprendre").click()
    expect(office.steps("Création du paiement")).to_have_count(1)
    expect(office.page.get_by_role("button", name="Mettre en pause")).to_be_visible()


def test_filters(office: Office, stage: Stage) -> None:
    """By kind, by call, by operation; what comes later obeys too."""
    first, second = stage.pay("riche"), stage.sandbox.create_payment(80, "commande-43")
    office.open()
    page = office.page
    page.locator("#genre").select_option("callbacks")
    page.get_by_role("button", name="Filtrer").click()
    expect(page.locator("#etapes > li")).to_have_count(1)
    page.locator("#genre").select_option("")
    page.locator("#appel").select_option("create_payment")
    page.get_by_role("button", name="Filtrer").click()
    expect(page.locator("#etapes > li")).to_have_count(2)
    page.locator("#appel").select_option("")
    page.locator("#operation").fill(str(second.operation_id))
    page.get_by_role("button", name="Filtrer").click()
    expect(page.locator("#etapes > li")).to_have_count(1)
    expect(page.locator("#operation")).to_have_value(str(second.operation_id))
    stage.sandbox.status(first)
    stage.sandbox.status(second)
    expect(page.locator("#etapes > li")).to_have_count(2)
    page.get_by_role("link", name="Tout voir").click()
    expect(office.steps("Lecture du paiement")).to_have_count(2)


def test_a_payment_from_the_office(office: Office, stage: Stage, site: PartnerSite) -> None:
    """Approved for the student; its callback comes, comes again as it was, and comes forged."""
    payment = stage.new_payment()
    office.open(f"paiements/{payment.operation_id}")
    office.form("valider").locator("select").select_option("riche")
    office.send("valider")
    office.did("payée")
    assert stage.sandbox.status(payment) == "Completed"
    office.page.get_by_role("button", name="Rejouer").click()
    office.did("rejoué")
    office.form("envoyer").locator("select").select_option("amount")
    office.send("envoyer")
    office.did("falsifié")
    sent = [callback.body["OperationSMoney"] for callback in site.wait_for_callbacks(3)]
    assert [one["Amount"] for one in sent] == ["1.50", "1.50", "2.50"]
    assert sent[0] == sent[1]
    expect(office.form("valider")).to_have_count(0)


def test_cancelled_from_the_office(office: Office, stage: Stage, student: Student, page: Page) -> None:
    """The student who comes later finds it so."""
    payment = stage.new_payment()
    office.open(f"paiements/{payment.operation_id}")
    office.send("annuler")
    office.did("annulée")
    assert stage.sandbox.status(payment) == "Cancelled"
    page.goto(payment.url)
    student.sees(CANCELLED)


def test_an_account_is_changed(office: Office, stage: Stage, student: Student) -> None:
    """Poor, then blocked: the student's page says so each time; then with another password, and paid."""
    for field, value, reason in (("solde", "0,20", POOR), ("etat", "blocked", BLOCKED)):
        office.open("comptes")
        control = office.account_form("riche").locator(f"[name={field}]")
        control.fill(value) if field == "solde" else control.select_option(value)
        office.account_form("riche").get_by_role("button").click()
        office.did("riche")
        stage.pay("riche")
        student.is_refused(reason)
    form = office.account_form("riche")
    form.locator("[name=etat]").select_option("active")
    form.locator("[name=solde]").fill("100")
    form.locator("[name=nouveau_mot_de_passe]").fill("un autre")
    form.get_by_role("button").click()
    office.did("riche")
    stage.pay("riche", "un autre")
    student.sees(PAID)


def test_a_fault(office: Office, stage: Stage) -> None:
    """The next call fails, the page counts it, and all is well without it."""
    office.add_fault("create_payment", "bad_gateway")
    with pytest.raises(urllib.error.HTTPError, match="502"):
        stage.new_payment()
    office.open("pannes")
    expect(office.page.locator("[data-label='Appels touchés']")).to_have_text("1")
    expect(office.page.get_by_role("link", name="Pannes")).to_contain_text("1")
    office.page.get_by_role("button", name="Retirer la panne 1").click()
    office.did("retirée")
    stage.new_payment()


def test_readings(office: Office, stage: Stage) -> None:
    """What production was seen to do: centimes in the reply to a creation; then back to the guide."""
    amounts = [_created_amount(stage, "commande-1")]
    for profile in ("observed", "guide"):
        office.open("lectures")
        office.form("profils").locator(f"[value={profile}]").click()
        office.did("profil")
        amounts.append(_created_amount(stage, f"commande-{profile}"))
    assert amounts == [1.5, 150.0, 1.5]


def test_the_clock(office: Office, stage: Stage, student: Student, site: PartnerSite) -> None:
    """An access token is good until time has passed."""
    student.log_in(stage.sandbox.login_url, stage.sandbox.account("riche"))
    student.sees("Boutique")
    token = stage.sandbox.exchange(site.last_visit()[1]["code"])["access_token"]
    assert _user(stage.sandbox, token)["CodeClient"] == "etu00001"
    office.open("horloge")
    office.form("avances").get_by_role("button", name="30 minutes").click()
    office.did("avancée")
    with pytest.raises(urllib.error.HTTPError, match="401"):
        _user(stage.sandbox, token)


def test_callbacks_by_hand(office: Office, stage: Stage, site: PartnerSite) -> None:
    """It waits until somebody lets it go."""
    office.callback_mode("manual")
    stage.pay("riche")
    stage.student.sees(PAID)
    office.open("callbacks")
    expect(office.page.locator("caption", has_text="En attente")).to_be_visible()
    assert site.callbacks == []
    office.page.get_by_role("button", name="Envoyer maintenant").click()
    office.did("envoyé à la main")
    assert len(site.wait_for_callbacks(1)) == 1
    expect(office.page.locator("caption", has_text="En attente")).to_have_count(0)
    expect(office.page.locator("caption", has_text="Terminés")).to_be_visible()


def test_partners_know_nothing_of_each_other(office: Office, stage: Stage) -> None:
    """Not on any page of the second; the choice of the partner stays from page to page; then it is gone."""
    stage.pay("riche")
    office.add_fault("refund", "redirect")
    office.add_partner()
    links = office.page.locator("nav ul a")
    for number in range(links.count()):
        links.nth(number).click()
        expect(links.nth(number)).to_have_attribute("aria-current", "page")
        expect(office.page.locator("#partenaire")).to_have_value(OTHER_PARTNER)
        shown = office.page.locator("main").inner_text()
        for foreign in ("commande-42", "594657", "2 cafés", "Panne n° 1"):
            assert foreign not in shown, f"{foreign} on {office.page.url}"
    office.page.locator("details:has(#supprimer) > summary").click()
    office.send("supprimer")
    office.did("supprimé")
    expect(office.page.locator("main")).not_to_contain_text(OTHER_SITE)
    expect(office.page.locator("#partenaire")).to_have_count(0)


def test_reset(office: Office, stage: Stage) -> None:
    """Balances, payments and faults are those of the beginning; the registration stays."""
    office.open("inscription")
    office.form("inscription").locator("[name=site_name]").fill("Cafétéria")
    office.send("inscription")
    stage.pay("riche")
    stage.student.sees(PAID)
    office.add_fault("refund", "redirect")
    office.open("partenaires")
    office.page.locator("details:has(#remettre-a-zero) > summary").click()
    office.send("remettre-a-zero")
    office.did("remis à zéro")
    expect(office.page.locator("#vif")).to_contain_text("Aucune pour le moment.")
    expect(office.page.locator("#vif li").filter(has_text="riche")).to_contain_text("100,00")
    expect(office.page.locator("nav .count")).to_have_count(0)
    expect(office.page.locator(".partner")).to_contain_text("Cafétéria")


def test_a_refused_form_keeps_what_was_typed(office: Office, watch: Watch) -> None:
    """It says what is wrong, leads to the field, and nothing has changed."""
    watch.expect_status(422)
    office.open("inscription")
    before = office.page.locator("#home_page_url").input_value()
    office.page.locator("#site_name").fill(" Café <b>&amp; « thé »")
    office.page.locator("#callback_url").fill("ftp://exemple/é")
    office.page.locator("#approved").uncheck()
    office.send("inscription")
    expect(office.page.locator(".errors li")).to_have_count(1)
    expect(office.page.locator("#site_name")).to_have_value(" Café <b>&amp; « thé »")
    field = office.page.locator("#callback_url")
    expect(field).to_have_value("ftp://exemple/é")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("ni espace ni accent"))
    expect(office.page.locator("#approved")).not_to_be_checked()
    office.page.locator(".errors a").click()
    expect(field).to_be_focused()
    office.open("inscription")
    expect(office.page.locator("#home_page_url")).to_have_value(before)
    expect(office.page.locator("#approved")).to_be_checked()


def test_no_secret_on_the_dashboard(office: Office, stage: Stage, student: Student, site: PartnerSite) -> None:
    """Neither in the texts nor anywhere else of the document, however much of it is open."""
    account = stage.sandbox.account("riche")
    student.log_in(f"{stage.sandbox.login_url}&state={_SECRET_STATE}", account, _TYPED)
    student.type(account)
    student.button("Se connecter").click()
    student.sees("Boutique")
    code = site.last_visit()[1]["code"]
    tokens = stage.sandbox.exchange(code)
    _user(stage.sandbox, tokens["access_token"])
    payment = stage.pay("riche")
    stage.student.sees(PAID)
    stage.sandbox.status(payment)
    office.open()
    key = office.page.locator("#cle").text_content() or ""
    variables = office.page.locator("#variables").text_content() or ""
    assert len(key) > 20
    assert key in variables
    expect(office.page.locator("#cle")).not_to_be_visible()
    expect(office.page.locator("#variables")).not_to_be_visible()
    # The two places where the key is meant to be, once somebody has opened them.
    office.page.evaluate("for (const id of ['cle', 'variables']) document.getElementById(id).remove()")
    office.open_details()
    expect(office.steps("Échange du code")).to_contain_text("HTTP/1.1 200")
    shown = office.page.content()
    link = payment.url.partition("token=")[2].partition("&")[0]
    secrets = {
        "code": code,
        "access token": tokens["access_token"],
        "refresh token": tokens["refresh_token"],
        "state": _SECRET_STATE,
        "typed password": _TYPED,
        "password": account.password,
        "key": key,
        "link": link,
    }
    for name, secret in secrets.items():
        assert len(secret) > 5, name
        assert secret not in shown, f"the {name} is on the dashboard"


def test_the_copy_button(office: Office, context: BrowserContext) -> None:
    """The variables, as they stand."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    office.open()
    office.page.get_by_text("Afficher les variables").click()
    office.page.get_by_role("button", name="Copier").click()
    expect(office.page.get_by_role("button", name="Copié")).to_be_visible()
    copied = office.page.evaluate("navigator.clipboard.readText()")
    assert copied == office.page.locator("#variables").text_content()
    assert "IZLY_API_KEY" in copied


def _created_amount(stage: Stage, order: str) -> float:
    """What the reply to a creation says, whatever the case of its names."""
    created = stage.sandbox.create(150, order)
    operation = next(value for name, value in created.items() if name.lower() == "operationsmoney")
    return float(next(value for name, value in operation.items() if name.lower() == "amount"))


def _user(sandbox: Sandbox, token: str) -> dict[str, Any]:
    request = urllib.request.Request(
        f"{sandbox.base_url}/api/Izly/Users",
        headers={"Authorization": f"Bearer {token}", "Accept": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=20) as reply:
        answer: dict[str, Any] = json.load(reply)
        return answer
