//! The reading rules of protocol §6, all of them, in one place.
//!
//! A body is checked as a whole (byte-order mark, UTF-8, nesting), then split into names and raw values by
//! `serde_json`, and each value is read by the rule of its field: a number may come as a string and a string as a
//! number, so the raw text decides and no number ever passes through a float.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use crate::date::Date;
use crate::error::{Error, ErrorKind, Outcome};
use crate::money::{AmountUnit, Cents};
use crate::order::OperationId;

/// How deep a body may nest, known fields or not.
const MAX_DEPTH: usize = 64;

/// Why a body could not be read: the dotted path of a field, or nothing for the body as a whole, and the rule.
#[derive(Debug)]
pub(crate) struct ReadError {
    path: Option<String>,
    rule: Cow<'static, str>,
}

impl ReadError {
    fn body(rule: impl Into<Cow<'static, str>>) -> Self {
        ReadError { path: None, rule: rule.into() }
    }

    /// The error as callers see it: the answer came, but what it did cannot be said.
    pub(crate) fn into_error(self, subject: &'static str, outcome: Outcome) -> Error {
        let ReadError { path, rule } = self;
        let what = path.as_deref().unwrap_or("the body");
        let error = Error::new(ErrorKind::Unreadable, outcome, subject, format!("{what} {rule}"));
        match path {
            Some(path) => error.with_field(path),
            None => error,
        }
    }
}

type Read<T> = Result<T, ReadError>;

/// Checks a body and takes its text: byte-order mark skipped, UTF-8, nesting within bounds.
pub(crate) fn body_text(bytes: &[u8]) -> Read<&str> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| ReadError::body("is not UTF-8"))?;
    if text.trim_ascii().is_empty() {
        return Err(ReadError::body("is empty"));
    }
    if nests_too_deep(bytes) {
        return Err(ReadError::body(format!("nests deeper than {MAX_DEPTH}")));
    }
    Ok(text)
}

/// `serde_json` skips unknown fields without counting their depth, so it is counted here.
fn nests_too_deep(bytes: &[u8]) -> bool {
    let openings = bytes.iter().filter(|b| matches!(b, b'{' | b'[')).count();
    if openings <= MAX_DEPTH {
        return false;
    }
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            _ if in_text => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return true;
        }
    }
    false
}

/// One JSON object: its fields by name, whatever the casing, each still raw.
#[derive(Debug)]
pub struct Object<'a> {
    /// What the paths of this object's fields begin with, such as `OperationSMoney.`; empty at the top.
    prefix: &'static str,
    fields: Vec<Field<'a>>,
}

#[derive(Debug)]
struct Field<'a> {
    fingerprint: u32,
    is_read: bool,
    name: Cow<'a, str>,
    value: &'a str,
}

impl<'a> Object<'a> {
    pub(crate) fn parse(text: &'a str) -> Read<Self> {
        Object::parse_as("", text).map_err(ReadError::body)
    }

    /// An object without fields, so that what is missing from it gets its full path.
    pub(crate) fn empty(prefix: &'static str) -> Self {
        Object { prefix, fields: Vec::new() }
    }

