//! What the admin API shows of the sandbox's things.

use serde::Serialize;
use serde_json::{Value, json};

use crate::app::App;
use crate::callback::{Delivery, Due, Waiting};
use crate::clock::{Clock, ClockMode, Date};
use crate::guide;
use crate::journal::{Happening, JournalEntry};
use crate::mask;
use crate::partner::Partner;
use crate::payment::{PaymentRecord, PaymentStatus};
use crate::wire::Wire;
use crate::world::World;

/// A partner's registration, with its key in place of what the key is made of.
pub(crate) fn partner(partner: &Partner) -> Value {
    json!({
        "type": partner.kind,
        "site_name": partner.site_name,
        "callback_url": partner.callback_url,
        "login_redirect_url": partner.login_redirect_url,
        "payment_redirect_url": partner.payment_redirect_url,
        "home_page_url": partner.home_page_url,
        "approved": partner.approved,
        "izly_pay": partner.izly_pay,
        "callback_allowed": partner.callback_allowed,
        "identifier": partner.identifier,
        "account_id": partner.account_id,
        "api_key": partner.api_key(),
    })
}

/// A payment, with the address of its page in place of the page's token.
#[derive(Serialize)]
pub(crate) struct PaymentView<'a> {
    operation_id: u64,
    transaction_id: u64,
    partner: &'a str,
    order_id: &'a str,
    amount_cents: u64,
    status: PaymentStatus,
    created: Date,
    paid: Option<Date>,
    refunded: Option<Date>,
    message: Option<&'a str>,
    callback_parameters: Option<&'a str>,
    redirect_url: Option<&'a str>,
    software: Option<u64>,
    customer: Option<&'a str>,
    authorization_url: String,
}

impl<'a> PaymentView<'a> {
    pub(crate) fn new(app: &App, payment: &'a PaymentRecord) -> Self {
        Self {
            operation_id: payment.operation_id,
            transaction_id: payment.transaction_id,
            partner: &payment.partner,
            order_id: &payment.order_id,
            amount_cents: payment.amount_cents,
            status: payment.status,
            created: payment.created,
            paid: payment.paid,
            refunded: payment.refunded,
            message: payment.message.as_deref(),
            callback_parameters: payment.callback_parameters.as_deref(),
            redirect_url: payment.redirect_url.as_deref(),
            software: payment.software,
            customer: payment.customer.as_deref(),
            authorization_url: format!("{}{}", app.base_url, payment.authorization_target()),
        }
    }
}

/// A callback that has ended.
pub(crate) fn ended(delivery: &Delivery) -> Value {
    json!({
        "id": delivery.id,
        "sequence": delivery.sequence,
        "date": delivery.date,
        "operation_id": delivery.operation_id,
        "attempt": delivery.attempt,
        "url": delivery.url,
        "body": delivery.body,
        "state": "ended",
        "due": null,
        "sent": delivery.sent,
        "status": delivery.status,
        "reply_body": delivery.reply_body,
        "accepted": delivery.accepted(),
        "error": delivery.error,
    })
}

/// A callback that waits.
pub(crate) fn waiting(world: &World, waiting: &Waiting) -> Value {
    let due = match waiting.due {
        _ if waiting.in_flight => "on its way".to_owned(),
        Due::Manual => "manual".to_owned(),
        Due::Soon => "soon".to_owned(),
        Due::After { advanced, .. } => format!("in {} s", advanced.saturating_sub(world.clock.advanced_seconds())),
    };
    json!({
        "id": waiting.id,
        "sequence": null,
        "date": null,
        "operation_id": waiting.operation_id,
        "attempt": waiting.attempt,
        "url": waiting.url,
        "body": waiting.body,
        "state": "waiting",
        "due": due,
        "sent": false,
        "status": null,
        "reply_body": "",
        "accepted": false,
        "error": waiting.obstacle,
    })
}

/// The clock.
#[derive(Serialize)]
pub(crate) struct ClockView {
    mode: ClockMode,
    now: Date,
    advanced_seconds: u64,
}

impl ClockView {
    pub(crate) fn new(clock: &Clock) -> Self {
        Self { mode: clock.mode(), now: clock.now(), advanced_seconds: clock.advanced_seconds() }
    }
}

/// A step of the timeline, without what is secret in it unless `reveal` says so.
pub(crate) fn happening(happening: Happening<'_>, wire: &Wire, reveal: bool) -> Value {
    match happening {
        Happening::Request(entry) => request(entry, reveal),
        Happening::Callback(delivery) => json!({
            "sequence": delivery.sequence,
            "date": delivery.date,
            "kind": "callback",
            "delivery": ended(&if reveal { delivery.clone() } else { masked(delivery) }),
            "remarks": guide::callback_remarks(delivery.sent, delivery.attempt, wire),
        }),
        Happening::Email(email) => json!({
            "sequence": email.sequence,
            "date": email.date,
            "kind": "email",
            "to": email.to,
            "subject": email.subject,
            "text": email.text,
        }),
        Happening::Event(event) => {
            json!({ "sequence": event.sequence, "date": event.date, "kind": "event", "text": event.text })
        }
    }
}

/// A callback without what is secret in it: its parameters may be a partner's own signature.
fn masked(delivery: &Delivery) -> Delivery {
    Delivery {
        url: mask::text(&delivery.url),
        body: mask::text(&delivery.body),
        reply_body: mask::text(&delivery.reply_body),
        ..delivery.clone()
    }
}

fn request(entry: &JournalEntry, reveal: bool) -> Value {
    let text = |text: &str| if reveal { text.to_owned() } else { mask::text(text) };
    let headers = |headers: &[(String, String)]| -> Vec<(String, String)> {
        let shown = |(name, value): &(String, String)| {
            (name.clone(), if reveal { value.clone() } else { mask::header(name, value) })
        };
        headers.iter().map(shown).collect()
    };
    json!({
        "sequence": entry.sequence,
        "date": entry.date,
        "kind": "request",
        "call": entry.call,
        "operation_id": entry.operation_id,
        "method": entry.method,
        "target": text(&entry.target),
        "headers": headers(&entry.headers),
        "body": text(&String::from_utf8_lossy(&entry.body)),
        "status": entry.status,
        "response_headers": headers(&entry.response_headers),
        "response_body": text(&String::from_utf8_lossy(&entry.response_body)),
        "fault": entry.fault,
        "remarks": entry.remarks,
    })
}
