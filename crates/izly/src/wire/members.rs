//! Splitting JSON into names and values, in one pass.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// Room for what the guide's replies hold, at once; little enough for an allocator's quick path, too.
const OUTER_ROOM: usize = 8;
const INNER_ROOM: usize = 18;

/// The members of a body in the order they came.
#[derive(Debug, Clone, Default)]
pub(super) struct Members<'a> {
    pub(super) outer: Vec<Field<'a>>,
    /// Those of all objects within it, one object after the other: each knows its own by [`Value::Object`].
    pub(super) inner: Vec<Field<'a>>,
    pub(super) decoded: Decoded,
    /// Whether two names of one object may be the same; it is not so for most bodies.
    pub(super) may_hold_twins: bool,
}

/// Splits a body into its members; those with one of these names may be objects with members of their own.
pub(super) fn split<'a>(text: &'a str, objects: &'static [&'static str]) -> Result<Members<'a>, Cow<'static, str>> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let members = MembersSeed { objects }.deserialize(&mut deserializer).and_then(|members| {
        deserializer.end()?;
        Ok(members)
    });
    members.map_err(|error| describe(&error))
}

/// A text of the body, or the place of one that had to be decoded. It owns nothing, so that fields are cheap to build,
/// and nothing is left to do when they go.
#[derive(Debug, Clone, Copy)]
pub(super) enum Text<'a> {
    Plain(&'a str),
    Decoded(usize),
}

/// The texts that had to be decoded.
#[derive(Debug, Clone, Default)]
pub(super) struct Decoded(Vec<String>);

impl Decoded {
    fn keep<'a>(&mut self, text: Cow<'a, str>) -> Text<'a> {
        match text {
            Cow::Borrowed(text) => Text::Plain(text),
            Cow::Owned(text) => {
                self.0.push(text);
                Text::Decoded(self.0.len() - 1)
            }
        }
    }

    pub(super) fn get<'t>(&'t self, text: Text<'t>) -> &'t str {
        match text {
            Text::Plain(text) => text,
            Text::Decoded(place) => &self.0[place],
        }
    }

    /// The same, for longer than this lives.
    pub(super) fn copy<'a>(&self, text: Text<'a>) -> Cow<'a, str> {
        match text {
            Text::Plain(text) => Cow::Borrowed(text),
            Text::Decoded(place) => Cow::Owned(self.0[place].clone()),
        }
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Field<'a> {
    pub(super) name: Text<'a>,
    pub(super) value: Value<'a>,
    pub(super) fingerprint: u32,
    pub(super) is_read: bool,
    /// Whether one before it has its name, and says the same.
    pub(super) is_twin: bool,
}

impl Field<'_> {
    /// Whether this is its name as it is written, as far as can be seen without looking among the decoded ones.
    #[inline]
    pub(super) fn is_plainly(&self, name: &str) -> bool {
        matches!(self.name, Text::Plain(plain) if plain == name)
    }

    /// Whether this is its name, whatever the casing.
    pub(super) fn is_called(&self, name: &str, decoded: &Decoded) -> bool {
        self.is_plainly(name) || decoded.get(self.name).eq_ignore_ascii_case(name)
    }
}

/// A field's value: raw, but for those that may be objects, which are read in the same pass.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'a> {
    Raw(&'a str),
    /// Where its members begin and end among the inner ones.
    Object(usize, usize),
    Text(Text<'a>),
    /// Neither an object nor a text.
    Odd,
}

impl Value<'_> {
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Value::Raw(raw) => matches!(*raw, "null" | "\"\""),
            // What is decoded is longer than nothing.
            Value::Text(text) => matches!(text, Text::Plain("")),
            Value::Object(..) | Value::Odd => false,
        }
    }
}

/// Tells names apart cheaply before they are compared: length, first and last letter, and one between. The bit in which a
/// capital differs from a small letter is set in each, so that casing never tells two apart.
#[inline]
pub(super) fn fingerprint(name: &str) -> u32 {
    const SMALL: u8 = 0x20;
    let bytes = name.as_bytes();
    let Some(last) = bytes.len().checked_sub(1) else { return 0 };
    // Names that differ by 256 letters only meet in the comparison.
    let [length, ..] = bytes.len().to_le_bytes();
    let [first, between, last] = [0, last - bytes.len() / 4, last].map(|at| bytes[at] | SMALL);
    u32::from_le_bytes([length, first, last, between])
}

