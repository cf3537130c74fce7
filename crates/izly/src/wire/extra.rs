//! The fields that this library does not know.

use std::fmt;

use zeroize::Zeroizing;

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
pub struct Extra(pub(super) Vec<(String, Zeroizing<String>)>);

impl Extra {
    /// The raw JSON text of the field at this path, whatever its casing.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.iter().find(|(name, _)| name.eq_ignore_ascii_case(path)).map(|(_, value)| value)
    }

    /// Each path and raw JSON text, object by object, each in the order it came.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether the reply held nothing unknown.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them as one JSON object of dotted paths.
    pub fn to_json(&self) -> String {
        // All room at once: a text that grows leaves copies behind that nobody wipes.
        let room = self.iter().map(|(name, value)| 6 * name.len() + value.len() + 4).sum::<usize>();
        let mut json = String::with_capacity(room + 2);
        for (name, value) in self.iter() {
            json.push(if json.is_empty() { '{' } else { ',' });
            json.push_str(&serde_json::Value::from(name).to_string());
            json.push(':');
            json.push_str(value);
        }
        json.push_str(if json.is_empty() { "{}" } else { "}" });
        json
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(|(name, _)| name)).finish()
    }
}
