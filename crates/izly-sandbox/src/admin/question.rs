//! A request to the admin API: its partner, its parameters, its body.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::de::{DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::admin::problem::Problem;
use crate::app::App;
use crate::callback::DeliveryOptions;
use crate::http::{Incoming, Reply};
use crate::world::World;
use crate::worlds::WorldId;

/// A request to the admin API.
pub(crate) struct Question<'a> {
    pub(crate) app: &'a Arc<App>,
    pub(crate) request: &'a Incoming,
    /// What stands in the braces of the address.
    pub(crate) variable: String,
    /// Whose world it is about.
    pub(crate) world: WorldId,
}

impl<'a> Question<'a> {
    /// `parameters` are those that the address takes; one of another name is a slip that must be seen.
    pub(crate) fn new(
        app: &'a Arc<App>,
        request: &'a Incoming,
        variable: String,
        parameters: &[&str],
    ) -> Result<Self, Problem> {
        check_parameters(request, parameters)?;
        let world = match request.query_value("partner") {
            Some(identifier) => app
                .worlds()
                .named(&identifier)
                .ok_or_else(|| Problem::absent("partner", "no partner has this identifier"))?,
            None => app.worlds().first_id(),
        };
        Ok(Self { app, request, variable, world })
    }

    /// Looks at the partner's world.
    pub(crate) fn read<T>(&self, read: impl FnOnce(&World) -> T) -> Result<T, Problem> {
        self.app.worlds().get(self.world).map(read).ok_or_else(gone)
    }

    /// Changes the partner's world, unless the change finds something wrong.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut World) -> Result<T, Problem>) -> Result<T, Problem> {
        let changed = {
            let mut worlds = self.app.worlds();
            change(worlds.get_mut(self.world).ok_or_else(gone)?)?
        };
        self.app.changed();
        Ok(changed)
    }

    /// Changes the partner's world without writing it down yet: a callback that follows is written down with it.
    pub(crate) fn decide<T>(&self, decide: impl FnOnce(&mut World) -> Result<T, Problem>) -> Result<T, Problem> {
        decide(self.app.worlds().get_mut(self.world).ok_or_else(gone)?)
    }

    /// The number in the address.
    pub(crate) fn number(&self) -> Result<u64, Problem> {
        self.variable.parse().map_err(|_| Problem::not_found("number"))
    }

    /// A parameter of the query, read as `T`.
    pub(crate) fn parameter<T: FromStr>(&self, name: &'static str) -> Result<Option<T>, Problem> {
        let value = self.request.query_value(name);
        let wrong = || Problem::field(name, "is not of the documented type");
        value.map(|value| value.parse().map_err(|_| wrong())).transpose()
    }

    /// An operation's id in the query.
    pub(crate) fn operation(&self) -> Result<Option<u64>, Problem> {
        match self.parameter::<u64>("operation_id")? {
            Some(id) if i64::try_from(id).is_err() => Err(Problem::field("operation_id", "must be less than 2^63")),
            id => Ok(id),
        }
    }

    /// A parameter of the query that is one of the words of `T`.
    pub(crate) fn word<T: DeserializeOwned>(&self, name: &'static str) -> Result<Option<T>, Problem> {
        let Some(value) = self.request.query_value(name) else { return Ok(None) };
        let word = T::deserialize(Value::String(value));
        word.map(Some).map_err(|error| Problem::field(name, error.to_string()))
    }

    /// How many to list.
    pub(crate) fn limit(&self) -> Result<usize, Problem> {
        match self.parameter("limit")?.unwrap_or(100) {
            limit if (1..=1_000).contains(&limit) => Ok(limit),
            _ => Err(Problem::field("limit", "must be from 1 to 1000")),
        }
    }

    /// The body, which must be a JSON object.
    pub(crate) fn object(&self) -> Result<Map<String, Value>, Problem> {
        if !self.request.media_type().is_some_and(|given| given.eq_ignore_ascii_case("application/json")) {
            return Err(Problem::new(415, "the body must be application/json"));
        }
        let Once(object) = serde_json::from_slice(&self.request.body)
            .map_err(|error| Problem::new(400, format!("the body is not a JSON object: {error}")))?;
        Ok(object)
    }

    /// The body, or an empty object where there is none.
    pub(crate) fn optional_object(&self) -> Result<Map<String, Value>, Problem> {
        if self.request.body.is_empty() { Ok(Map::new()) } else { self.object() }
    }
}

pub(super) fn gone() -> Problem {
    Problem::new(404, "no partner has this identifier any more")
}

/// Each name in the query is known, and stands there once.
fn check_parameters(request: &Incoming, known: &[&str]) -> Result<(), Problem> {
    let mut seen = BTreeSet::new();
    for (name, _) in form_urlencoded::parse(request.query().as_bytes()) {
        if !known.contains(&name.as_ref()) {
            return Err(Problem::field(name, "is no parameter of this address"));
        }
        if !seen.insert(name.to_string()) {
            return Err(Problem::field(name, "stands there twice"));
        }
    }
    Ok(())
}

