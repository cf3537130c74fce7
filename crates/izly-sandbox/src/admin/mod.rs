//! The admin API: `/_sandbox/api`, for programs. `openapi.json` is its description.

mod accounts;
mod callbacks;
mod faults;
mod journal;
mod partners;
mod payments;
mod problem;
mod question;
mod settings;
pub(crate) mod views;
mod whole;

use std::sync::Arc;

use crate::app::App;
use crate::http::{Incoming, Reply};

use problem::Problem;
use question::Question;

/// An address of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Address {
    OpenApi,
    Reset,
    Snapshot,
    Partners,
    Partner,
    Accounts,
    Account,
    Payments,
    Payment,
    Approve,
    Cancel,
    Callbacks,
    Logins,
    Deliveries,
    Delivery,
    Deliver,
    Replay,
    CallbackSettings,
    Wire,
    Faults,
    Fault,
    Clock,
    AdvanceClock,
    Journal,
    Emails,
}

/// An address's path, in which a segment in braces stands for any text, the methods it takes, and its parameters.
struct Entry {
    path: &'static str,
    address: Address,
    methods: &'static [&'static str],
    parameters: &'static [&'static str],
}

const fn entry(
    path: &'static str,
    address: Address,
    methods: &'static [&'static str],
    parameters: &'static [&'static str],
) -> Entry {
    Entry { path, address, methods, parameters }
}

/// The parameter that most addresses take, and those of lists.
const PARTNER: &[&str] = &["partner"];
const PAYMENTS: &[&str] = &["partner", "status", "order_id", "limit"];
const DELIVERIES: &[&str] = &["partner", "operation_id", "state"];
const JOURNAL: &[&str] =
    &["partner", "after", "limit", "kind", "call", "method", "status", "operation_id", "reveal", "wait_ms"];

const ADDRESSES: [Entry; 25] = [
    entry("openapi.json", Address::OpenApi, &["GET"], &[]),
    entry("reset", Address::Reset, &["POST"], PARTNER),
    entry("snapshot", Address::Snapshot, &["GET", "PUT"], &[]),
    entry("partners", Address::Partners, &["GET", "POST"], &[]),
    entry("partner", Address::Partner, &["GET", "PATCH", "DELETE"], PARTNER),
    entry("accounts", Address::Accounts, &["GET", "POST"], PARTNER),
    entry("accounts/{name}", Address::Account, &["GET", "PATCH"], PARTNER),
    entry("payments", Address::Payments, &["GET"], PAYMENTS),
    entry("payments/{operation_id}", Address::Payment, &["GET"], PARTNER),
    entry("payments/{operation_id}/approve", Address::Approve, &["POST"], PARTNER),
    entry("payments/{operation_id}/cancel", Address::Cancel, &["POST"], PARTNER),
    entry("callbacks", Address::Callbacks, &["POST"], PARTNER),
    entry("logins", Address::Logins, &["POST"], PARTNER),
    entry("deliveries", Address::Deliveries, &["GET"], DELIVERIES),
    entry("deliveries/{id}", Address::Delivery, &["GET"], PARTNER),
    entry("deliveries/{id}/deliver", Address::Deliver, &["POST"], PARTNER),
    entry("deliveries/{id}/replay", Address::Replay, &["POST"], PARTNER),
    entry("callback-settings", Address::CallbackSettings, &["GET", "PATCH"], PARTNER),
    entry("wire", Address::Wire, &["GET", "PATCH"], PARTNER),
    entry("faults", Address::Faults, &["GET", "POST", "DELETE"], PARTNER),
    entry("faults/{id}", Address::Fault, &["DELETE"], PARTNER),
    entry("clock", Address::Clock, &["GET", "PATCH"], PARTNER),
    entry("clock/advance", Address::AdvanceClock, &["POST"], PARTNER),
    entry("journal", Address::Journal, &["GET", "DELETE"], JOURNAL),
    entry("emails", Address::Emails, &["GET"], PARTNER),
];

/// Answers a request to the admin API.
pub(crate) async fn answer(app: &Arc<App>, request: &Incoming) -> Reply {
    let path = request.path().get("/_sandbox/api/".len()..).unwrap_or_default();
    let Some((entry, variable)) = find(path) else {
        return Problem::new(404, "there is no such address in the admin API").reply();
    };
    if !entry.methods.contains(&request.method.as_str()) {
        return wrong_method(entry.methods);
    }
    let answered = match Question::new(app, request, variable, entry.parameters) {
        Ok(question) => route(entry.address, &question).await,
        Err(problem) => Err(problem),
    };
    answered.unwrap_or_else(|problem| problem.reply())
}

/// A header for the sandbox, on a request to Izly, that makes no sense.
pub(crate) fn wrong_header(name: &str, reason: &str) -> Reply {
    Problem::field(name, reason).reply()
}

