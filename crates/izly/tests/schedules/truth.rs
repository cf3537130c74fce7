//! Whether what a client says of a call is what happened.

use std::collections::BTreeMap;
use std::time::Duration;

use izly::{
    AccessToken, Cents, Client, Error, ErrorKind, NewPayment, OperationId, Order, Outcome, RefreshToken, RefundTarget,
    Retry, State, Tokens,
};
use izly_fault_server::Counts;
use serde_json::value::RawValue;

use super::plan::{Figures, Place, Plan};
use super::server::Scene;

/// What a success tells of its answer, under the answer's own names.
pub(crate) type Told = Vec<(&'static str, String)>;

/// One call, and what the server saw of it.
pub(crate) struct Seen {
    pub(crate) result: Result<Told, Error>,
    pub(crate) took: Duration,
    pub(crate) counts: Counts,
}

/// What a client may do at most.
struct Most {
    connections: u64,
    requests: u64,
}

impl Most {
    fn of(call: &str) -> Self {
        match call {
            "payment" | "user" => Most { connections: 3, requests: 3 },
            // One that certainly did not leave is tried again.
            "refresh" => Most { connections: 3, requests: 1 },
            _ => Most { connections: 1, requests: 1 },
        }
    }
}

/// Makes a call.
pub(crate) fn make(client: &Client, call: &str, figures: &Figures) -> Result<Told, Error> {
    let id = OperationId::new(figures.operation_id)?;
    let order = Order::new(format!("order-{}", figures.serial), Cents::new(figures.cents)?)?;
    match call {
        "payment" => client.payment(id).map(|payment| {
            vec![
                ("OperationId", payment.operation_id.to_string()),
                ("OrderId", payment.order_id),
                ("Amount", payment.amount.get().to_string()),
                ("OperationStatus", payment.status.to_string()),
            ]
        }),
        "user" => client.user(&AccessToken::new("access")).map(|user| {
            let izly_id = user.izly_id.map(|id| ("IdIzly", id.reveal().to_owned()));
            let rest = [("Societe", user.company), ("Tarif", user.rate)];
            izly_id.into_iter().chain(rest.into_iter().filter_map(|(name, text)| Some((name, text?)))).collect()
        }),
        "create_payment" => client.create_payment(&NewPayment::new(order)).map(|pending| {
            vec![("Id", pending.operation_id.to_string()), ("PaymentAuthorizationUrl", pending.authorization_url)]
        }),
        "refund" => client.refund(RefundTarget::new(id, order.id())?).map(|refund| {
            let amount = refund.amount.map(|amount| ("Amount", amount.get().to_string()));
            let id = [("OperationId", refund.operation_id.to_string()), ("OperationStatus", refund.status.to_string())];
            id.into_iter().chain(amount).chain(refund.order_id.map(|id| ("ClientOrderId", id))).collect()
        }),
        "exchange_code" => client.finish_login("code=abc%3d&state=s", &State::new("s")).map(|tokens| told(&tokens)),
        _ => client
            .refresh(&Tokens::new(AccessToken::new("access"), Some(RefreshToken::new(OLD))))
            .map(|tokens| told(&tokens)),
    }
}

const OLD: &str = "the one before";

fn told(tokens: &Tokens) -> Told {
    let refresh = tokens.refresh.iter().map(|refresh| ("refresh_token", refresh.reveal().to_owned()));
    // Where none comes, the old one is kept.
    let refresh = refresh.filter(|(_, text)| text != OLD);
    [("access_token", tokens.access.reveal().to_owned())].into_iter().chain(refresh).collect()
}

/// What is wrong with a client's word, if anything is.
pub(crate) fn lie(call: &str, plan: &Plan, scenes: &[Scene], seen: &Seen) -> Option<String> {
    let (most, counts) = (Most::of(call), seen.counts);
    if counts.connections > most.connections || counts.requests > most.requests {
        return Some(format!("sent too often: {counts:?}"));
    }
    match &seen.result {
        Ok(told) => false_success(told, scenes, counts),
        Err(error) => false_failure(call, plan, error, scenes, counts),
    }
}

fn false_failure(call: &str, plan: &Plan, error: &Error, scenes: &[Scene], counts: Counts) -> Option<String> {
    // A read is repeated, and a no is that of its last attempt.
    let last = usize::try_from(counts.connections).unwrap_or(usize::MAX).min(scenes.len());
    let was_carried_out = counts.commits > 0 && last > 0 && scenes[last - 1].carries_out;
    let is_write = ["create_payment", "refund"].contains(&call);
    let wrong = match error.outcome() {
        Outcome::NotSent if counts.requests > 0 => "not sent, says the client of what arrived",
        Outcome::Rejected if was_carried_out => "rejected, says the client of what was carried out",
        Outcome::Rejected if counts.requests == 0 && plan.place != Place::Here => "rejected, by nobody",
        Outcome::Unknown if is_write && error.retry() != Retry::LookUpFirst => "nobody is told to look first",
        _ if plan.is_fair() && error.kind() != ErrorKind::Timeout => "nothing was wrong with the first answer",
        _ => return None,
    };
    Some(format!("{wrong}: {error} {counts:?}"))
}

fn false_success(told: &Told, scenes: &[Scene], counts: Counts) -> Option<String> {
    if counts.commits == 0 {
        return Some(format!("a success of what was not carried out: {told:?} {counts:?}"));
    }
    let is_said = |scene: &Scene| said(&scene.body).is_some_and(|said| told.iter().all(|one| is_in(&said, one)));
    if told.is_empty() || !scenes.iter().any(is_said) {
        return Some(format!("no such figures were sent: {told:?}"));
    }
    None
}

fn is_in(said: &BTreeMap<String, String>, (name, told): &(&'static str, String)) -> bool {
    let Some(text) = said.get(&name.to_lowercase()) else { return false };
    match *name {
        "Amount" => centimes(text).as_ref() == Some(told),
        "OperationStatus" => text.eq_ignore_ascii_case(told),
        _ => text == told,
    }
}

/// The members of a JSON object and of the objects in it, by their names in lower case. Nothing if it is no JSON.
fn said(body: &[u8]) -> Option<BTreeMap<String, String>> {
    let members: BTreeMap<String, &RawValue> = serde_json::from_slice(body).ok()?;
    let mut said = BTreeMap::new();
    for (name, value) in members {
        let raw = value.get();
        said.extend(said_within(raw));
        let text = serde_json::from_str(raw).unwrap_or_else(|_| raw.to_owned());
        said.insert(name.to_lowercase(), text);
    }
    Some(said)
}

fn said_within(raw: &str) -> BTreeMap<String, String> {
    if raw.starts_with('{') { said(raw.as_bytes()).unwrap_or_default() } else { BTreeMap::new() }
}

/// An amount in euros as centimes, read from its letters.
fn centimes(text: &str) -> Option<String> {
    let (euros, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction = format!("{:0<2}", fraction.trim_end_matches('0'));
    (fraction.len() == 2).then_some(())?;
    format!("{euros}{fraction}").parse::<u64>().ok().map(|cents| cents.to_string())
}