impl Members<'_> {
    /// Which of these outer fields have a name that stood before, casing ignored; if one does with another value, its
    /// name.
    pub(super) fn twins(&self, scope: Range<usize>) -> Result<Vec<usize>, &str> {
        const FEW: usize = 48;
        if scope.len() <= FEW { self.twins_of_few(scope) } else { self.twins_of_many(scope) }
    }

    fn twins_of_few(&self, scope: Range<usize>) -> Result<Vec<usize>, &str> {
        let mut twins = Vec::new();
        for at in scope.clone() {
            let field = &self.outer[at];
            let name = self.decoded.get(field.name);
            let before = &self.outer[scope.start..at];
            let mut alike = before.iter().filter(|earlier| earlier.fingerprint == field.fingerprint);
            if let Some(twin) = alike.find(|earlier| earlier.is_called(name, &self.decoded)) {
                if !self.is_same(&field.value, &twin.value) {
                    return Err(name);
                }
                twins.push(at);
            }
        }
        Ok(twins)
    }

    /// The same in a time that grows with the number of fields, not with its square.
    fn twins_of_many(&self, scope: Range<usize>) -> Result<Vec<usize>, &str> {
        let mut seen = HashMap::with_capacity(scope.len());
        let mut twins = Vec::new();
        for at in scope {
            let field = &self.outer[at];
            let name = self.decoded.get(field.name);
            if let Some(earlier) = seen.insert(name.to_ascii_lowercase(), &field.value) {
                if !self.is_same(&field.value, earlier) {
                    return Err(name);
                }
                twins.push(at);
            }
        }
        Ok(twins)
    }

    /// Whether both values say the same, word for word.
    fn is_same(&self, a: &Value<'_>, b: &Value<'_>) -> bool {
        let is_same_text = |a: Text<'_>, b: Text<'_>| self.decoded.get(a) == self.decoded.get(b);
        match (a, b) {
            (Value::Raw(a), Value::Raw(b)) => a == b,
            (Value::Text(a), Value::Text(b)) => is_same_text(*a, *b),
            (Value::Odd, Value::Odd) => true,
            (Value::Object(from_a, to_a), Value::Object(from_b, to_b)) => {
                let (a, b) = (&self.inner[*from_a..*to_a], &self.inner[*from_b..*to_b]);
                let is_same =
                    |(a, b): (&Field<'_>, &Field<'_>)| is_same_text(a.name, b.name) && self.is_same(&a.value, &b.value);
                a.len() == b.len() && a.iter().zip(b).all(is_same)
            }
            _ => false,
        }
    }
}

/// Notes the names of one object as they come. No two that are the same go unnoticed; some that differ look alike.
#[derive(Default)]
struct Marks {
    seen: u64,
    look_alike: bool,
}

impl Marks {
    /// A field of this name.
    #[inline]
    fn field<'a>(&mut self, name: Cow<'a, str>, value: Value<'a>, decoded: &mut Decoded) -> Field<'a> {
        let fingerprint = fingerprint(&name);
        self.note(fingerprint);
        Field { name: decoded.keep(name), value, fingerprint, is_read: false, is_twin: false }
    }

    #[inline]
    fn note(&mut self, fingerprint: u32) {
        // By this number, no two names of one reply of the guide's look alike.
        let mark = 1_u64 << (fingerprint.wrapping_mul(0xBB96_8A43) >> 26);
        self.look_alike |= self.seen & mark != 0;
        self.seen |= mark;
    }
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

/// Reads members; those with one of these names may be objects.
#[derive(Clone, Copy)]
struct MembersSeed {
    objects: &'static [&'static str],
}

impl MembersSeed {
    fn may_be_object(self, name: &str) -> bool {
        // As it is written first: that costs least, and nearly always decides.
        self.objects.contains(&name) || self.objects.iter().any(|object| object.eq_ignore_ascii_case(name))
    }
}

impl<'de> DeserializeSeed<'de> for MembersSeed {
    type Value = Members<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Members<'de>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for MembersSeed {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
        let mut members = Members { outer: Vec::with_capacity(OUTER_ROOM), ..Members::default() };
        let mut marks = Marks::default();
        while let Some(Name(name)) = map.next_key()? {
            let may_be_object = self.may_be_object(&name);
            let value = map.next_value_seed(ValueSeed { members: &mut members, may_be_object })?;
            let field = marks.field(name, value, &mut members.decoded);
            members.outer.push(field);
        }
        members.may_hold_twins |= marks.look_alike;
        Ok(members)
    }
}

/// Reads a value, and its members into here if it is one that may be an object. Of those, a number comes as its text if
/// it is a whole one, and is odd otherwise: none of the fields that may be objects is ever a number.
struct ValueSeed<'v, 'de> {
    members: &'v mut Members<'de>,
    may_be_object: bool,
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_, 'de> {
    type Value = Value<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value<'de>, D::Error> {
        if self.may_be_object {
            return deserializer.deserialize_any(self);
        }
        Ok(Value::Raw(<&RawValue>::deserialize(deserializer)?.get()))
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_, 'de> {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value<'de>, A::Error> {
        let Members { inner, decoded, may_hold_twins, .. } = self.members;
        let from = inner.len();
        if from == 0 {
            inner.reserve_exact(INNER_ROOM);
        }
        let mut marks = Marks::default();
        while let Some(Name(name)) = map.next_key()? {
            let value = Value::Raw(map.next_value::<&RawValue>()?.get());
            inner.push(marks.field(name, value, decoded));
        }
        *may_hold_twins |= marks.look_alike;
        Ok(Value::Object(from, inner.len()))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Value<'de>, E> {
        Ok(Value::Text(Text::Plain(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value<'de>, E> {
        Ok(Value::Text(self.members.decoded.keep(Cow::Owned(text.to_owned()))))
    }

    fn visit_unit<E>(self) -> Result<Value<'de>, E> {
        Ok(Value::Text(Text::Plain("")))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value<'de>, E> {
        Ok(Value::Text(self.members.decoded.keep(Cow::Owned(number.to_string()))))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value<'de>, E> {
        Ok(Value::Text(self.members.decoded.keep(Cow::Owned(number.to_string()))))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value<'de>, E> {
        Ok(Value::Odd)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value<'de>, E> {
        Ok(Value::Odd)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value<'de>, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Odd)
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
