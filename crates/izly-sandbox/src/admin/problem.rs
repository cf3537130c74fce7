//! How the admin API says no.

use crate::http::Reply;

/// Why a request to the admin API is refused: the field or parameter at fault, if there is one, and the rule.
#[derive(Debug)]
pub(crate) struct Problem {
    status: u16,
    field: Option<String>,
    message: String,
}

impl Problem {
    pub(crate) fn new(status: u16, message: impl Into<String>) -> Self {
        Self { status, field: None, message: message.into() }
    }

    /// A field or parameter that cannot be so.
    pub(crate) fn field(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: Some(field.into()), ..Self::new(400, message) }
    }

    /// Something that is there already, or not in the state for it.
    pub(crate) fn conflict(field: Option<&str>, message: impl Into<String>) -> Self {
        Self { field: field.map(str::to_owned), ..Self::new(409, message) }
    }

    /// Something named by a field or parameter that is not there.
    pub(crate) fn absent(field: &str, message: impl Into<String>) -> Self {
        Self { field: Some(field.to_owned()), ..Self::new(404, message) }
    }

    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(404, format!("there is no such {what}"))
    }

    pub(crate) fn reply(&self) -> Reply {
        let error = serde_json::json!({ "error": { "field": self.field, "message": self.message } });
        Reply::json_text(self.status, error.to_string())
    }
}

impl From<(&'static str, String)> for Problem {
    fn from((field, rule): (&'static str, String)) -> Self {
        Self::field(field, rule)
    }
}
