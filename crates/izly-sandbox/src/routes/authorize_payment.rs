//! `GET` and `POST /api/Izly/WebPayments/{OperationId}/Authorize?token=…`: the page where the student pays.

use crate::app::App;
use crate::callback::{Announcement, DeliveryOptions, Subject, Verdict};
use crate::http::{Incoming, Reply};
use crate::pages::{ErrorPage, FOREIGN_FORM, Hint, PaymentPage, ResultPage, euros};
use crate::payment::{PaymentRecord, PaymentStatus, Validation};
use crate::remark::Remark;
use crate::world::{AccountId, Refusal, World};

/// `Error.Code` of the callback after *Annuler*, when the switch asks for one. *Our invention.*
const CANCELLED: Verdict<'_> = Verdict { code: 9104, message: "Le paiement a été annulé par l'utilisateur." };

/// What became of a payment, and the callbacks that it causes.
pub(crate) struct Decided {
    pub(crate) outcome: Validation,
    pub(crate) announcement: Option<Announcement>,
}

/// Shows the payment page, or how the payment ended.
pub(crate) fn show(world: &World, request: &Incoming, id: Option<u64>) -> Reply {
    match find(world, request, id) {
        Some(payment) => page(world, payment, "", None),
        None => unknown(),
    }
}

/// *Valider* or *Annuler*.
pub(crate) fn submit(
    app: &App,
    world: &mut World,
    request: &Incoming,
    id: Option<u64>,
) -> (Reply, Option<Announcement>) {
    let Some(id) = find(world, request, id).map(|payment| payment.operation_id) else { return (unknown(), None) };
    let decided = match request.form_value("action").as_deref() {
        Some("annuler") => {
            cancel(app, world, id, None, &DeliveryOptions::default()).map(|decided| (decided, String::new()))
        }
        Some("valider") => {
            let identifier = request.form_value("identifiant").unwrap_or_default();
            let password = request.form_value("mot_de_passe").unwrap_or_default();
            let outcome = world.validate(id, &identifier, &password);
            outcome.map(|outcome| (approve(app, world, id, outcome, &DeliveryOptions::default()), identifier))
        }
        // A form that says neither is none of this page's, and must not move money.
        _ => return (foreign_form(), None),
    };
    let shown =
        decided.and_then(|(decided, typed)| Some((reply(world, id, decided.outcome, &typed)?, decided.announcement)));
    shown.unwrap_or_else(|| (unknown(), None))
}

/// The page after a decision.
fn reply(world: &World, id: u64, outcome: Validation, typed: &str) -> Option<Reply> {
    let payment = world.payments.get(&id)?;
    Some(match outcome {
        Validation::Paid | Validation::Settled(PaymentStatus::Cancelled) => page(world, payment, "", None),
        Validation::Settled(status) => page(world, payment, "", None)
            .remark(Remark::invented(format!("Rien n’a été débité : le paiement était déjà {}.", status.name()))),
        Validation::Refused(refusal, _) => page(world, payment, typed, Some(refusal.message()))
            .remark(Remark::invented(format!("Paiement refusé : {}", refusal.message()))),
    })
}

/// *Annuler.* Whether the partner is told is the switch's business, or the caller's.
pub(crate) fn cancel(
    app: &App,
    world: &mut World,
    id: u64,
    callback: Option<bool>,
    options: &DeliveryOptions,
) -> Option<Decided> {
    let (status, changed) = world.cancel(id)?;
    let payment = world.payments.get(&id)?;
    let is_told = changed && callback.unwrap_or(world.wire.callback_on_cancel);
    let subject = Subject { payment, account: None, verdict: CANCELLED };
    let announcement = is_told.then(|| Announcement::prepare(world, app.reach(), subject, options));
    Some(Decided { outcome: Validation::Settled(status), announcement })
}