    fn parse_as(prefix: &'static str, text: &'a str) -> Result<Self, Cow<'static, str>> {
        let Members(fields) = serde_json::from_str(text).map_err(|error| describe(&error))?;
        if let Some(name) = contradiction(&fields) {
            return Err(format!("holds `{name}` twice with different values").into());
        }
        Ok(Object { prefix, fields })
    }

    fn error(&self, name: &str, rule: impl Into<Cow<'static, str>>) -> ReadError {
        ReadError { path: Some(format!("{}{name}", self.prefix)), rule: rule.into() }
    }

    fn missing(&self, name: &str) -> ReadError {
        self.error(name, "is missing")
    }

    fn raw(&mut self, name: &str) -> Option<&'a str> {
        let wanted = fingerprint(name);
        let mut value = None;
        // All of them: a name that stands twice with one value must not turn up among the unknown ones.
        for field in self.fields.iter_mut().filter(|field| field.fingerprint == wanted) {
            if field.name.eq_ignore_ascii_case(name) {
                field.is_read = true;
                value = Some(field.value);
            }
        }
        value
    }

    /// Whether there is a field of this name that holds something; null and `""` do not.
    pub(crate) fn has(&self, name: &str) -> bool {
        let is_empty = |field: &Field<'_>| matches!(field.value, "null" | "\"\"");
        self.fields.iter().any(|field| field.name.eq_ignore_ascii_case(name) && !is_empty(field))
    }

    /// An optional text: null, absent and `""` are `None`; a number is taken as it is written.
    pub(crate) fn text(&mut self, name: &str) -> Read<Option<Cow<'a, str>>> {
        let Some(raw) = self.raw(name) else { return Ok(None) };
        scalar(raw).map_err(|rule| self.error(name, rule))
    }

    /// An optional text of its own.
    pub(crate) fn string(&mut self, name: &str) -> Read<Option<String>> {
        Ok(self.text(name)?.map(Cow::into_owned))
    }

    /// An optional text that two names may carry; when both do, they must agree.
    pub(crate) fn string_of_either(&mut self, name: &str, other: &str) -> Read<Option<String>> {
        match (self.string(name)?, self.string(other)?) {
            (Some(a), Some(b)) if a != b => Err(self.error(name, format!("and {other} differ"))),
            (a, b) => Ok(a.or(b)),
        }
    }

    pub(crate) fn required_string(&mut self, name: &str) -> Read<String> {
        self.string(name)?.ok_or_else(|| self.missing(name))
    }

    /// An optional whole number, as a number or a string of digits.
    pub(crate) fn integer(&mut self, name: &str) -> Read<Option<i64>> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        let digits = text.strip_prefix('-').unwrap_or(&text);
        let number = digits.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten();
        number.map(Some).ok_or_else(|| self.error(name, "must be a whole number"))
    }

    /// An optional whole number that counts something.
    pub(crate) fn count(&mut self, name: &str) -> Read<Option<u64>> {
        let Some(number) = self.integer(name)? else { return Ok(None) };
        u64::try_from(number).map(Some).map_err(|_| self.error(name, "must not be negative"))
    }

    /// An optional text that must be one of these, whatever its casing.
    pub(crate) fn one_of(&mut self, name: &str, allowed: &[&str]) -> Read<Option<String>> {
        match self.string(name)? {
            Some(text) if !allowed.iter().any(|word| word.eq_ignore_ascii_case(&text)) => {
                Err(self.error(name, format!("must be {}", allowed.join(" or "))))
            }
            text => Ok(text),
        }
    }

    /// An optional operation id.
    pub(crate) fn id(&mut self, name: &str) -> Read<Option<OperationId>> {
        let Some(number) = self.integer(name)? else { return Ok(None) };
        let id = u64::try_from(number).ok().and_then(|id| OperationId::new(id).ok());
        id.map(Some).ok_or_else(|| self.error(name, "must be at least 1"))
    }

    pub(crate) fn required_id(&mut self, name: &str) -> Read<OperationId> {
        self.id(name)?.ok_or_else(|| self.missing(name))
    }

    /// An optional amount, exact.
    pub(crate) fn cents(&mut self, name: &str, unit: AmountUnit) -> Read<Option<Cents>> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        unit.read(&text).map(Some).map_err(|rule| self.error(name, rule))
    }

    pub(crate) fn required_cents(&mut self, name: &str, unit: AmountUnit) -> Read<Cents> {
        self.cents(name, unit)?.ok_or_else(|| self.missing(name))
    }

    /// An optional date; one that cannot be read keeps its text.
    pub(crate) fn date(&mut self, name: &str) -> Read<Option<Date>> {
        Ok(self.string(name)?.map(Date::read))
    }

    /// An optional object; null and `""` are `None`.
    pub(crate) fn object(&mut self, name: &str, prefix: &'static str) -> Read<Option<Object<'a>>> {
        match self.raw(name) {
            None | Some("null" | "\"\"") => Ok(None),
            Some(raw) if raw.starts_with('{') => {
                Object::parse_as(prefix, raw).map(Some).map_err(|rule| self.error(name, rule))
            }
            Some(_) => Err(self.error(name, "must be an object")),
        }
    }

    /// An error note, which is an object in a callback and a text in a read: its code and its message (protocol §4.4).
    pub(crate) fn note(&mut self, name: &str, prefix: &'static str, extra: &mut Extra) -> Read<Note> {
        if !self.raw(name).is_some_and(|raw| raw.starts_with('{')) {
            return Ok(Note { code: None, message: self.string(name)? });
        }
        let Some(mut object) = self.object(name, prefix)? else { return Ok(Note::default()) };
        let note = Note { code: object.integer("Code")?, message: object.string("Message")? };
        object.keep_unread(extra);
        Ok(note)
    }

    /// Adds the fields nobody asked for to `extra`.
    pub(crate) fn keep_unread(self, extra: &mut Extra) {
        for field in self.fields.into_iter().filter(|field| !field.is_read) {
            let path = format!("{}{}", self.prefix, field.name);
            extra.0.push((path, Zeroizing::new(field.value.to_owned())));
        }
    }
}

