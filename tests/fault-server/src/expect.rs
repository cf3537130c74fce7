//! What a client must make of a fault, call by call.

use serde::{Deserialize, Serialize};

/// What is expected of one call. In the table a member that is left out is taken from the fault's general line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// The error's kind, by its name in all languages; several where the network decides; `ok` when the call must succeed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kind: Vec<String>,
    /// What the error says happened to the request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcome: Vec<String>,
    /// How many requests the server must have seen.
    pub requests: Option<u64>,
    /// The HTTP status that the error tells, if it tells one.
    pub http_status: Option<u16>,
    /// What was going on when time was up.
    pub phase: Option<String>,
}

/// The calls that a line of the table speaks of together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// What changes nothing and is repeated by the library.
    Reads,
    /// What moves money.
    Writes,
    /// What spends a code or a refresh token.
    Tokens,
}

impl Group {
    /// The group of a call.
    pub fn of(call: &str) -> Self {
        match call {
            "payment" | "user" => Group::Reads,
            "create_payment" | "refund" => Group::Writes,
            _ => Group::Tokens,
        }
    }

    /// Its name in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Group::Reads => "reads",
            Group::Writes => "writes",
            Group::Tokens => "tokens",
        }
    }
}

impl Expectation {
    /// The same, with what `over` says instead.
    #[must_use]
    pub(crate) fn overlaid(self, over: Option<&Expectation>) -> Self {
        let Some(over) = over else { return self };
        Expectation {
            kind: either(&over.kind, self.kind),
            outcome: either(&over.outcome, self.outcome),
            requests: over.requests.or(self.requests),
            http_status: over.http_status.or(self.http_status),
            phase: over.phase.clone().or(self.phase),
        }
    }

    /// Whether the call must succeed.
    pub fn is_success(&self) -> bool {
        self.kind == ["ok"]
    }
}

fn either(over: &[String], general: Vec<String>) -> Vec<String> {
    if over.is_empty() { general } else { over.to_vec() }
}
