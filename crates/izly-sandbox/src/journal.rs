//! What happened, in order: requests, callbacks, e-mails.

use std::collections::VecDeque;
use std::fmt;

use crate::callback::Delivery;
use crate::clock::Date;

/// Entries kept of each kind. The oldest go first.
const KEPT: usize = 10_000;

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
    /// `GET`, `POST`, …
    pub method: String,
    /// Path and query exactly as received.
    pub target: String,
    /// The request's headers, names in lower case, in order of arrival (repeated ones side by side).
    pub headers: Vec<(String, String)>,
    /// The request's body.
    pub body: Vec<u8>,
    /// The answer's HTTP status; 0 while the request is being worked on.
    pub status: u16,
    /// The answer's headers, as far as the sandbox sets them itself.
    pub response_headers: Vec<(String, String)>,
    /// The answer's body.
    pub response_body: Vec<u8>,
    /// What the sandbox tolerated or did that a reader of the timeline should know, in English.
    pub notes: Vec<String>,
}

impl JournalEntry {
    /// The first header of that name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

impl fmt::Debug for JournalEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JournalEntry")
            .field("sequence", &self.sequence)
            .field("date", &self.date)
            .field("method", &self.method)
            .field("target", &mask_query(&self.target))
            .field("headers", &mask_headers(&self.headers))
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("status", &self.status)
            .field("response_headers", &mask_headers(&self.response_headers))
            .field("response_body", &format_args!("{} bytes", self.response_body.len()))
            .field("notes", &self.notes)
            .finish()
    }
}

/// An e-mail that Izly would have sent.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// The timeline.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    last_sequence: u64,
    entries: VecDeque<JournalEntry>,
    deliveries: VecDeque<Delivery>,
    emails: VecDeque<Email>,
}

impl Journal {
    /// The next place on the timeline.
    pub(crate) fn next_sequence(&mut self) -> u64 {
        self.last_sequence += 1;
        self.last_sequence
    }

    /// Writes a request down as it arrives, so that one which hangs is visible too.
    pub(crate) fn open(&mut self, entry: JournalEntry) {
        push(&mut self.entries, entry);
    }

    /// Completes the entry that [`Journal::open`] began, if it is still kept.
    pub(crate) fn close(&mut self, sequence: u64, complete: impl FnOnce(&mut JournalEntry)) {
        // From the end: the entry is among the last ones.
        if let Some(entry) = self.entries.iter_mut().rev().find(|entry| entry.sequence == sequence) {
            complete(entry);
        }
    }

    pub(crate) fn delivered(&mut self, delivery: Delivery) {
        push(&mut self.deliveries, delivery);
    }

    pub(crate) fn send_email(&mut self, date: Date, to: String, subject: String, text: String) {
        let sequence = self.next_sequence();
        push(&mut self.emails, Email { sequence, date, to, subject, text });
    }

    pub(crate) fn entries(&self) -> Vec<JournalEntry> {
        self.entries.iter().cloned().collect()
    }

    pub(crate) fn deliveries(&self) -> Vec<Delivery> {
        self.deliveries.iter().cloned().collect()
    }

    pub(crate) fn emails(&self) -> Vec<Email> {
        self.emails.iter().cloned().collect()
    }
}

fn push<T>(queue: &mut VecDeque<T>, item: T) {
    if queue.len() == KEPT {
        queue.pop_front();
    }
    queue.push_back(item);
}

/// `…?code=…&state=…`: the names stay, the values of everything secret go.
pub(crate) fn mask_query(target: &str) -> String {
    const SECRET: [&str; 5] = ["code", "token", "refresh_token", "access_token", "state"];
    let Some((path, query)) = target.split_once('?') else { return target.to_owned() };
    let parts: Vec<String> = query
        .split('&')
        .map(|part| match part.split_once('=') {
            Some((name, _)) if SECRET.iter().any(|secret| secret.eq_ignore_ascii_case(name)) => format!("{name}=…"),
            _ => part.to_owned(),
        })
        .collect();
    format!("{path}?{}", parts.join("&"))
}

fn mask_headers(headers: &[(String, String)]) -> Vec<(&str, String)> {
    let mask = |name: &str, value: &str| match name {
        "authorization" | "cookie" | "set-cookie" | "proxy-authorization" => "…".to_owned(),
        "location" | "referer" => mask_query(value),
        _ => value.to_owned(),
    };
    headers.iter().map(|(name, value)| (name.as_str(), mask(name, value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{Clock, ClockMode};

    fn entry(sequence: u64) -> JournalEntry {
        JournalEntry {
            sequence,
            date: Clock::new(ClockMode::Virtual).now(),
            method: "POST".into(),
            target: "/oauth/Home/Token?grant_type=authorization_code&Code=SECRET1&x=1".into(),
            headers: vec![("authorization".into(), "Basic SECRET2".into()), ("accept".into(), "*/*".into())],
            body: b"mot_de_passe=SECRET3".to_vec(),
            status: 0,
            response_headers: vec![("location".into(), "http://127.0.0.1/?code=SECRET4&state=SECRET5".into())],
            response_body: br#"{"access_token":"SECRET6"}"#.to_vec(),
            notes: Vec::new(),
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
        assert!(entries[1..].iter().all(|entry| entry.status == 0));
    }
}