/// What an `Error` field says.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) code: Option<i64>,
    pub(crate) message: Option<String>,
}

impl Note {
    /// The note's words when it reports a failure: code 0 without words is success.
    pub(crate) fn failure(self) -> Option<String> {
        match (self.code, self.message) {
            (_, Some(message)) => Some(message),
            (None | Some(0), None) => None,
            (Some(code), None) => Some(code.to_string()),
        }
    }
}

/// The text of a string or number; `None` for null and `""`.
fn scalar(raw: &str) -> Result<Option<Cow<'_, str>>, &'static str> {
    match raw.as_bytes() {
        [b'"', b'"'] => Ok(None),
        [b'"', inner @ .., b'"'] if !inner.contains(&b'\\') => Ok(Some(Cow::Borrowed(&raw[1..raw.len() - 1]))),
        [b'"', ..] => match serde_json::from_str::<String>(raw) {
            Ok(text) => Ok(Some(Cow::Owned(text))),
            Err(_) => Err("holds a broken escape"),
        },
        [b'-' | b'0'..=b'9', ..] => Ok(Some(Cow::Borrowed(raw))),
        b"null" => Ok(None),
        _ => Err("must be a text or a number"),
    }
}

/// Tells names apart cheaply before they are compared: length, first, middle and last letter, casing ignored.
fn fingerprint(name: &str) -> u32 {
    let bytes = name.as_bytes();
    let letter = |at: usize| bytes.get(at).map_or(0, u8::to_ascii_lowercase);
    let length = u8::try_from(bytes.len()).unwrap_or(u8::MAX);
    u32::from_le_bytes([length, letter(0), letter(bytes.len() / 2), letter(bytes.len().saturating_sub(1))])
}

/// A name that stands twice, casing ignored, with different values.
fn contradiction<'f>(fields: &'f [Field<'_>]) -> Option<&'f str> {
    const FEW: usize = 48;
    if fields.len() <= FEW {
        return fields.iter().enumerate().find_map(|(at, field)| {
            let twin = fields[..at].iter().find(|earlier| {
                earlier.fingerprint == field.fingerprint && earlier.name.eq_ignore_ascii_case(&field.name)
            })?;
            (twin.value != field.value).then_some(&*field.name)
        });
    }
    let mut seen = HashMap::with_capacity(fields.len());
    fields.iter().find_map(|field| {
        let earlier = seen.insert(field.name.to_ascii_lowercase(), field.value)?;
        (earlier != field.value).then_some(&*field.name)
    })
}

/// The parser's error without its words, which may quote the body.
fn describe(error: &serde_json::Error) -> Cow<'static, str> {
    use serde_json::error::Category;
    match error.classify() {
        Category::Eof => "ends too early".into(),
        Category::Data => "is not a JSON object".into(),
        Category::Syntax | Category::Io => {
            format!("is not JSON (line {}, column {})", error.line(), error.column()).into()
        }
    }
}

/// An object's members in the order they came.
struct Members<'a>(Vec<Field<'a>>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MembersVisitor;
        impl<'de> Visitor<'de> for MembersVisitor {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::with_capacity(16);
                while let Some((Name(name), value)) = map.next_entry::<Name<'de>, &'de RawValue>()? {
                    fields.push(Field { fingerprint: fingerprint(&name), is_read: false, name, value: value.get() });
                }
                Ok(Members(fields))
            }
        }
        deserializer.deserialize_map(MembersVisitor)
    }
}

/// A member's name, borrowed unless it holds an escape.
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;
        impl<'de> Visitor<'de> for NameVisitor {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Owned(name.to_owned())))
            }
        }
        deserializer.deserialize_str(NameVisitor)
    }
}

