//! A body as `serde_json` reads it, to compare with.
//!
//! How our reader relates to it, both ways:
//!
//! - what we accept is UTF-8 (a byte-order mark aside) and one JSON object by the grammar (`IgnoredAny`), nesting at
//!   most 64 deep, half of the 128 at which `serde_json` itself gives up;
//! - it is a `Value` too, but for two things that are grammar and still no `Value`: a number beyond an `f64`, and the
//!   escape of half a surrogate pair. A field that nobody reads keeps both as they came;
//! - what we call no JSON is no `Value`; what we call too deep is; what we call no object is none.

use std::collections::BTreeMap;

use izly::{Error, ErrorKind};
use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;

const MAX_DEPTH: usize = 64;

/// The text of a body, as RFC 8259 has it.
fn text(body: &[u8]) -> Option<&str> {
    std::str::from_utf8(body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)).ok()
}

/// Of a body that was accepted.
pub(crate) fn assert_accepted(body: &[u8]) {
    let text = text(body).expect("what is accepted is UTF-8");
    let grammar = serde_json::from_str::<IgnoredAny>(text);
    assert!(grammar.is_ok(), "accepted, but serde_json says: {grammar:?}");
    assert!(is_object(text), "accepted, and no object");
    match serde_json::from_str::<Value>(text) {
        Ok(value) => assert!(depth(&value) <= MAX_DEPTH, "accepted at a depth of {}", depth(&value)),
        Err(error) => assert!(is_beyond_a_value(&error), "accepted, but serde_json says: {error}"),
    }
}

/// Of a body that was refused as a whole, before any of its fields was looked at.
pub(crate) fn assert_fairly_refused(body: &[u8], error: &Error) {
    if error.kind() != ErrorKind::Unreadable || error.field().is_some() {
        return;
    }
    let line = error.to_string();
    let Some((_, rule)) = line.split_once("the body ") else {
        // Nothing is said of a name in which a secret hides.
        return assert!(line.contains(": ***"), "{line}");
    };
    let text = text(body);
    let value = text.map(serde_json::from_str::<Value>);
    let is_fair = if rule.starts_with("is not UTF-8") {
        text.is_none()
    } else if rule.starts_with("is empty") {
        text.is_some_and(|text| text.trim_ascii().is_empty())
    } else if rule.starts_with("nests deeper") {
        !matches!(value, Some(Ok(value)) if depth(&value) <= MAX_DEPTH)
    } else if rule.starts_with("is not JSON (") || rule.starts_with("ends too early") {
        matches!(value, Some(Err(_)))
    } else if rule.starts_with("is not a JSON object") {
        text.is_some_and(|text| !is_object(text))
    } else {
        rule.starts_with("holds `")
    };
    assert!(is_fair, "refused for no reason: {line}");
}

fn is_object(text: &str) -> bool {
    text.trim_ascii_start().starts_with('{')
}

/// How deep objects and lists stand in one another.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

fn is_beyond_a_value(error: &serde_json::Error) -> bool {
    let words = error.to_string();
    ["number out of range", "lone leading surrogate", "unexpected end of hex escape"]
        .iter()
        .any(|known| words.starts_with(known))
}

/// The fields of an object, each still raw.
pub(crate) struct Fields(BTreeMap<String, Box<RawValue>>);

impl Fields {
    /// No fields for what is no object.
    pub(crate) fn of(body: &[u8]) -> Self {
        Fields(text(body).and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default())
    }

    /// The raw text of the field of this name, whatever its casing.
    fn raw(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, raw)| raw.get())
    }

    /// The fields of an object in this one.
    pub(crate) fn inside(&self, name: &str) -> Fields {
        Fields::of(self.raw(name).unwrap_or_default().as_bytes())
    }

    /// Whether the field is there and holds something.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.raw(name).is_some_and(|raw| !matches!(raw, "null" | "\"\""))
    }

    /// A text, or a number as it is written; nothing for null, an empty text and what is neither.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let raw = self.raw(name)?;
        match raw.as_bytes().first()? {
            b'"' => serde_json::from_str(raw).ok().filter(|text: &String| !text.is_empty()),
            b'-' | b'0'..=b'9' => Some(raw.to_owned()),
            _ => None,
        }
    }

    /// A whole number, as one or as a text.
    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        let text = self.text(name)?;
        // Rust would take a plus sign, which no JSON number has.
        text.parse().ok().filter(|_| !text.starts_with('+'))
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}
