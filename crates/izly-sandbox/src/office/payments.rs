//! *Paiements*: the list, and one payment with everything about it.

use askama::Template;

use crate::callback::Forgery;
use crate::http::Reply;
use crate::office::actions;
use crate::office::callbacks::{Ended, Queued};
use crate::office::dashboard::{PaymentLine, newest_first};
use crate::office::field::Choice;
use crate::office::frame::{Frame, Place};
use crate::office::timeline::{Excerpt, Filter};
use crate::office::visit::{self, Visit};
use crate::office::words::{self, Badge};
use crate::pages::euros;
use crate::payment::{PaymentRecord, PaymentStatus};
use crate::world::World;

/// Payments on one page. Older ones are found by their status, their order or their number.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "office/payments.html")]
struct PaymentsPage {
    frame: Frame,
    payments: Vec<PaymentLine>,
    statuses: Vec<(Choice, bool)>,
    order: String,
    total: usize,
    is_filtered: bool,
}

#[derive(Template)]
#[template(path = "office/payment.html")]
struct PaymentPage {
    frame: Frame,
    operation: u64,
    amount: String,
    status: Badge,
    is_waiting: bool,
    is_paid: bool,
    is_settling: bool,
    facts: Vec<(&'static str, String)>,
    student_url: String,
    accounts: Vec<Choice>,
    forgeries: Vec<Choice>,
    queued: Vec<Queued>,
    ended: Vec<Ended>,
    timeline: Excerpt,
    dashboard: String,
    page: String,
}

pub(super) fn show(visit: &Visit<'_>) -> Option<Reply> {
    let frame = visit.frame(Place::Payments)?;
    let wanted = visit.query("statut").and_then(|name| words::named::<PaymentStatus>(&name));
    let order = visit.query("commande").unwrap_or_default();
    let statuses = words::STATUSES
        .into_iter()
        .map(|status| (Choice::new(status.name(), words::status(status)), wanted == Some(status)))
        .collect();
    let page = visit.look(|world| {
        let is_it = |payment: &&PaymentRecord| {
            wanted.is_none_or(|status| payment.status == status)
                && (order.is_empty() || payment.order_id == order || payment.operation_id.to_string() == order)
        };
        let found = newest_first(world.payments.values().filter(is_it));
        PaymentsPage {
            frame,
            total: found.len(),
            payments: found.into_iter().take(SHOWN).map(|payment| PaymentLine::new(payment, visit)).collect(),
            statuses,
            is_filtered: wanted.is_some() || !order.is_empty(),
            order,
        }
    })?;
    Some(visit::page(200, &page))
}

pub(super) fn show_one(visit: &Visit<'_>, operation: u64) -> Option<Reply> {
    let frame = visit.frame(Place::Payments)?.titled(format!("Paiement {operation}"));
    let page = visit.look(|world| Some(one(world, visit, frame, world.payments.get(&operation)?)))??;
    Some(visit::page(200, &page))
}

fn one(world: &World, visit: &Visit<'_>, frame: Frame, payment: &PaymentRecord) -> PaymentPage {
    let operation = payment.operation_id;
    let account = |account: &crate::Account| {
        let label = format!("{} – {} – {}", account.name, euros(account.balance_cents), words::state(account.state));
        Choice::new(&account.name, label)
    };
    let forgeries = [Forgery::Amount, Forgery::Operation, Forgery::Order, Forgery::Status];
    let deliveries = world.journal.deliveries().iter().filter(|delivery| delivery.operation_id == operation);
    PaymentPage {
        frame,
        operation,
        amount: euros(payment.amount_cents),
        status: words::status_badge(payment.status),
        is_waiting: payment.status == PaymentStatus::Waiting,
        is_paid: payment.status == PaymentStatus::Completed,
        is_settling: payment.settling,
        facts: facts(payment),
        student_url: payment.authorization_target(),
        accounts: world.accounts.iter().map(account).collect(),
        forgeries: forgeries.map(|forge| Choice::new(words::name_of(&forge), words::forgery(forge))).to_vec(),
        queued: world.waiting.iter().filter(|waiting| waiting.operation_id == operation).map(Queued::new).collect(),
        ended: deliveries.map(|delivery| Ended::new(delivery, visit)).collect(),
        timeline: Excerpt::of(world, visit, &Filter::about(operation)),
        page: visit.link(&format!("paiements/{operation}"), ""),
        dashboard: format!("{}#chronologie", visit.link("", &format!("operation={operation}"))),
    }
}

/// Everything that Izly knows of it, by the names of the protocol.
fn facts(payment: &PaymentRecord) -> Vec<(&'static str, String)> {
    let facts = [
        ("Commande (ClientOrderId)", Some(payment.order_id.clone())),
        ("Débit (IdTransactionDebitIzly)", Some(payment.transaction_id.to_string())),
        ("Partenaire", Some(payment.partner.clone())),
        ("Créé le", Some(payment.created.french())),
        ("Payé le", payment.paid.map(crate::Date::french)),
        ("Payé par", payment.customer.clone()),
        ("Remboursé le", payment.refunded.map(crate::Date::french)),
        ("Message", payment.message.clone()),
        ("CallbackParameters", payment.callback_parameters.clone()),
        ("RedirectUrlAfterPayment", payment.redirect_url.clone()),
        ("Software", payment.software.map(|software| software.to_string())),
    ];
    facts.into_iter().filter_map(|(name, value)| Some((name, value.filter(|value| !value.is_empty())?))).collect()
}

pub(super) async fn submit(visit: &Visit<'_>, operation: u64) -> Option<Reply> {
    let form = visit.form();
    let id = visit.id;
    let event = match form.action().as_str() {
        "valider" => {
            let name = form.text("compte");
            let account = visit.look(|world| world.account_named(&name))??;
            actions::approve(visit.app, id, operation, account).await
        }
        "annuler" => actions::cancel(visit.app, id, operation).await,
        "envoyer" => {
            let forge = words::named::<Forgery>(&form.text("falsification"));
            actions::send_callback(visit.app, id, operation, forge).await
        }
        "delivrer" => actions::deliver(visit.app, id, form.text("callback").parse().ok()?).await,
        "rejouer" => actions::replay(visit.app, id, form.text("callback").parse().ok()?).await,
        _ => return Some(super::foreign_form()),
    };
    Some(visit.done(&format!("paiements/{operation}"), event?))
}