/// The fields of a reply that this library does not know, kept as they came (protocol §6).
///
/// Names are dotted paths (`OperationSMoney.Fee`); values are raw JSON texts. They may hold personal data, so `Debug`
/// shows the names only, and they are wiped on drop.
///
/// ```
/// use izly::Callback;
///
/// let callback = Callback::parse(br#"{"OperationSMoney": {"Id": 586589, "Fee": 0.10}}"#)?;
/// assert_eq!(callback.untrusted().extra.get("OperationSMoney.Fee"), Some("0.10"));
/// # Ok::<(), izly::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Extra(Vec<(String, Zeroizing<String>)>);

impl Extra {
    /// The raw JSON text of the field at this path, whatever its casing.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.iter().find(|(name, _)| name.eq_ignore_ascii_case(path)).map(|(_, value)| value)
    }

    /// Each path and raw JSON text, in the order they came.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether the reply held nothing unknown.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them as one JSON object of dotted paths.
    pub fn to_json(&self) -> String {
        let members: Vec<String> =
            self.iter().map(|(name, value)| format!("{}:{value}", serde_json::Value::from(name))).collect();
        format!("{{{}}}", members.join(","))
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule<T: fmt::Debug>(result: Read<T>) -> String {
        result.unwrap_err().into_error("test", Outcome::Unknown).to_string()
    }

    #[test]
    fn names_are_read_whatever_their_casing() {
        let mut object = Object::parse(r#"{"orderID": "a", "AMOUNT": 1.50}"#).unwrap();
        assert_eq!(object.string("OrderId").unwrap().as_deref(), Some("a"));
        assert_eq!(object.required_cents("Amount", AmountUnit::Euros).unwrap().get(), 150);
    }

    #[test]
    fn a_name_twice_must_say_the_same() {
        assert!(Object::parse(r#"{"Amount":1,"amount":1}"#).is_ok());
        assert!(rule(Object::parse(r#"{"Amount":1,"amount":2}"#)).contains("twice"));
        let many: Vec<String> = (0..60).map(|n| format!(r#""f{n}":{n}"#)).collect();
        assert!(Object::parse(&format!("{{{}}}", many.join(","))).is_ok());
        assert!(rule(Object::parse(&format!(r#"{{{},"F7":8}}"#, many.join(",")))).contains("twice"));
    }

    #[test]
    fn depth_is_counted_in_unknown_fields_too() {
        let nested = |depth: usize| format!(r#"{{"x":{}{}}}"#, "[".repeat(depth), "]".repeat(depth));
        assert!(body_text(nested(MAX_DEPTH - 1).as_bytes()).is_ok());
        assert!(rule(body_text(nested(MAX_DEPTH).as_bytes())).contains("nests deeper"));
        let brackets_in_text = format!(r#"{{"x":"\"{}"}}"#, "[".repeat(1000));
        assert!(body_text(brackets_in_text.as_bytes()).is_ok());
    }

    #[test]
    fn long_numbers_stay_exact() {
        let mut object =
            Object::parse(r#"{"OrderId": 123456789012345678901234567890, "Id": 9223372036854775807}"#).unwrap();
        assert_eq!(object.string("OrderId").unwrap().unwrap(), "123456789012345678901234567890");
        assert_eq!(object.required_id("Id").unwrap().get(), i64::MAX.unsigned_abs());
    }

    #[test]
    fn the_parsers_words_never_quote_the_body() {
        for body in [r#"{"a": s3cret}"#, r#"["s3cret"]"#, r#""s3cret""#, r#"{"s3cret""#, r#"{"a":1} s3cret"#] {
            let message = rule(Object::parse(body));
            assert!(!message.contains("s3cret"), "{message}");
        }
    }

    #[test]
    fn unknown_fields_come_back_as_json() {
        let object = Object::parse(r#"{"a\"b": [1, 2], "c": "d"}"#).unwrap();
        let mut extra = Extra::default();
        object.keep_unread(&mut extra);
        assert_eq!(extra.to_json(), r#"{"a\"b":[1, 2],"c":"d"}"#);
        assert_eq!(format!("{extra:?}"), r#"{"a\"b", "c"}"#);
    }
}
