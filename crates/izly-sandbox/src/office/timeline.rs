//! The timeline: which steps a page shows, and what the script asks for next.

use std::collections::BTreeSet;
use std::time::Duration;

use askama::Template;
use tokio::time::{Instant, timeout_at};

use crate::fault::CallName;
use crate::http::Reply;
use crate::journal::{Happening, Journal};
use crate::office::dashboard::Summary;
use crate::office::field::Choice;
use crate::office::step::{self, Step};
use crate::office::visit::{self, Visit};
use crate::office::words;
use crate::world::World;

/// Steps on one page.
const SHOWN: usize = 50;

/// The most steps without their end that the script asks for again: all of them stand in an address.
const LATECOMERS: usize = 100;

/// How long the script waits for an answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// What somebody wants to see.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Filter {
    kind: Option<Kind>,
    call: Option<CallName>,
    operation: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Requests,
    Callbacks,
    Emails,
    Events,
}

const KINDS: [(Kind, &str, &str); 4] = [
    (Kind::Requests, "requetes", "Requêtes"),
    (Kind::Callbacks, "callbacks", "Callbacks"),
    (Kind::Emails, "e-mails", "E-mails"),
    (Kind::Events, "evenements", "Gestes d’administration"),
];

impl Filter {
    pub(super) fn of(visit: &Visit<'_>) -> Self {
        let kind = visit.query("genre");
        Self {
            kind: KINDS.into_iter().find(|(_, name, _)| kind.as_deref() == Some(name)).map(|(kind, _, _)| kind),
            call: visit.query("appel").and_then(|name| words::named(&name)),
            operation: visit.query("operation").and_then(|id| id.parse().ok()),
        }
    }

    /// Everything about one operation.
    pub(super) fn about(operation: u64) -> Self {
        Self { operation: Some(operation), ..Self::default() }
    }

    pub(super) fn is_set(&self) -> bool {
        *self != Self::default()
    }

    pub(super) fn operation_typed(&self) -> String {
        self.operation.map(|id| id.to_string()).unwrap_or_default()
    }

    pub(super) fn kinds(&self) -> Vec<(Choice, bool)> {
        KINDS.into_iter().map(|(kind, name, label)| (Choice::new(name, label), self.kind == Some(kind))).collect()
    }

    pub(super) fn calls(&self) -> Vec<(Choice, bool)> {
        let choice = |call: CallName| (Choice::new(words::name_of(&call), words::call(call)), self.call == Some(call));
        words::CALLS.into_iter().map(choice).collect()
    }

    /// As the query of an address.
    fn query(&self) -> String {
        let kind = KINDS.into_iter().find(|(kind, _, _)| self.kind == Some(*kind)).map(|(_, name, _)| name);
        let parts = [
            kind.map(|name| format!("genre={name}")),
            self.call.map(|call| format!("appel={}", words::name_of(&call))),
            self.operation.map(|id| format!("operation={id}")),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join("&")
    }

    fn wants(&self, happening: Happening<'_>) -> bool {
        let (kind, call) = match happening {
            Happening::Request(entry) => (Kind::Requests, entry.call),
            Happening::Callback(_) => (Kind::Callbacks, None),
            Happening::Email(_) => (Kind::Emails, None),
            Happening::Event(_) => (Kind::Events, None),
        };
        self.kind.is_none_or(|wanted| wanted == kind)
            && self.call.is_none_or(|wanted| call == Some(wanted))
            && self.operation.is_none_or(|id| is_about(happening, id))
    }
}

fn is_about(happening: Happening<'_>, operation: u64) -> bool {
    match happening {
        Happening::Request(entry) => entry.operation_id == Some(operation),
        Happening::Callback(delivery) => delivery.operation_id == operation,
        Happening::Email(email) => names(&email.text, operation),
        Happening::Event(event) => names(&event.text, operation),
    }
}

/// Whether a text for people names an operation: neither e-mails nor events know theirs.
fn names(text: &str, operation: u64) -> bool {
    let named = format!("pération {operation}");
    text.match_indices(&named).any(|(at, _)| !text[at + named.len()..].starts_with(|next: char| next.is_ascii_digit()))
}

/// The part of a timeline that a page shows.
pub(super) struct Excerpt {
    pub(super) steps: Vec<Step>,
    /// Where the steps before these are.
    pub(super) older: Option<String>,
    /// What the script asks for next, if it is to follow.
    pub(super) next: Option<String>,
}

impl Excerpt {
    /// The last steps, or those before the one that the address names.
    pub(super) fn of(world: &World, visit: &Visit<'_>, filter: &Filter) -> Self {
        let before = visit.query("avant").and_then(|sequence| sequence.parse::<u64>().ok());
        let mut wanted = world.journal.after(0);
        wanted.retain(|happening| before.is_none_or(|end| happening.sequence() < end) && filter.wants(*happening));
        let hidden = wanted.len().saturating_sub(SHOWN);
        let shown = &wanted[hidden..];
        let first = shown.first().map(Happening::sequence).filter(|_| hidden > 0);
        let older = first.map(|sequence| {
            let query = [filter.query(), format!("avant={sequence}")];
            let query: Vec<&str> = query.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
            format!("{}#chronologie", visit.link("", &query.join("&")))
        });
        Self {
            steps: shown.iter().map(|happening| Step::new(*happening, &world.wire, visit)).collect(),
            older,
            next: before.is_none().then(|| next(world, visit, filter)),
        }
    }
}

/// The address that tells what comes after now.
fn next(world: &World, visit: &Visit<'_>, filter: &Filter) -> String {
    let missing: Vec<String> = missing(&world.journal).iter().map(u64::to_string).collect();
    let parts = [
        format!("apres={}", world.journal.last_sequence()),
        if missing.is_empty() { String::new() } else { format!("manquants={}", missing.join(".")) },
        filter.query(),
    ];
    let query = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&");
    visit.link("chronologie", &query)
}

/// Places on the timeline whose step is not complete, the newest first: requests without their answer, callbacks on
/// their way.
fn missing(journal: &Journal) -> Vec<u64> {
    journal.unfinished().rev().take(LATECOMERS).collect()
}

fn is_complete(happening: Happening<'_>) -> bool {
    !matches!(happening, Happening::Request(entry) if step::is_open(entry))
}

/// What the script adds to the page.
#[derive(Template)]
#[template(path = "office/fragment.html")]
struct Fragment {
    steps: Vec<Step>,
    next: String,
    /// Whether the timeline was emptied meanwhile.
    is_new: bool,
    summary: Summary,
}

/// What the page at the other end knows.
struct Known {
    after: u64,
    missing: BTreeSet<u64>,
}

impl Known {
    fn of(visit: &Visit<'_>) -> Self {
        let number = |text: &str| text.parse().ok();
        Self {
            after: visit.query("apres").as_deref().and_then(number).unwrap_or(0),
            missing: visit.query("manquants").unwrap_or_default().split('.').filter_map(number).collect(),
        }
    }

