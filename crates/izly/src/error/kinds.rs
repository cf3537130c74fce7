//! The small types an error is described with.

use std::fmt;

/// What happened to the request behind an [`Error`](crate::Error).
///
/// This is the question that matters when money moves, and the reason every error answers it. The answer comes from
/// facts (was there a connection, did a byte leave, did an answer arrive), never from the text of another error.
///
/// For [`confirm`](crate::Client::confirm), which changes nothing, it speaks of the order: `Unknown` means that it is not
/// decided yet, or that nobody could say; `Rejected` that Izly refused the question (401, 403, 429, unknown operation), or,
/// with the kinds [`NotPaid`](ErrorKind::NotPaid) and [`Mismatch`](ErrorKind::Mismatch) and only with those, that this
/// operation does not pay this order (money may have moved for another one).
///
/// The enum is exhaustive on purpose: code that moves money should handle each case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Izly never saw the request. Nothing happened; nothing can have happened.
    NotSent,
    /// Izly saw the request and said no. Nothing was carried out.
    Rejected,
    /// The request may have been carried out. Look before doing it again: [`Error::retry`](crate::Error::retry) says how.
    Unknown,
}

impl Outcome {
    /// The name used in logs, vectors and the other languages: `not_sent`, `rejected`, `unknown`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Outcome::NotSent => "not_sent",
            Outcome::Rejected => "rejected",
            Outcome::Unknown => "unknown",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The sort of failure an [`Error`](crate::Error) is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An argument breaks a rule. [`Error::field`](crate::Error::field) names it. Nothing was sent.
    InvalidInput,
    /// The client cannot be built from what it was given. Nothing was sent.
    Configuration,
    /// The host name could not be resolved.
    Resolve,
    /// No connection could be made.
    Connect,
    /// The connection could not be made private: certificate, host name or protocol version.
    Tls,
    /// The deadline passed; [`Error::phase`](crate::Error::phase) says during what.
    Timeout,
    /// The connection ended before the whole answer had arrived.
    Disconnected,
    /// What came back is not HTTP as promised.
    Protocol,
    /// The answer is larger than the client accepts.
    TooLarge,
    /// The answer cannot be read: not JSON, a required field missing, a value that breaks a reading rule.
    Unreadable,
    /// The server redirects. Redirects are never followed: that would hand the API key to another host.
    Redirect,
    /// The API key or the access token was not accepted (HTTP 401 or 403).
    Authentication,
    /// Too many requests (HTTP 429); [`Error::retry_after`](crate::Error::retry_after) may say how long to wait.
    RateLimited,
    /// Izly refused, with a reason in [`Error::api_code`](crate::Error::api_code) or [`Error::oauth_error`](crate::Error::oauth_error) when it gave one.
    Api,
    /// The server failed (HTTP 5xx).
    Server,
    /// The payment is not decided yet. Ask again later.
    NotFinal,
    /// What Izly says differs from what was expected; [`Error::field`](crate::Error::field) names the difference.
    Mismatch,
    /// The payment was refused, cancelled or refunded: it will not become paid.
    NotPaid,
    /// The program ended the call: the builder's `interrupt`, with the feature of that name.
    Interrupted,
    /// A fault of this library or of the system it runs on.
    Internal,
}

impl ErrorKind {
    /// The name used in logs, vectors and the other languages, such as `invalid_input`.
    pub const fn as_str(self) -> &'static str {
        match self {
            ErrorKind::InvalidInput => "invalid_input",
            ErrorKind::Configuration => "configuration",
            ErrorKind::Resolve => "resolve",
            ErrorKind::Connect => "connect",
            ErrorKind::Tls => "tls",
            ErrorKind::Timeout => "timeout",
            ErrorKind::Disconnected => "disconnected",
            ErrorKind::Protocol => "protocol",
            ErrorKind::TooLarge => "too_large",
            ErrorKind::Unreadable => "unreadable",
            ErrorKind::Redirect => "redirect",
            ErrorKind::Authentication => "authentication",
            ErrorKind::RateLimited => "rate_limited",
            ErrorKind::Api => "api",
            ErrorKind::Server => "server",
            ErrorKind::NotFinal => "not_final",
            ErrorKind::Mismatch => "mismatch",
            ErrorKind::NotPaid => "not_paid",
            ErrorKind::Interrupted => "interrupted",
            ErrorKind::Internal => "internal",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a caller may do next. See [`Error::retry`](crate::Error::retry).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Retry {
    /// The same call may be made again at once: it changed nothing.
    Safe,
    /// The same call may be made again after a while.
    Later,
    /// The call may be repeated once; a second failure needs a person.
    Once,
    /// The call may have moved money. Read the operation with [`Client::payment`](crate::Client::payment) first: a
    /// refund that happened shows the status [`Refund`](crate::Status::Refund). A creation whose operation id never
    /// arrived cannot be looked up; it is harmless, since nobody has the address of its page, and a new payment may be
    /// created under a new order id.
    LookUpFirst,
    /// Get a new access token with [`Client::refresh`](crate::Client::refresh), then call again.
    RefreshToken,
    /// The code or token is spent: send the student through the login again.
    RestartLogin,
    /// Correct the argument or the configuration; repeating gives the same error.
    Fix,
    /// Final: repeating gives the same answer.
    No,
    /// Nobody expects this answer. Keep it and tell Izly, or the authors of this library.
    Report,
}

impl Retry {
    /// The name used in logs and the other languages, such as `look_up_first`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Retry::Safe => "safe",
            Retry::Later => "later",
            Retry::Once => "once",
            Retry::LookUpFirst => "look_up_first",
            Retry::RefreshToken => "refresh_token",
            Retry::RestartLogin => "restart_login",
            Retry::Fix => "fix",
            Retry::No => "no",
            Retry::Report => "report",
        }
    }
}

/// What a call was doing when its deadline passed. See [`Error::phase`](crate::Error::phase).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Looking up the host name.
    Resolve,
    /// Opening the connection.
    Connect,
    /// Negotiating TLS.
    Tls,
    /// Sending the request.
    Send,
    /// Waiting for the answer, or reading it.
    Receive,
}

impl Phase {
    /// The name used in messages and the other languages, such as `connect`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Phase::Resolve => "resolve",
            Phase::Connect => "connect",
            Phase::Tls => "tls",
            Phase::Send => "send",
            Phase::Receive => "receive",
        }
    }
}