pub(crate) fn wrong_method(methods: &[&str]) -> Reply {
    let problem = Problem::new(405, "this address does not accept that method");
    problem.reply().header("allow", methods.join(", "))
}

/// A body that was too long, or broke off.
pub(crate) fn too_long() -> Reply {
    Problem::new(413, "the body is too long or incomplete").reply()
}

/// A request from somewhere it must not come from.
pub(crate) fn refused(reason: &str) -> Reply {
    Problem::new(403, reason).reply()
}

async fn route(address: Address, question: &Question<'_>) -> Result<Reply, Problem> {
    match (address, question.request.method.as_str()) {
        (Address::OpenApi, _) => Ok(Reply::json_text(200, include_str!("../../openapi.json").to_owned())),
        (Address::Reset, _) => whole::reset(question),
        (Address::Snapshot, "GET") => Ok(whole::snapshot(question)),
        (Address::Snapshot, _) => whole::restore(question),
        (Address::Partners, "GET") => Ok(partners::list(question)),
        (Address::Partners, _) => partners::add(question),
        (Address::Partner, "GET") => partners::show(question),
        (Address::Partner, "DELETE") => partners::remove(question),
        (Address::Partner, _) => partners::change(question),
        (Address::Accounts, "GET") => accounts::list(question),
        (Address::Accounts, _) => accounts::add(question),
        (Address::Account, "GET") => accounts::show(question),
        (Address::Account, _) => accounts::change(question),
        (Address::Payments, _) => payments::list(question),
        (Address::Payment, _) => payments::show(question),
        (Address::Approve, _) => payments::approve(question).await,
        (Address::Cancel, _) => payments::cancel(question).await,
        (Address::Callbacks, _) => callbacks::send(question).await,
        (Address::Logins, _) => accounts::log_in(question),
        (Address::Deliveries, _) => callbacks::list(question),
        (Address::Delivery, _) => callbacks::show(question),
        (Address::Deliver, _) => callbacks::deliver_now(question).await,
        (Address::Replay, _) => callbacks::replay_one(question).await,
        (Address::CallbackSettings, "GET") => callbacks::settings(question),
        (Address::CallbackSettings, _) => callbacks::change_settings(question),
        (Address::Wire, "GET") => settings::wire(question),
        (Address::Wire, _) => settings::change_wire(question),
        (Address::Faults, "GET") => faults::list(question),
        (Address::Faults, "DELETE") => faults::clear(question),
        (Address::Faults, _) => faults::add(question),
        (Address::Fault, _) => faults::remove(question),
        (Address::Clock, "GET") => settings::clock(question),
        (Address::Clock, _) => settings::change_clock(question),
        (Address::AdvanceClock, _) => settings::advance_clock(question).await,
        (Address::Journal, "GET") => journal::list(question).await,
        (Address::Journal, _) => journal::clear(question),
        (Address::Emails, _) => journal::emails(question),
    }
}

/// The address of a path, and the text that stands where it has braces.
fn find(path: &str) -> Option<(Entry, String)> {
    ADDRESSES.into_iter().find_map(|entry| matched(entry.path, path).map(|variable| (entry, variable)))
}

fn matched(pattern: &str, path: &str) -> Option<String> {
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    let mut variable = String::new();
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(variable),
            (Some(wanted), Some(given)) if wanted.starts_with('{') && !given.is_empty() => {
                variable = question::percent_decoded(given);
            }
            (Some(wanted), Some(given)) if wanted == given => {}
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn addresses_are_found_with_what_they_name() {
        let name = |path| find(path).map(|(entry, variable)| (entry.address, variable));
        assert_eq!(name("wire"), Some((Address::Wire, String::new())));
        assert_eq!(name("accounts/riche%40example.fr"), Some((Address::Account, "riche@example.fr".into())));
        assert_eq!(name("payments/12/approve"), Some((Address::Approve, "12".into())));
        for path in ["", "/", "wires", "wire/", "accounts/", "payments/1/2/3", "payments//approve"] {
            assert_eq!(name(path), None, "{path}");
        }
    }

    #[test]
    fn the_description_has_every_address_and_method_and_no_other() {
        let description: serde_json::Value = serde_json::from_str(include_str!("../../openapi.json")).unwrap();
        let mut described = BTreeSet::new();
        for (path, item) in description["paths"].as_object().unwrap() {
            for method in ["get", "post", "put", "patch", "delete"] {
                if item.get(method).is_some() {
                    described.insert((path.clone(), method.to_uppercase()));
                }
            }
        }
        let mut served = BTreeSet::from([("/_sandbox/ready".to_owned(), "GET".to_owned())]);
        for entry in ADDRESSES {
            let path = format!("/_sandbox/api/{}", entry.path);
            served.extend(entry.methods.iter().map(|method| (path.clone(), (*method).to_owned())));
        }
        assert_eq!(described, served);
    }
}
