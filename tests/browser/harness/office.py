"""The back office: what a person does there, and every page it has with the way to it."""

from __future__ import annotations

import urllib.error
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from harness.layout import DESKTOP, PHONE
from harness.scenes import CANCELLED, PAID, WRONG, WRONG_PASSWORD
from harness.student import CANCEL
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.partner import PartnerSite
    from harness.sandbox import Payment, Sandbox
    from harness.scenes import Stage
    from playwright.sync_api import Locator, Page, ViewportSize

# Wide enough for the figures to stand beside the timeline.
_WIDE: ViewportSize = {"width": 1300, "height": 900}

REFUSED = "Erreur\N{NO-BREAK SPACE}: "
OTHER_PARTNER = "Laverie-2-2-2-2"
OTHER_SITE = "Laverie du campus"

# Free ports differ from run to run, and pictures must not.
_SAME_ADDRESSES = """([sandbox, site]) => {
    const plain = (text) => text.replaceAll(sandbox, '127.0.0.1:8042').replaceAll(site, '127.0.0.1:8000');
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const text = plain(texts.currentNode.data);
        if (text !== texts.currentNode.data) texts.currentNode.data = text;
    }
    for (const field of document.querySelectorAll('input[type=text]')) field.value = plain(field.value);
}"""


@dataclass(frozen=True)
class Office:
    """Somebody at the back office of a sandbox."""

    page: Page
    sandbox: Sandbox

    def open(self, path: str = "", partner: str = "") -> None:
        """Opens one of its pages, by the last part of its address."""
        query = f"?partenaire={partner}" if partner else ""
        self.page.goto(f"{self.sandbox.base_url}/_sandbox{path and '/'}{path}{query}")

    def form(self, name: str) -> Locator:
        """The form of this id."""
        return self.page.locator(f"form#{name}")

    def send(self, name: str) -> None:
        """Presses that form's only button."""
        self.form(name).get_by_role("button").click()

    def did(self, text: str) -> None:
        """The page says what was done; nothing was refused."""
        expect(self.page.locator(".done")).to_contain_text(text)
        expect(self.page.locator(".errors")).to_have_count(0)

    def account_form(self, name: str) -> Locator:
        """The form that changes an account, opened."""
        card = self.page.locator(".account").filter(has=self.page.get_by_role("heading", level=2, name=name))
        if card.locator("details:not([open])").count():
            card.locator("summary").click()
        return card.locator("form")

    def steps(self, text: str = "") -> Locator:
        """The steps of the timeline, or those with this text in their line."""
        return self.page.locator("#etapes > li").filter(has=self.page.locator(".line").filter(has_text=text))

    def open_details(self) -> None:
        """Opens everything that can be opened: on a full timeline, clicks would take half a minute."""
        self.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")

    def add_fault(self, call: str, kind: str, **more: str) -> None:
        """Asks for a fault on that page."""
        self.open("pannes")
        self.form("ajouter").locator("[name=call]").select_option(call)
        self.form("ajouter").locator("[name=kind]").select_option(kind)
        for name, value in more.items():
            self.form("ajouter").locator(f"[name={name}]").fill(value)
        self.send("ajouter")
        self.did("Panne")

    def callback_mode(self, mode: str) -> None:
        """Chooses when callbacks leave."""
        self.open("callbacks")
        self.form("reglages").locator(f"[name=mode][value={mode}]").check()
        self.send("reglages")
        self.did("Réglages des callbacks")

    def add_partner(self) -> None:
        """Makes a second partner."""
        self.open("partenaires")
        self.form("nouveau").locator("[name=identifier]").fill(OTHER_PARTNER)
        self.form("nouveau").locator("[name=site_name]").fill(OTHER_SITE)
        self.send("nouveau")
        self.did("Partenaire créé.")

    def same_addresses(self, site: PartnerSite) -> None:
        """Shows ports that are the same in every picture."""
        addresses = [self.sandbox.base_url, site.url]
        self.page.evaluate(_SAME_ADDRESSES, [address.removeprefix("http://") for address in addresses])


@dataclass(frozen=True)
class OfficeScene:
    """A page of the back office, and the way to it."""

    name: str
    place: str
    """What the navigation calls it."""
    play: Callable[[Office, Stage], object]
    heading: str = ""
    """Where it is not the name of the place."""
    status: int = 200
    picture: str | None = None
    size: ViewportSize | None = None

    @property
    def is_plain(self) -> bool:
        """One for each page, and those that the forms come back with: for what hardly depends on the stage."""
        return self.picture is not None or self.status == 422

    @property
    def title(self) -> str:
        """The document's title, before the name of the service."""
        return (REFUSED if self.status == 422 else "") + (self.heading or self.place)


