//! The reading rules of protocol §6, all of them, in one place.
//!
//! A body is checked as a whole (byte-order mark, UTF-8, nesting), then split into names and raw values by
//! `serde_json`, and each value is read by the rule of its field: a number may come as a string and a string as a
//! number, so the raw text decides and no number ever passes through a float.

mod extra;
mod members;

use std::borrow::Cow;
use std::ops::Range;

use zeroize::Zeroizing;

pub use self::extra::Extra;
use self::members::{Decoded, Field, Members, Value, fingerprint, split};

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
    if openings(bytes) <= MAX_DEPTH {
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

/// How many `{` and `[` there are, up to one more than may be: fewer in any honest body, and then nothing more needs
/// counting.
fn openings(bytes: &[u8]) -> usize {
    memchr::memchr2_iter(b'{', b'[', bytes).take(MAX_DEPTH + 1).count()
}

/// One JSON object: its fields by name, whatever the casing, each still raw.
#[derive(Debug, Clone)]
pub struct Object<'a> {
    /// The name of the field that holds this object; empty at the top.
    name: &'static str,
    /// Its fields among the outer ones; those of the objects in it are among the inner ones.
    scope: Range<usize>,
    members: Members<'a>,
    /// Whether a name stands twice (with one value, or the object would have been refused).
    has_twins: bool,
    /// Behind the field that was found last.
    next: usize,
    /// Whether a value may hold an escape, as far as can be seen without looking at each.
    has_escapes: bool,
}

impl<'a> Object<'a> {
    /// Splits a body into its fields; those with one of these names may be objects with fields of their own.
    pub(crate) fn parse(text: &'a str, objects: &'static [&'static str]) -> Read<Self> {
        let members = split(text, objects).map_err(ReadError::body)?;
        let mut object =
            Object::of("", 0..members.outer.len(), members, memchr::memchr(b'\\', text.as_bytes()).is_some());
        object.compare_names().map_err(ReadError::body)?;
        Ok(object)
    }

    fn of(name: &'static str, scope: Range<usize>, members: Members<'a>, has_escapes: bool) -> Self {
        Object { name, next: scope.start, scope, members, has_twins: false, has_escapes }
    }

    /// Two of its names may be the same if their values are.
    fn compare_names(&mut self) -> Result<(), String> {
        if !self.members.may_hold_twins {
            return Ok(());
        }
        match self.members.twins(self.scope.clone()) {
            Ok(twins) => {
                self.has_twins = !twins.is_empty();
                for at in twins {
                    self.members.outer[at].is_twin = true;
                }
                Ok(())
            }
            Err(name) => Err(format!("holds `{name}` twice with different values")),
        }
    }

    fn fields(&self) -> &[Field<'a>] {
        &self.members.outer[self.scope.clone()]
    }

    fn path(&self, field: &str) -> String {
        if self.name.is_empty() { field.to_owned() } else { format!("{}.{field}", self.name) }
    }

    pub(crate) fn error(&self, name: &str, rule: impl Into<Cow<'static, str>>) -> ReadError {
        ReadError { path: Some(self.path(name)), rule: rule.into() }
    }

    pub(crate) fn missing(&self, name: &str) -> ReadError {
        self.error(name, "is missing")
    }

    #[inline]
    fn value(&mut self, name: &str) -> Option<Value<'a>> {
        let found = match self.members.outer.get(self.next) {
            // Servers and readers go through the names in about the same order.
            Some(field) if self.next < self.scope.end && field.is_plainly(name) => self.next,
            _ => self.find(name)?,
        };
        self.next = found + 1;
        if self.has_twins {
            // None of them may turn up among the unknown ones.
            self.mark(name, true);
        }
        let field = &mut self.members.outer[found];
        field.is_read = true;
        Some(field.value)
    }

    /// Notes of all fields of this name whether they were read.
    #[cold]
    fn mark(&mut self, name: &str, is_read: bool) {
        let Members { outer, decoded, .. } = &mut self.members;
        let fields = outer[self.scope.clone()].iter_mut();
        fields.filter(|field| field.is_called(name, decoded)).for_each(|field| field.is_read = is_read);
    }

    /// From where the last one was found, and round.
    #[inline(never)]
    fn find(&self, name: &str) -> Option<usize> {
        let wanted = fingerprint(name);
        let is_it = |field: &Field<'_>| field.fingerprint == wanted && field.is_called(name, &self.members.decoded);
        let (before, after) = self.fields().split_at(self.next - self.scope.start);
        let found = after.iter().position(is_it).map(|at| at + self.next);
        found.or_else(|| before.iter().position(is_it).map(|at| at + self.scope.start))
    }

