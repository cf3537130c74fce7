//! What happened, in order: requests, callbacks, e-mails, and what an administrator did.

use std::collections::{BTreeSet, VecDeque};
use std::fmt;

use serde::Serialize;

use crate::callback::Delivery;
use crate::clock::Date;
use crate::fault::{CallName, FaultKind};
use crate::mask;
use crate::remark::Remark;

/// Entries kept of each kind, and bytes of requests and answers. The oldest go first.
const KEPT: usize = 10_000;
const KEPT_BYTES: usize = 32 * 1024 * 1024;

/// One request and its answer.
///
/// The fields hold what was on the wire, secrets included: this is a test tool, and a test has to see them. `Debug`
/// shows no key, code, token, password or body.
#[derive(Clone)]
#[non_exhaustive]
pub struct JournalEntry {
    /// The place on the timeline that requests, callbacks and e-mails share, given when the request arrived.
    pub sequence: u64,
    /// The date on the sandbox's clock.
    pub date: Date,
    /// Which call of the protocol it was, if any.
    pub call: Option<CallName>,
    /// The operation it was about, if the address named one or the answer did.
    pub operation_id: Option<u64>,
    /// `GET`, `POST`, …
    pub method: String,
    /// Path and query exactly as received.
    pub target: String,
    /// The request's headers, names in lower case, in order of arrival (repeated ones side by side).
    pub headers: Vec<(String, String)>,
    /// The request's body.
    pub body: Vec<u8>,
    /// The answer's HTTP status; 0 while the request is being worked on, and when none was sent.
    pub status: u16,
    /// The answer's headers, as far as the sandbox sets them itself.
    pub response_headers: Vec<(String, String)>,
    /// The answer's body.
    pub response_body: Vec<u8>,
    /// How it misbehaved, if it was told to.
    pub fault: Option<FaultKind>,
    /// What a reader of the timeline should know.
    pub remarks: Vec<Remark>,
}

impl JournalEntry {
    /// The first header of that name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    fn bytes(&self) -> usize {
        let headers = |headers: &[(String, String)]| -> usize {
            headers.iter().map(|(name, value)| name.len() + value.len() + 48).sum()
        };
        512 + self.target.len()
            + self.body.len()
            + self.response_body.len()
            + headers(&self.headers)
            + headers(&self.response_headers)
    }
}

impl fmt::Debug for JournalEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JournalEntry")
            .field("sequence", &self.sequence)
            .field("date", &self.date)
            .field("call", &self.call)
            .field("method", &self.method)
            .field("target", &mask::text(&self.target))
            .field("headers", &masked(&self.headers))
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("status", &self.status)
            .field("response_headers", &masked(&self.response_headers))
            .field("response_body", &format_args!("{} bytes", self.response_body.len()))
            .field("fault", &self.fault)
            .field("remarks", &self.remarks)
            .finish_non_exhaustive()
    }
}

fn masked(headers: &[(String, String)]) -> Vec<(&str, String)> {
    headers.iter().map(|(name, value)| (name.as_str(), mask::header(name, value))).collect()
}

/// An e-mail that Izly would have sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Email {
    /// The place on the common timeline.
    pub sequence: u64,
    /// The date on the sandbox's clock.
    pub date: Date,
    /// The recipient.
    pub to: String,
    /// The subject, in French.
    pub subject: String,
    /// The text, in French.
    pub text: String,
}

/// Something an administrator did, in French.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Event {
    /// The place on the common timeline.
    pub sequence: u64,
    /// The date on the sandbox's clock.
    pub date: Date,
    /// What was done.
    pub text: String,
}