/// What follows from a validation: the e-mail, and the callback.
pub(crate) fn approve(
    app: &App,
    world: &mut World,
    id: u64,
    outcome: Validation,
    options: &DeliveryOptions,
) -> Decided {
    let announcement = match outcome {
        Validation::Paid => paid(app, world, id, options),
        Validation::Settled(_) => None,
        Validation::Refused(refusal, account) => {
            account.and_then(|account| failed(app, world, id, account, refusal, options))
        }
    };
    Decided { outcome, announcement }
}

fn paid(app: &App, world: &mut World, id: u64, options: &DeliveryOptions) -> Option<Announcement> {
    let payment = world.payments.get(&id)?.clone();
    send_email(world, &payment);
    let subject = Subject { payment: &payment, account: payment.account, verdict: Verdict::SUCCESS };
    Some(Announcement::prepare(world, app.reach(), subject, options))
}

/// The callback of a validation that failed once Izly knew who the student was. Before that there is nobody to tell
/// about: a mistyped password is no failed payment (*our invention*; the guide only says "de l'échec").
fn failed(
    app: &App,
    world: &World,
    id: u64,
    account: AccountId,
    refusal: Refusal,
    options: &DeliveryOptions,
) -> Option<Announcement> {
    let payment = world.payments.get(&id)?;
    let verdict = Verdict { code: refusal.code(), message: refusal.message() };
    let subject = Subject { payment, account: Some(account), verdict };
    world.wire.callback_on_failure.then(|| Announcement::prepare(world, app.reach(), subject, options))
}

/// A callback that nobody's decision causes: what Izly would say about a payment as it is now.
pub(crate) fn announce_as_it_is(app: &App, world: &World, id: u64, options: &DeliveryOptions) -> Option<Announcement> {
    let payment = world.payments.get(&id)?;
    let verdict = if payment.status == PaymentStatus::Cancelled { CANCELLED } else { Verdict::SUCCESS };
    let subject = Subject { payment, account: payment.account, verdict };
    Some(Announcement::prepare(world, app.reach(), subject, options))
}

/// The payment of the URL, if the token is its own.
fn find<'a>(world: &'a World, request: &Incoming, id: Option<u64>) -> Option<&'a PaymentRecord> {
    let token = request.query_value("token")?;
    world.payments.get(&id?).filter(|payment| payment.token == token)
}

fn page(world: &World, payment: &PaymentRecord, typed: &str, error: Option<&str>) -> Reply {
    if payment.status != PaymentStatus::Waiting {
        return Reply::page(200, &ResultPage::new(world, payment));
    }
    let partner = &world.partner;
    let page = PaymentPage {
        site: &partner.site_name,
        amount: euros(payment.amount_cents),
        message: payment.message.as_deref().filter(|message| !message.is_empty()),
        action: payment.authorization_target(),
        forgotten_url: partner.forgotten_target(),
        typed,
        error,
        hints: Hint::all(world),
    };
    Reply::page(200, &page)
}

fn send_email(world: &mut World, payment: &PaymentRecord) {
    let (Some(to), Some(date)) = (payment.customer.clone(), payment.paid) else { return };
    let (amount, site) = (euros(payment.amount_cents), &world.partner.site_name);
    let text = format!(
        "Bonjour,\n\nVotre paiement de {amount} à destination de {site} a bien été effectué.\n\
         Opération {}, le {}.\n\nIzly (sandbox)\n",
        payment.operation_id,
        date.french()
    );
    world.journal.send_email(date, to, format!("Votre paiement Izly de {amount}"), text);
}

fn foreign_form() -> Reply {
    Reply::page(400, &ErrorPage { title: "Paiement impossible", text: FOREIGN_FORM })
        .remark(Remark::invented("Champ « action » absent : ni « valider » ni « annuler »."))
}

fn unknown() -> Reply {
    let text = "Ce lien de paiement n’est pas valide. Relancez un paiement depuis le site du partenaire.";
    Reply::page(404, &ErrorPage { title: "Paiement introuvable", text })
}