def _at(path: str) -> Callable[[Office, Stage], object]:
    return lambda office, _: office.open(path)


def _buy(stage: Stage, order: str, account: str = "riche", amount_cents: int = 150) -> Payment:
    payment = stage.sandbox.create_payment(amount_cents, order, Message="2 cafés")
    stage.student.pay(payment.url, stage.sandbox.account(account))
    stage.student.sees(PAID)
    return payment


def _full_dashboard(office: Office, stage: Stage) -> None:
    """A purchase, a fault, a refund; one step open."""
    _purchase_with_a_fault(office, stage)
    office.steps("Callback n° 1").locator("summary.line").click()


def _purchase_with_a_fault(office: Office, stage: Stage) -> None:
    paid = _buy(stage, "commande-42")
    assert stage.sandbox.status(paid) == "Completed"
    office.add_fault("create_payment", "server_error", nth="1")
    with pytest.raises(urllib.error.HTTPError, match="500"):
        stage.sandbox.create_payment(320, "commande-43")
    stage.sandbox.refund(paid)
    office.open()


def _busy_dashboard(office: Office, stage: Stage) -> None:
    """Everything that a timeline can hold, and all that deserves a look."""
    stage.pay("riche", WRONG_PASSWORD)
    stage.student.is_refused(WRONG)
    stage.student.page.goto(f"{stage.sandbox.login_url}&response_type=token")
    office.callback_mode("manual")
    _buy(stage, "commande-44")
    office.open("inscription")
    office.form("inscription").locator("[name=izly_pay]").uncheck()
    office.send("inscription")
    office.did("Inscription")
    office.add_partner()
    office.open()


def _payments(office: Office, stage: Stage) -> None:
    _buy(stage, "commande-41")
    refunded = _buy(stage, "commande-42", amount_cents=1250)
    stage.sandbox.refund(refunded)
    cancelled = stage.sandbox.create_payment(80, "commande-43")
    stage.student.page.goto(cancelled.url)
    stage.student.button(CANCEL).click()
    stage.student.sees(CANCELLED)
    stage.sandbox.create_payment(690, "commande-44")
    office.open("paiements")


def _no_such_payment(office: Office, stage: Stage) -> None:
    stage.new_payment()
    office.open("paiements")
    office.page.get_by_label("Statut").select_option("Cancelled")
    office.page.get_by_role("button", name="Filtrer").click()


def _one_payment(order: str) -> Callable[[Office, Stage], object]:
    def play(office: Office, stage: Stage) -> None:
        payment = _buy(stage, order)
        stage.sandbox.refund(payment)
        office.open(f"paiements/{payment.operation_id}")

    return play


def _waiting_payment(office: Office, stage: Stage) -> None:
    payment = stage.new_payment()
    office.open(f"paiements/{payment.operation_id}")
    office.form("envoyer").locator("select").select_option("status")
    office.send("envoyer")
    office.did("falsifié")


def _unsent_callback(path: str) -> Callable[[Office, Stage], object]:
    def play(office: Office, stage: Stage) -> None:
        sent = _buy(stage, "commande-41")
        office.callback_mode("manual")
        waiting = _buy(stage, "commande-42")
        office.open(path.format(waiting.operation_id, sent.operation_id))

    return play


def _faults(office: Office, stage: Stage) -> None:
    office.add_fault("refund", "commit_then_drop", nth="1")
    office.add_fault("create_payment", "server_error", times="2", probability="0,5")
    office.add_fault("any", "delay", delay_ms="800")
    office.open("pannes")


def _emails(office: Office, stage: Stage) -> None:
    for order in ("commande-41", "commande-42"):
        _buy(stage, order)
    office.open("e-mails")


def _two_partners(office: Office, stage: Stage) -> None:
    stage.new_payment()
    office.add_partner()
    office.open("partenaires", OTHER_PARTNER)


def _other_dashboard(office: Office, _: Stage) -> None:
    office.add_partner()
    office.open("", OTHER_PARTNER)


def _refused(path: str, form: str, **typed: str) -> Callable[[Office, Stage], object]:
    def play(office: Office, _: Stage) -> None:
        office.open(path)
        details = office.page.locator(f"details:has(form#{form}) > summary")
        if details.count():
            details.click()
        for name, value in typed.items():
            office.form(form).locator(f"[name={name}]").fill(value)
        office.send(form)

    return play


