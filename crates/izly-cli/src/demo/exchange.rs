//! One request and its answer, as it really travelled, with the secrets covered.

use izly::{CallRecord, Outcome};
use izly_sandbox::{Delivery, JournalEntry};
use serde::{Serialize, Serializer};

use super::partner_site::{CALLBACK, Visit};
use super::student::{error_message, headline};
use crate::redact;

/// The request headers that belong to the protocol. The others are HTTP's own affair.
const SHOWN_HEADERS: [(&str, &str); 4] = [
    ("authorization", "Authorization"),
    ("appidentifier", "AppIdentifier"),
    ("content-type", "Content-Type"),
    ("content-length", "Content-Length"),
];

/// Who talks to whom, and what was said.
#[derive(Debug, Serialize)]
pub(super) struct Exchange {
    pub(super) from: &'static str,
    pub(super) to: &'static str,
    pub(super) method: String,
    pub(super) target: String,
    #[serde(serialize_with = "as_object")]
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Option<String>,
    pub(super) status: Option<u16>,
    /// Where the answer sends the browser.
    pub(super) location: Option<String>,
    /// The answer: JSON, or what a page says.
    pub(super) reply: Option<String>,
    /// The place among all exchanges of a step.
    #[serde(skip)]
    pub(super) place: (u64, u8),
}

impl Exchange {
    /// A request that reached the sandbox: from the site's SDK, or from the browser.
    pub(super) fn from_journal(entry: &JournalEntry) -> Self {
        let from =
            if entry.header("user-agent").is_some_and(|agent| agent.starts_with("izly/")) { "site" } else { "browser" };
        let headers = if from == "site" { shown_headers(entry) } else { Vec::new() };
        let location = entry.response_headers.iter().find(|(name, _)| name == "location");
        Exchange {
            from,
            to: "Izly",
            method: entry.method.clone(),
            target: redact::target(&entry.target),
            headers,
            body: body(&entry.body),
            status: Some(entry.status),
            location: location.map(|(name, value)| redact::header(name, value)),
            reply: reply(&entry.response_body),
            place: (entry.sequence, 0),
        }
    }

    /// A callback by the sandbox.
    pub(super) fn from_delivery(delivery: &Delivery) -> Self {
        Exchange {
            from: "Izly",
            to: "site",
            method: "POST".to_owned(),
            target: redact::target(path_of(&delivery.url)),
            headers: vec![("Content-Type", "application/json".to_owned())],
            body: body(delivery.body.as_bytes()),
            status: delivery.status,
            location: None,
            reply: reply(delivery.reply_body.as_bytes()).or_else(|| delivery.error.clone()),
            place: (delivery.sequence, 0),
        }
    }

    /// A request to the site that the sandbox did not make.
    pub(super) fn from_visit(visit: &Visit) -> Self {
        let is_callback = visit.target.starts_with(CALLBACK);
        Exchange {
            from: if is_callback { "stranger" } else { "browser" },
            to: "site",
            method: visit.method.clone(),
            target: redact::target(&visit.target),
            headers: if is_callback { vec![("Content-Type", "application/json".to_owned())] } else { Vec::new() },
            body: body(visit.body.as_bytes()),
            status: Some(visit.status),
            location: None,
            reply: reply(visit.reply.as_bytes()),
            place: (visit.after, 1),
        }
    }

    /// A request of the SDK's that never reached the sandbox, as the client's observer saw it, and its query, which
    /// the observer never sees.
    pub(super) fn from_record(record: &CallRecord, query: Option<&str>) -> Self {
        let ending = record.error.map(|kind| format!("no answer: {kind}, attempt {}", record.attempt));
        Exchange {
            from: "site",
            // Whether it got there is just what such a step is about.
            to: if record.outcome == Some(Outcome::NotSent) { "nobody" } else { "Izly?" },
            method: record.method.as_str().to_owned(),
            target: match query {
                Some(query) => redact::target(&format!("{}?{query}", record.path)),
                None => record.path.clone(),
            },
            headers: Vec::new(),
            body: None,
            status: record.status,
            location: None,
            reply: ending,
            place: (u64::MAX, 0),
        }
    }
}

/// Headers in their order, as a JSON object.
fn as_object<S: Serializer>(headers: &[(&'static str, String)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(headers.iter().map(|(name, value)| (name, value)))
}

fn shown_headers(entry: &JournalEntry) -> Vec<(&'static str, String)> {
    let is_shown = |name: &str, value: &str| match name {
        // A length is worth a line only where it is the whole body: IIS insists on it.
        "content-length" => value == "0",
        _ => true,
    };
    SHOWN_HEADERS
        .iter()
        .filter_map(|(name, label)| {
            let value = entry.header(name).filter(|value| is_shown(name, value))?;
            Some((*label, redact::header(name, value)))
        })
        .collect()
}

fn path_of(url: &str) -> &str {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    after_scheme.find('/').map_or("/", |at| &after_scheme[at..])
}

fn body(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    match text.chars().next()? {
        '{' => Some(redact::json(&text)),
        _ => Some(redact::form(&text)),
    }
}

/// JSON as it is, a page as what a student reads on it.
fn reply(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    match text.chars().next()? {
        '{' => Some(redact::json(&text)),
        '<' => {
            let title = headline(&text).map(|title| format!("page « {title} »"));
            let error = error_message(&text).map(|error| format!("« {error} »"));
            Some([title, error].into_iter().flatten().collect::<Vec<_>>().join(" "))
        }
        _ => Some(text.into_owned()),
    }
}
