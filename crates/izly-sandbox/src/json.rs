//! JSON in the guide's own property order, with the casing switch applied in one place.

use serde::ser::{Error as _, Serialize, SerializeMap as _, Serializer};
use serde_json::value::RawValue;

use crate::wire::{AmountUnit, PropertyCasing};

/// A JSON value to send. Properties keep the order they were added in.
#[derive(Debug, Clone)]
pub(crate) enum Json {
    Null,
    Text(String),
    Number(u64),
    /// Hundredths, written with two decimals: `1.00`, which a float would turn into `1.0`.
    Decimal(u64),
    Object(Vec<(&'static str, Json)>),
}

impl Json {
    pub(crate) fn object() -> Self {
        Self::Object(Vec::new())
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<Json>) -> Self {
        if let Self::Object(properties) = &mut self {
            properties.push((name, value.into()));
        }
        self
    }

    /// Calls `change` on each property of this object and of those inside it.
    pub(crate) fn each_property(&mut self, change: &mut impl FnMut(&str, &mut Json)) {
        if let Self::Object(properties) = self {
            for (name, value) in properties {
                change(name, value);
                value.each_property(change);
            }
        }
    }

    pub(crate) fn to_text(&self, casing: PropertyCasing) -> String {
        // Only a failing writer or a map key that is no text could fail, and there is neither.
        serde_json::to_string(&Cased { json: self, casing }).unwrap_or_default()
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Json {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// `amount_cents` in hundredths of the unit that a reply uses.
pub(crate) fn hundredths(amount_cents: u64, unit: AmountUnit) -> u64 {
    match unit {
        AmountUnit::Euros => amount_cents,
        AmountUnit::Centimes => amount_cents.saturating_mul(100),
    }
}

/// `1.00`: the amount of a creation and of a callback, which is a text.
pub(crate) fn amount_text(amount_cents: u64, unit: AmountUnit) -> String {
    decimal(hundredths(amount_cents, unit))
}

fn decimal(hundredths: u64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

struct Cased<'a> {
    json: &'a Json,
    casing: PropertyCasing,
}

impl Cased<'_> {
    fn name(&self, name: &str) -> String {
        match self.casing {
            PropertyCasing::Pascal => name.to_owned(),
            PropertyCasing::Camel => {
                let mut characters = name.chars();
                characters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(characters).collect()
            }
        }
    }
}

impl Serialize for Cased<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.json {
            Json::Null => serializer.serialize_unit(),
            Json::Text(text) => serializer.serialize_str(text),
            Json::Number(number) => serializer.serialize_u64(*number),
            Json::Decimal(hundredths) => {
                RawValue::from_string(decimal(*hundredths)).map_err(S::Error::custom)?.serialize(serializer)
            }
            Json::Object(properties) => {
                let mut map = serializer.serialize_map(Some(properties.len()))?;
                for (name, json) in properties {
                    map.serialize_entry(&self.name(name), &Cased { json, casing: self.casing })?;
                }
                map.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_order_decimals_and_casing() {
        let json = Json::object()
            .with("OperationId", 52_795)
            .with("Amount", Json::Decimal(100))
            .with("Message", "\"é\"")
            .with("Inner", Json::object().with("IdIzly", Json::Null));
        assert_eq!(
            json.to_text(PropertyCasing::Pascal),
            r#"{"OperationId":52795,"Amount":1.00,"Message":"\"é\"","Inner":{"IdIzly":null}}"#
        );
        assert_eq!(
            json.to_text(PropertyCasing::Camel),
            r#"{"operationId":52795,"amount":1.00,"message":"\"é\"","inner":{"idIzly":null}}"#
        );
    }

    #[test]
    fn amounts_in_both_units() {
        assert_eq!(amount_text(205, AmountUnit::Euros), "2.05");
        assert_eq!(amount_text(200, AmountUnit::Centimes), "200.00");
    }
}