/// One step of the timeline.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Happening<'a> {
    Request(&'a JournalEntry),
    Callback(&'a Delivery),
    Email(&'a Email),
    Event(&'a Event),
}

impl Happening<'_> {
    pub(crate) fn sequence(&self) -> u64 {
        match self {
            Self::Request(entry) => entry.sequence,
            Self::Callback(delivery) => delivery.sequence,
            Self::Email(email) => email.sequence,
            Self::Event(event) => event.sequence,
        }
    }
}

/// The timeline.
#[derive(Debug, Clone, Default)]
pub(crate) struct Journal {
    last_sequence: u64,
    /// Steps that have begun and not ended.
    unfinished: BTreeSet<u64>,
    entries: VecDeque<JournalEntry>,
    bytes: usize,
    deliveries: VecDeque<Delivery>,
    emails: VecDeque<Email>,
    events: VecDeque<Event>,
}

impl Journal {
    /// The next place on the timeline.
    pub(crate) fn next_sequence(&mut self) -> u64 {
        self.last_sequence += 1;
        self.last_sequence
    }

    /// A place for a callback that begins. It joins the timeline when it has been [`delivered`](Journal::delivered).
    pub(crate) fn begin_delivery(&mut self) -> u64 {
        let sequence = self.next_sequence();
        self.unfinished.insert(sequence);
        sequence
    }

    /// A step has ended, or never will.
    pub(crate) fn end(&mut self, sequence: u64) {
        self.unfinished.remove(&sequence);
    }

    /// The last place before which every step has ended: whoever reads the timeline piece by piece and goes on from
    /// here misses nothing.
    pub(crate) fn last_settled(&self) -> u64 {
        self.unfinished.first().map_or(self.last_sequence, |first| first - 1)
    }

    /// The steps that have begun and not ended, in order.
    pub(crate) fn unfinished(&self) -> impl DoubleEndedIterator<Item = u64> {
        self.unfinished.iter().copied()
    }

    pub(crate) fn last_sequence(&self) -> u64 {
        self.last_sequence
    }

    /// Writes a request down as it arrives, so that one which hangs is visible too.
    pub(crate) fn open(&mut self, entry: JournalEntry) {
        self.bytes += entry.bytes();
        self.unfinished.insert(entry.sequence);
        if let Some(oldest) = keep(&mut self.entries, entry) {
            self.bytes -= oldest.bytes();
        }
    }

    /// Completes the entry that [`Journal::open`] began, if it is still kept.
    pub(crate) fn close(&mut self, sequence: u64, complete: impl FnOnce(&mut JournalEntry)) {
        self.unfinished.remove(&sequence);
        // From the end: the entry is among the last ones.
        if let Some(entry) = self.entries.iter_mut().rev().find(|entry| entry.sequence == sequence) {
            let before = entry.bytes();
            complete(entry);
            self.bytes = self.bytes + entry.bytes() - before;
        }
        while self.bytes > KEPT_BYTES
            && let Some(oldest) = self.entries.pop_front()
        {
            self.bytes -= oldest.bytes();
        }
    }

    pub(crate) fn delivered(&mut self, delivery: Delivery) {
        self.unfinished.remove(&delivery.sequence);
        keep(&mut self.deliveries, delivery);
    }

    pub(crate) fn send_email(&mut self, date: Date, to: String, subject: String, text: String) {
        let sequence = self.next_sequence();
        keep(&mut self.emails, Email { sequence, date, to, subject, text });
    }

    /// Returns its place.
    pub(crate) fn note(&mut self, date: Date, text: impl Into<String>) -> u64 {
        let sequence = self.next_sequence();
        keep(&mut self.events, Event { sequence, date, text: text.into() });
        sequence
    }

    /// Forgets everything but how far the numbers have come.
    pub(crate) fn clear(&mut self) {
        let unfinished = std::mem::take(&mut self.unfinished);
        *self = Self { last_sequence: self.last_sequence, unfinished, ..Self::default() };
    }

    pub(crate) fn entries(&self) -> &VecDeque<JournalEntry> {
        &self.entries
    }

    pub(crate) fn deliveries(&self) -> &VecDeque<Delivery> {
        &self.deliveries
    }

    /// The callback with this number, once it has ended.
    pub(crate) fn delivery(&self, id: u64) -> Option<&Delivery> {
        self.deliveries.iter().rev().find(|delivery| delivery.id == id)
    }

    pub(crate) fn emails(&self) -> &VecDeque<Email> {
        &self.emails
    }

    /// Everything after a place, in order.
    pub(crate) fn after(&self, sequence: u64) -> Vec<Happening<'_>> {
        let mut all: Vec<Happening<'_>> = self.entries.iter().map(Happening::Request).collect();
        all.extend(self.deliveries.iter().map(Happening::Callback));
        all.extend(self.emails.iter().map(Happening::Email));
        all.extend(self.events.iter().map(Happening::Event));
        all.retain(|happening| happening.sequence() > sequence);
        all.sort_by_key(Happening::sequence);
        all
    }
}

/// Adds an item. Returns the oldest one, where it had to make room.
fn keep<T>(queue: &mut VecDeque<T>, item: T) -> Option<T> {
    let oldest = if queue.len() == KEPT { queue.pop_front() } else { None };
    queue.push_back(item);
    oldest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{Clock, ClockMode};

    fn entry(sequence: u64) -> JournalEntry {
        JournalEntry {
            sequence,
            date: Clock::new(ClockMode::Virtual).now(),
            call: Some(CallName::Token),
            operation_id: None,
            method: "POST".into(),
            target: "/oauth/Home/Token?grant_type=authorization_code&Code=SECRET1&x=1".into(),
            headers: vec![("authorization".into(), "Basic SECRET2".into()), ("accept".into(), "*/*".into())],
            body: b"mot_de_passe=SECRET3".to_vec(),
            status: 0,
            response_headers: vec![("location".into(), "http://127.0.0.1/?code=SECRET4&state=SECRET5".into())],
            response_body: br#"{"access_token":"SECRET6"}"#.to_vec(),
            fault: None,
            remarks: Vec::new(),
        }
    }

    #[test]
    fn debug_shows_no_secret_and_keeps_the_rest() {
        let text = format!("{:?}", entry(1));
        assert!(!text.contains("SECRET"), "{text}");
        assert!(text.contains("grant_type=authorization_code&Code=…&x=1"), "{text}");
        assert!(text.contains("*/*"), "{text}");
    }

    #[test]
    fn forgets_the_oldest_and_survives_closing_a_forgotten_one() {
        let mut journal = Journal::default();
        for _ in 0..=KEPT {
            let sequence = journal.next_sequence();
            journal.open(entry(sequence));
        }
        journal.close(1, |entry| entry.status = 200);
        journal.close(2, |entry| entry.status = 204);
        let entries = journal.entries();
        assert_eq!((entries.len(), entries[0].sequence, entries[0].status), (KEPT, 2, 204));
        assert!(entries.iter().skip(1).all(|entry| entry.status == 0));
        let counted: usize = entries.iter().map(JournalEntry::bytes).sum();
        assert_eq!(journal.bytes, counted);
    }

    #[test]
    fn large_bodies_are_forgotten_sooner() {
        let mut journal = Journal::default();
        for _ in 0..50 {
            let sequence = journal.next_sequence();
            journal.open(entry(sequence));
            journal.close(sequence, |entry| entry.response_body = vec![b'x'; 1024 * 1024]);
        }
        assert!(journal.bytes <= KEPT_BYTES && journal.entries().len() >= 30, "{}", journal.entries().len());
    }

    #[test]
    fn the_timeline_is_in_order() {
        let mut journal = Journal::default();
        let date = Clock::new(ClockMode::Virtual).now();
        let sequence = journal.next_sequence();
        journal.note(date, "horloge");
        journal.send_email(date, "a@example.fr".into(), "Objet".into(), "Texte".into());
        journal.open(entry(sequence));
        let order: Vec<u64> = journal.after(0).iter().map(Happening::sequence).collect();
        assert_eq!(order, [1, 2, 3]);
        assert_eq!(journal.after(2).len(), 1);
        journal.clear();
        assert!(journal.after(0).is_empty() && journal.last_sequence() == 3);
    }
}