    fn lacks(&self, happening: Happening<'_>) -> bool {
        let sequence = happening.sequence();
        sequence > self.after || (self.missing.contains(&sequence) && is_complete(happening))
    }
}

/// `GET /_sandbox/chronologie?apres=N`: the steps that the page does not have, once there are any, or none when nothing
/// has happened for a while.
pub(super) async fn fragment(visit: &Visit<'_>) -> Option<Reply> {
    let (known, filter) = (Known::of(visit), Filter::of(visit));
    let deadline = Instant::now() + PATIENCE;
    // Before the first look: what happens in between must not be missed.
    let mut changes = visit.app.watch();
    loop {
        let fragment = visit.look(|world| look(world, visit, &known, &filter))?;
        let is_news = fragment.is_new || !fragment.steps.is_empty();
        if is_news || timeout_at(deadline, changes.changed()).await.is_err() {
            return Some(visit::page(200, &fragment));
        }
    }
}

fn look(world: &World, visit: &Visit<'_>, known: &Known, filter: &Filter) -> Fragment {
    let is_new = world.journal.last_sequence() < known.after;
    let from = match known.missing.first() {
        _ if is_new => 0,
        Some(first) => known.after.min(first.saturating_sub(1)),
        None => known.after,
    };
    let mut news = world.journal.after(from);
    news.retain(|happening| (is_new || known.lacks(*happening)) && filter.wants(*happening));
    Fragment {
        steps: news.into_iter().map(|happening| Step::new(happening, &world.wire, visit)).collect(),
        next: next(world, visit, filter),
        is_new,
        summary: Summary::of(world, visit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{Clock, ClockMode};

    #[test]
    fn texts_that_name_an_operation() {
        assert!(names("Opération 586591, le 05/01/2026", 586_591));
        assert!(names("L’opération 586591 est annulée.", 586_591));
        assert!(!names("Opération 5865910", 586_591) && !names("Commande 586591", 586_591));
    }

    #[test]
    fn a_callback_on_its_way_is_missing() {
        let mut journal = Journal::default();
        let date = Clock::new(ClockMode::Virtual).now();
        assert!(missing(&journal).is_empty());
        journal.note(date, "un");
        let on_its_way = journal.begin_delivery();
        journal.note(date, "trois");
        assert_eq!(missing(&journal), [on_its_way]);
        journal.clear();
        assert_eq!(missing(&journal), [on_its_way], "it comes to an emptied timeline too");
        journal.end(on_its_way);
        assert!(missing(&journal).is_empty());
        for _ in 0..300 {
            journal.note(date, "encore");
        }
        assert!(missing(&journal).is_empty());
    }
}
