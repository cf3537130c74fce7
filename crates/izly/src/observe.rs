//! What a program may watch: one record per request.

use std::time::Duration;

use crate::error::{ErrorKind, Outcome};
use crate::protocol::{CallName, Method};

/// One request and how it ended. Nothing in it is secret or personal.
///
/// Given to the hook set with [`ClientBuilder::observer`](crate::ClientBuilder::observer). A call that is repeated gives
/// a record for each attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallRecord {
    /// The call.
    pub call: CallName,
    /// `GET` or `POST`.
    pub method: Method,
    /// The path, without the query, which may hold a code or a token.
    pub path: String,
    /// 1 for the first attempt.
    pub attempt: u32,
    /// The HTTP status, if an answer arrived.
    pub status: Option<u16>,
    /// The answer's `Date` header as it came: what time it is at the server's.
    pub server_date: Option<String>,
    /// How long the attempt took.
    pub duration: Duration,
    /// Whether it travelled over a connection used before.
    pub is_reused: bool,
    /// The sort of failure; `None` on success.
    pub error: Option<ErrorKind>,
    /// What happened to the request; `None` on success.
    pub outcome: Option<Outcome>,
}