    /// Whether there is a field of this name that holds something; null and `""` do not.
    pub(crate) fn has(&self, name: &str) -> bool {
        let wanted = fingerprint(name);
        let is_it = |field: &&Field<'_>| field.fingerprint == wanted && field.is_called(name, &self.members.decoded);
        self.fields().iter().filter(is_it).any(|field| !field.value.is_empty())
    }

    /// An optional text: null, absent and `""` are `None`; a number is taken as it is written.
    pub(crate) fn text(&mut self, name: &str) -> Read<Option<Cow<'a, str>>> {
        self.scalar(name).map_err(|rule| self.error(name, rule))
    }

    /// The same, or the rule that is broken.
    #[inline]
    fn scalar(&mut self, name: &str) -> Result<Option<Cow<'a, str>>, &'static str> {
        self.value(name).map_or(Ok(None), |value| scalar(value, self.has_escapes, &self.members.decoded))
    }

    /// An optional text of its own.
    pub(crate) fn string(&mut self, name: &str) -> Read<Option<String>> {
        Ok(self.text(name)?.map(Cow::into_owned))
    }

    /// An optional text that two names may carry; when both do, they must agree.
    pub(crate) fn text_of_either(&mut self, name: &str, other: &str) -> Read<Option<Cow<'a, str>>> {
        match (self.text(name)?, self.text(other)?) {
            (Some(a), Some(b)) if a != b => Err(self.error(name, format!("and {other} differ"))),
            (a, b) => Ok(a.or(b)),
        }
    }

    pub(crate) fn required_text(&mut self, name: &str) -> Read<Cow<'a, str>> {
        self.text(name)?.ok_or_else(|| self.missing(name))
    }

    pub(crate) fn required_string(&mut self, name: &str) -> Read<String> {
        self.required_text(name).map(Cow::into_owned)
    }

    /// An optional whole number, as a number or a string of digits.
    pub(crate) fn integer(&mut self, name: &str) -> Read<Option<i64>> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        // The library's parser takes a leading plus, which no number of JSON's has.
        let number = if text.starts_with('+') { None } else { text.parse().ok() };
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

    /// An optional date; one that cannot be read keeps its text, or is left to the unknown fields.
    pub(crate) fn date(&mut self, name: &str) -> Option<Date> {
        self.spare_string(name).map(Date::read)
    }

    /// An optional text that nothing is decided on: of another type, it is left to the unknown fields, and fails nothing.
    pub(crate) fn spare_string(&mut self, name: &str) -> Option<String> {
        self.spare_text(name).map(Cow::into_owned)
    }

    /// The same, not of its own.
    pub(crate) fn spare_text(&mut self, name: &str) -> Option<Cow<'a, str>> {
        match self.scalar(name) {
            Ok(text) => text,
            Err(_) => self.spare(name),
        }
    }

    /// An optional whole number that nothing is decided on.
    pub(crate) fn spare_integer(&mut self, name: &str) -> Option<i64> {
        match self.integer(name) {
            Ok(number) => number,
            Err(_) => self.spare(name),
        }
    }

    /// Takes back that a field was read.
    fn spare<T>(&mut self, name: &str) -> Option<T> {
        self.mark(name, false);
        None
    }

    /// Reads an optional object, of a name given to [`parse`](Object::parse), and keeps what was not asked for; null and
    /// `""` are `None`.
    pub(crate) fn inside<T>(
        &mut self,
        name: &'static str,
        extra: &mut Extra,
        read: impl FnOnce(&mut Object<'a>) -> Read<T>,
    ) -> Read<Option<T>> {
        match self.value(name) {
            Some(Value::Object(from, to)) => self.enter(name, from..to, extra, read).map(Some),
            Some(value) if !value.is_empty() => Err(self.error(name, "must be an object")),
            _ => Ok(None),
        }
    }

    /// Lends the inner fields to an object of its own, and takes them back.
    fn enter<T>(
        &mut self,
        name: &'static str,
        scope: Range<usize>,
        extra: &mut Extra,
        read: impl FnOnce(&mut Object<'a>) -> Read<T>,
    ) -> Read<T> {
        let Members { inner, decoded, may_hold_twins, .. } = &mut self.members;
        let (outer, decoded) = (std::mem::take(inner), std::mem::take(decoded));
        let members = Members { outer, inner: Vec::new(), decoded, may_hold_twins: *may_hold_twins };
        let mut object = Object::of(name, scope, members, self.has_escapes);
        let value = match object.compare_names() {
            Ok(()) => read(&mut object),
            Err(rule) => Err(self.error(name, rule)),
        };
        object.keep_unread(extra);
        (self.members.inner, self.members.decoded) = (object.members.outer, object.members.decoded);
        value
    }

    /// An error note, which is an object in a callback and a text in a read: its code and its message (protocol §4.4).
    pub(crate) fn note(&mut self, name: &'static str, extra: &mut Extra) -> Read<Note<'a>> {
        match self.value(name) {
            Some(Value::Object(from, to)) => self.enter(name, from..to, extra, Note::read),
            Some(value) => {
                let message =
                    scalar(value, self.has_escapes, &self.members.decoded).map_err(|rule| self.error(name, rule))?;
                Ok(Note { code: None, message })
            }
            None => Ok(Note::default()),
        }
    }

    /// Adds the fields nobody asked for to `extra`.
    pub(crate) fn keep_unread(&self, extra: &mut Extra) {
        if !self.fields().iter().all(|field| field.is_read) {
            self.keep_some(extra);
        }
    }

    #[inline(never)]
    fn keep_some(&self, extra: &mut Extra) {
        // One that stands twice says the same both times, or it would have been refused.
        for field in self.fields().iter().filter(|field| !field.is_read && !field.is_twin) {
            if let Value::Raw(raw) = field.value {
                let path = self.path(self.members.decoded.get(field.name));
                extra.0.push((path, Zeroizing::new(raw.to_owned())));
            }
        }
    }
}

/// What an `Error` field says.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Note<'a> {
    pub(crate) code: Option<i64>,
    pub(crate) message: Option<Cow<'a, str>>,
}

impl<'a> Note<'a> {
    fn read(object: &mut Object<'a>) -> Read<Self> {
        // It comes first, but if both are wrong, the message is what is told.
        let code = object.integer("Code");
        let message = [object.text("Message")?, object.text("ErrorMessage")?, object.text("Title")?];
        Ok(Note { code: code?, message: message.into_iter().flatten().next() })
    }

    /// The note's words when it reports a failure: code 0 without words is success.
    pub(crate) fn failure(self) -> Option<String> {
        match (self.code, self.message) {
            // The text or number 0 is the code of success by itself.
            (None, Some(message)) if message == "0" => None,
            (_, Some(message)) => Some(message.into_owned()),
            (None | Some(0), None) => None,
            (Some(code), None) => Some(code.to_string()),
        }
    }
}

/// The text of a string or number; `None` for null and `""`.
#[inline]
fn scalar<'a>(
    value: Value<'a>,
    may_hold_escapes: bool,
    decoded: &Decoded,
) -> Result<Option<Cow<'a, str>>, &'static str> {
    match value {
        // Nearly every value: its end was found when the body was split.
        Value::Raw(raw) if !may_hold_escapes && raw.len() > 2 && raw.starts_with('"') => {
            Ok(Some(Cow::Borrowed(&raw[1..raw.len() - 1])))
        }
        _ => rare_scalar(value, decoded),
    }
}

#[inline(never)]
fn rare_scalar<'a>(value: Value<'a>, decoded: &Decoded) -> Result<Option<Cow<'a, str>>, &'static str> {
    let raw = match value {
        Value::Raw(raw) => raw,
        Value::Text(text) => return Ok(Some(decoded.copy(text)).filter(|text| !text.is_empty())),
        Value::Object(..) | Value::Odd => return Err(NO_SCALAR),
    };
    match raw.as_bytes() {
        [b'"', b'"'] => Ok(None),
        [b'"', inner @ .., b'"'] if !inner.contains(&b'\\') => Ok(Some(Cow::Borrowed(&raw[1..raw.len() - 1]))),
        [b'"', ..] => unescaped(raw).map(Some),
        [b'-' | b'0'..=b'9', ..] => Ok(Some(Cow::Borrowed(raw))),
        b"null" => Ok(None),
        _ => Err(NO_SCALAR),
    }
}

#[cold]
fn unescaped<'a>(raw: &str) -> Result<Cow<'a, str>, &'static str> {
    serde_json::from_str(raw).map(Cow::Owned).map_err(|_| "holds a broken escape")
}

const NO_SCALAR: &str = "must be a text or a number";

#[cfg(test)]
mod tests;