def _refused_account(office: Office, _: Stage) -> None:
    office.open("comptes")
    form = office.account_form("boursier")
    form.locator("[name=solde]").fill("douze euros")
    form.locator("[name=essais]").fill("-1")
    form.locator("[name=nouveau_mot_de_passe]").fill("")
    form.get_by_role("button").click()


def _refused_fault(office: Office, _: Stage) -> None:
    office.open("pannes")
    form = office.form("ajouter")
    form.locator("[name=call]").select_option("refund")
    form.locator("[name=kind]").select_option("state_dropped")
    form.locator("[name=commit]").check()
    office.send("ajouter")


_NO_ADDRESS = {"site_name": "", "callback_url": "chemin", "home_page_url": "https://example.fr/é"}
_NO_CALLBACK = {"delay_ms": "-1", "timeout_ms": "0", "copies": "cent"}

OFFICE_SCENES = (
    OfficeScene("dashboard-empty", "Tableau de bord", _at("")),
    OfficeScene("dashboard", "Tableau de bord", _full_dashboard, picture="office-dashboard", size=_WIDE),
    OfficeScene(
        "dashboard-phone",
        "Tableau de bord",
        _purchase_with_a_fault,
        picture="office-dashboard-phone",
        size=PHONE,
    ),
    OfficeScene("dashboard-busy", "Tableau de bord", _busy_dashboard),
    OfficeScene("dashboard-of-another", "Tableau de bord", _other_dashboard),
    OfficeScene("registration", "Inscription", _at("inscription"), picture="office-registration"),
    OfficeScene("registration-refused", "Inscription", _refused("inscription", "inscription", **_NO_ADDRESS), status=422),
    OfficeScene("accounts", "Comptes", _at("comptes"), picture="office-accounts"),
    OfficeScene("accounts-refused", "Comptes", _refused_account, status=422),
    OfficeScene("accounts-new-refused", "Comptes", _refused("comptes", "nouveau", nom="riche", solde="x"), status=422),
    OfficeScene("payments-empty", "Paiements", _at("paiements")),
    OfficeScene("payments", "Paiements", _payments, picture="office-payments"),
    OfficeScene("payments-filtered", "Paiements", _no_such_payment),
    OfficeScene("payment", "Paiements", _one_payment("commande-42"), "Paiement 594657", picture="office-payment"),
    OfficeScene("payment-waiting", "Paiements", _waiting_payment, "Paiement 594657"),
    OfficeScene("payment-unsent-callback", "Paiements", _unsent_callback("paiements/{}"), "Paiement 594658"),
    OfficeScene("payment-long-order", "Paiements", _one_payment("x" * 100), "Paiement 594657"),
    OfficeScene("callbacks-empty", "Callbacks", _at("callbacks")),
    OfficeScene("callbacks", "Callbacks", _unsent_callback("callbacks"), picture="office-callbacks"),
    OfficeScene("callbacks-refused", "Callbacks", _refused("callbacks", "reglages", **_NO_CALLBACK), status=422),
    OfficeScene("faults-empty", "Pannes", _at("pannes")),
    OfficeScene("faults", "Pannes", _faults, picture="office-faults"),
    OfficeScene("faults-refused", "Pannes", _refused_fault, status=422),
    OfficeScene("readings", "Lectures", _at("lectures"), picture="office-readings"),
    OfficeScene("readings-refused", "Lectures", _refused("lectures", "lectures", order_id_max_length="x"), status=422),
    OfficeScene("clock", "Horloge", _at("horloge"), picture="office-clock"),
    OfficeScene("clock-refused", "Horloge", _refused("horloge", "avancer", secondes="demain"), status=422),
    OfficeScene("emails-empty", "E-mails", _at("e-mails")),
    OfficeScene("emails", "E-mails", _emails, picture="office-emails"),
    OfficeScene("partners", "Partenaires", _two_partners, picture="office-partners"),
    OfficeScene("partners-refused", "Partenaires", _refused("partenaires", "nouveau", identifier="a:b"), status=422),
)

OFFICE_PICTURES = [scene.picture for scene in OFFICE_SCENES if scene.picture]


def size_of(scene: OfficeScene) -> ViewportSize:
    """The screen on which a scene is looked at first."""
    return scene.size or DESKTOP