/// A JSON object in which every name stands once.
struct Once(Map<String, Value>);

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Properties;

        impl<'de> Visitor<'de> for Properties {
            type Value = Once;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Once, A::Error> {
                let mut object = Map::new();
                while let Some((name, value)) = access.next_entry::<String, Value>()? {
                    if object.insert(name.clone(), whole(value)).is_some() {
                        return Err(serde::de::Error::custom(format!("{name:?} stands there twice")));
                    }
                }
                Ok(Once(object))
            }
        }

        deserializer.deserialize_map(Properties)
    }
}

/// `39.0` is the whole number 39, as JSON Schema has it.
fn whole(value: Value) -> Value {
    // Every whole number up to here is exact as a float.
    const LARGEST: f64 = 9_007_199_254_740_992.0;
    match value.as_f64() {
        Some(number) if !value.is_u64() && number.fract() == 0.0 && (0.0..LARGEST).contains(&number) => {
            format!("{number:.0}").parse::<u64>().map_or(value, Value::from)
        }
        _ => match value {
            Value::Array(values) => Value::Array(values.into_iter().map(whole).collect()),
            other => other,
        },
    }
}

/// Reads an object that has these properties and no others.
pub(crate) fn read<T: DeserializeOwned>(mut object: Map<String, Value>, known: &[&str]) -> Result<T, Problem> {
    only(&object, known)?;
    object.retain(|_, value| !value.is_null());
    typed(object)
}

/// Reads an object that says how its callbacks are to go, beside other things.
pub(crate) fn read_with_options<T: DeserializeOwned>(
    mut object: Map<String, Value>,
    known: &[&str],
) -> Result<(T, DeliveryOptions), Problem> {
    const OPTIONS: [&str; 4] = ["callback_url", "copies", "concurrent", "forge"];
    let options = OPTIONS.into_iter().filter_map(|name| object.remove_entry(name)).collect();
    let options: DeliveryOptions = read(options, &OPTIONS)?;
    options.check()?;
    Ok((read(object, known)?, options))
}

/// The properties for which null is a value. For any other, it means that nothing is said.
const NULLABLE: [&str; 2] = ["forge", "order_id_max_length"];

/// What a value becomes when some of its properties are given anew.
pub(crate) fn patched<T: Serialize + DeserializeOwned>(
    current: &T,
    mut changes: Map<String, Value>,
    known: &[impl AsRef<str>],
) -> Result<T, Problem> {
    only(&changes, known)?;
    changes.retain(|name, value| !value.is_null() || NULLABLE.contains(&name.as_str()));
    let Ok(Value::Object(mut all)) = serde_json::to_value(current) else {
        return Err(Problem::new(400, "this cannot be changed"));
    };
    all.extend(changes);
    typed(all)
}

/// The names of all that a value holds, for [`patched`] to change any of it.
pub(crate) fn names_of(value: &impl Serialize) -> Vec<String> {
    match serde_json::to_value(value) {
        Ok(Value::Object(all)) => all.into_iter().map(|(name, _)| name).collect(),
        _ => Vec::new(),
    }
}

fn only(object: &Map<String, Value>, known: &[impl AsRef<str>]) -> Result<(), Problem> {
    let known: Vec<&str> = known.iter().map(AsRef::as_ref).collect();
    match object.keys().find(|name| !known.contains(&name.as_str())) {
        Some(name) => Err(Problem::field(name.as_str(), format!("is unknown here; known are: {}", known.join(", ")))),
        None => Ok(()),
    }
}

fn typed<T: DeserializeOwned>(object: Map<String, Value>) -> Result<T, Problem> {
    serde_path_to_error::deserialize(Value::Object(object)).map_err(|error| {
        let path = error.path().to_string();
        let message = error.into_inner().to_string();
        match message.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()) {
            Some(missing) => Problem::field(missing, "is required"),
            None if path == "." => Problem::new(400, message),
            None => Problem::field(path, message),
        }
    })
}

/// A reply of 200 with this in it.
pub(crate) fn found(value: &impl Serialize) -> Reply {
    with_status(200, value)
}

pub(crate) fn with_status(status: u16, value: &impl Serialize) -> Reply {
    // Texts and numbers under texts: nothing in them can fail to serialise.
    Reply::json_text(status, serde_json::to_string(value).unwrap_or_default())
}

/// A segment of a path, decoded once. What is no UTF-8 becomes something that nothing is called.
pub(crate) fn percent_decoded(segment: &str) -> String {
    // A form's decoding, but for the plus sign, which is itself in a path.
    let escaped = segment.replace('+', "%2B");
    form_urlencoded::parse(escaped.as_bytes()).next().map(|(name, _)| name.into_owned()).unwrap_or_default()
}
