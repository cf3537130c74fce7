"""Every page there is, and how a student comes to see it.

A page that is not listed here is looked at by no test: whoever adds a page adds a scene.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.student import CANCEL, FORGOTTEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.sandbox import Payment, Sandbox
    from harness.student import Student

PAID = "Paiement effectué avec Izly"
CANCELLED = "Paiement avec Izly annulé"
REFUNDED = "Paiement avec Izly remboursé"
PAY = "Payer avec Izly"
LOGIN = "Connectez-vous à votre compte Izly"
FORGOTTEN_PASSWORD = "Mot de passe oublié"  # noqa: S105, a heading

ERROR = "Erreur\N{NO-BREAK SPACE}: "
WRONG = "Identifiant ou mot de passe incorrect."
POOR = "Le solde de votre compte est insuffisant pour ce paiement."
DEBTS = "Vous avez des impayés à régulariser : le paiement n’est pas possible pour le moment."
BLOCKED = "Votre compte est bloqué."
NOW_BLOCKED = "Mot de passe incorrect pour la troisième fois : votre compte est désormais bloqué."

WRONG_PASSWORD = "oublié"  # noqa: S105, of no account


@dataclass(frozen=True)
class Stage:
    """What a scene plays on."""

    sandbox: Sandbox
    student: Student

    def pay(self, account: str, password: str | None = None) -> Payment:
        """A new payment, up to the answer to *Valider*."""
        payment = self.new_payment()
        self.student.pay(payment.url, self.sandbox.account(account), password)
        return payment

    def new_payment(self) -> Payment:
        """An order of two coffees."""
        return self.sandbox.create_payment(150, Message="2 cafés")


@dataclass(frozen=True)
class Scene:
    """A page, and the way to it."""

    name: str
    """Its picture's name."""
    title: str
    """The document's title, before the name of the service."""
    heading: str
    play: Callable[[Stage], object]
    status: int = 200
    on_phone: bool = False
    """Whether the docs show it on a phone too."""


def _login(stage: Stage) -> None:
    stage.student.page.goto(stage.sandbox.login_url)


def _login_refused(stage: Stage) -> None:
    stage.student.log_in(stage.sandbox.login_url, stage.sandbox.account("riche"), WRONG_PASSWORD)
    stage.student.is_refused(WRONG)


def _login_impossible(stage: Stage) -> None:
    stage.student.page.goto(stage.sandbox.login_url.replace("response_type=code", "response_type=token"))


def _payment(stage: Stage) -> None:
    stage.student.page.goto(stage.new_payment().url)


def _refused(account: str, reason: str, password: str | None = None) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        stage.pay(account, password)
        stage.student.is_refused(reason)

    return play


def _blocked_now(stage: Stage) -> None:
    payment = stage.new_payment()
    for reason in (WRONG, WRONG, NOW_BLOCKED):
        stage.student.pay(payment.url, stage.sandbox.account("riche"), WRONG_PASSWORD)
        stage.student.is_refused(reason)


def _cancelled(stage: Stage) -> None:
    _payment(stage)
    stage.student.button(CANCEL).click()


def _refunded(stage: Stage) -> None:
    payment = stage.pay("riche")
    stage.student.sees(PAID)
    stage.sandbox.refund(payment)
    stage.student.page.goto(payment.url)


def _forgotten(stage: Stage) -> None:
    _payment(stage)
    stage.student.link(FORGOTTEN).click()


def _forgotten_by_nobody(stage: Stage) -> None:
    stage.student.page.goto(f"{stage.sandbox.base_url}/oauth/Home/ForgottenPassword")


def _unknown_payment(stage: Stage) -> None:
    url = stage.new_payment().url
    stage.student.page.goto(url.replace("token=", "token=x"))


def _foreign_form(stage: Stage) -> None:
    _payment(stage)
    # As a program that leaves out the hidden field: no page of the sandbox sends this.
    stage.student.page.locator("#paiement [name=action]").evaluate("field => field.remove()")
    stage.student.type(stage.sandbox.account("riche"))
    stage.student.button("Valider").click()


def _nowhere(stage: Stage) -> None:
    stage.student.page.goto(f"{stage.sandbox.base_url}/nulle-part")


SCENES = (
    Scene("login", "Connexion", LOGIN, _login, on_phone=True),
    Scene("login-refused", ERROR + "Connexion", LOGIN, _login_refused),
    Scene("login-impossible", "Connexion impossible", "Connexion impossible", _login_impossible, 400),
    Scene("payment", PAY, PAY, _payment, on_phone=True),
    Scene(
        "payment-wrong-password",
        ERROR + PAY,
        PAY,
        _refused("riche", WRONG, WRONG_PASSWORD),
        on_phone=True,
    ),
    Scene("payment-third-wrong-password", ERROR + PAY, PAY, _blocked_now),
    Scene("payment-insufficient-balance", ERROR + PAY, PAY, _refused("solde-insuffisant", POOR)),
    Scene("payment-unpaid-debts", ERROR + PAY, PAY, _refused("impayes", DEBTS)),
    Scene("payment-blocked-account", ERROR + PAY, PAY, _refused("bloque", BLOCKED)),
    Scene("paid", PAID, PAID, lambda stage: stage.pay("riche"), on_phone=True),
    Scene("cancelled", CANCELLED, CANCELLED, _cancelled, on_phone=True),
    Scene("refunded", REFUNDED, REFUNDED, _refunded),
    Scene("forgotten-password", FORGOTTEN_PASSWORD, FORGOTTEN_PASSWORD, _forgotten, on_phone=True),
    Scene(
        "forgotten-password-without-site",
        FORGOTTEN_PASSWORD,
        FORGOTTEN_PASSWORD,
        _forgotten_by_nobody,
    ),
    Scene("payment-unknown", "Paiement introuvable", "Paiement introuvable", _unknown_payment, 404),
    Scene("payment-foreign-form", "Paiement impossible", "Paiement impossible", _foreign_form, 400),
    Scene("not-found", "Page introuvable", "Page introuvable", _nowhere, 404),
)
