//! `GET` and `POST /api/Izly/WebPayments/{OperationId}/Authorize?token=…`: the page where the student pays.

use crate::app::App;
use crate::callback::{Outgoing, Verdict};
use crate::http::{Incoming, Reply, encode_lower};
use crate::pages::{ErrorPage, FOREIGN_FORM, Hint, PaymentPage, ResultPage, euros};
use crate::payment::{PaymentRecord, PaymentStatus, Validation};
use crate::state::{AccountId, Refusal, State};

/// `Error.Code` of the callback after *Annuler*, when the switch asks for one. *Our invention.*
const CANCELLED: Verdict<'_> = Verdict { code: 9104, message: "Le paiement a été annulé par l'utilisateur." };

/// Shows the payment page, or how the payment ended.
pub(crate) fn show(app: &App, request: &Incoming, id: Option<u64>) -> Reply {
    let state = app.state();
    match find(&state, request, id) {
        Some(payment) => page(&state, payment, "", None),
        None => unknown(),
    }
}

/// *Valider* or *Annuler*. The callback is delivered before the page comes back, and the payment can be read as paid
/// meanwhile.
pub(crate) async fn submit(app: &App, request: &Incoming, id: Option<u64>) -> Reply {
    let (reply, callback) = decide(app, request, id);
    if let Some(callback) = callback {
        callback.deliver(app).await;
    }
    reply
}

/// Everything that happens under the lock, which is gone when this returns.
fn decide(app: &App, request: &Incoming, id: Option<u64>) -> (Reply, Option<Outgoing>) {
    let mut state = app.state();
    let Some(id) = find(&state, request, id).map(|payment| payment.operation_id) else { return (unknown(), None) };
    let decided = match request.form_value("action").as_deref() {
        Some("annuler") => cancel(app, &mut state, id),
        Some("valider") => validate(app, &mut state, id, request),
        // A form that says neither is none of this page's, and must not move money.
        _ => Some((foreign_form(), None)),
    };
    decided.unwrap_or_else(|| (unknown(), None))
}

fn cancel(app: &App, state: &mut State, id: u64) -> Option<(Reply, Option<Outgoing>)> {
    let (_, changed) = state.cancel(id)?;
    let payment = state.payments.get(&id)?;
    let callback = (changed && state.wire.callback_on_cancel)
        .then(|| Outgoing::prepare(state, &app.callbacks, payment, None, &CANCELLED));
    Some((page(state, payment, "", None), callback))
}

fn validate(app: &App, state: &mut State, id: u64, request: &Incoming) -> Option<(Reply, Option<Outgoing>)> {
    let identifier = request.form_value("identifiant").unwrap_or_default();
    let password = request.form_value("mot_de_passe").unwrap_or_default();
    match state.validate(id, &identifier, &password)? {
        Validation::Paid => {
            let payment = state.payments.get(&id)?.clone();
            send_email(state, &payment);
            let success = Verdict { code: 0, message: "" };
            let callback = Outgoing::prepare(state, &app.callbacks, &payment, payment.account, &success);
            Some((page(state, &payment, "", None), Some(callback)))
        }
        Validation::Settled(status) => {
            let note = format!("nothing was debited: the payment was already {}", status.name());
            Some((page(state, state.payments.get(&id)?, "", None).note(note), None))
        }
        Validation::Refused(refusal, account) => {
            let payment = state.payments.get(&id)?;
            let callback = account.and_then(|account| failure_callback(app, state, payment, account, refusal));
            let reply = page(state, payment, &identifier, Some(refusal.message()));
            Some((reply.note(format!("payment refused: {refusal:?}")), callback))
        }
    }
}

/// The callback of a validation that failed once Izly knew who the student was. Before that there is nobody to tell
/// about: a mistyped password is no failed payment (*our invention*; the guide only says "de l'échec").
fn failure_callback(
    app: &App,
    state: &State,
    payment: &PaymentRecord,
    account: AccountId,
    refusal: Refusal,
) -> Option<Outgoing> {
    let verdict = Verdict { code: refusal.code(), message: refusal.message() };
    state.wire.callback_on_failure.then(|| Outgoing::prepare(state, &app.callbacks, payment, Some(account), &verdict))
}

/// The payment of the URL, if the token is its own.
fn find<'a>(state: &'a State, request: &Incoming, id: Option<u64>) -> Option<&'a PaymentRecord> {
    let token = request.query_value("token")?;
    state.payments.get(&id?).filter(|payment| payment.token == token)
}

fn page(state: &State, payment: &PaymentRecord, typed: &str, error: Option<&str>) -> Reply {
    if payment.status != PaymentStatus::Waiting {
        return Reply::page(200, &ResultPage::new(state, payment));
    }
    let partner = state.partner(payment.partner_id);
    let page = PaymentPage {
        site: &partner.site_name,
        amount: euros(payment.amount_cents),
        message: payment.message.as_deref().filter(|message| !message.is_empty()),
        action: payment.authorization_target(),
        forgotten_url: format!("/oauth/Home/ForgottenPassword?client_id={}", encode_lower(&partner.identifier)),
        typed,
        error,
        hints: Hint::all(state),
    };
    Reply::page(200, &page)
}

fn send_email(state: &mut State, payment: &PaymentRecord) {
    let (Some(to), Some(date)) = (payment.customer.clone(), payment.paid) else { return };
    let (amount, site) = (euros(payment.amount_cents), state.partner(payment.partner_id).site_name.clone());
    let text = format!(
        "Bonjour,\n\nVotre paiement de {amount} à destination de {site} a bien été effectué.\n\
         Opération {}, le {}.\n\nIzly (sandbox)\n",
        payment.operation_id,
        date.french()
    );
    state.journal.send_email(date, to, format!("Votre paiement Izly de {amount}"), text);
}

fn foreign_form() -> Reply {
    Reply::page(400, &ErrorPage { title: "Paiement impossible", text: FOREIGN_FORM })
        .note("no action: neither `valider` nor `annuler`")
}

fn unknown() -> Reply {
    let text = "Ce lien de paiement n'est pas valide. Relancez un paiement depuis le site du partenaire.";
    Reply::page(404, &ErrorPage { title: "Paiement introuvable", text })
}
