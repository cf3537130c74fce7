//! The one error type: what went wrong, and what happened to the request.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::exchange::Blanks;
use crate::protocol::CallName;

/// What happened to the request behind an [`Error`].
///
/// This is the question that matters when money moves, and the reason every error answers it. The answer comes from
/// facts (was there a connection, did a byte leave, did an answer arrive), never from the text of another error.
///
/// For [`confirm`](crate::Client::confirm), which changes nothing, it speaks of the order: `Rejected` means that this
/// operation does not pay this order (money may have moved for another one), `Unknown` that it is not decided yet, or
/// that nobody could say.
///
/// The enum is exhaustive on purpose: code that moves money should handle each case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Izly never saw the request. Nothing happened; nothing can have happened.
    NotSent,
    /// Izly saw the request and said no. Nothing was carried out.
    Rejected,
    /// The request may have been carried out. Look before doing it again: [`Error::retry`] says how.
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

/// The sort of failure an [`Error`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An argument breaks a rule. [`Error::field`] names it. Nothing was sent.
    InvalidInput,
    /// The client cannot be built from what it was given. Nothing was sent.
    Configuration,
    /// The host name could not be resolved.
    Resolve,
    /// No connection could be made.
    Connect,
    /// The connection could not be made private: certificate, host name or protocol version.
    Tls,
    /// The deadline passed; [`Error::phase`] says during what.
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
    /// Too many requests (HTTP 429); [`Error::retry_after`] may say how long to wait.
    RateLimited,
    /// Izly refused, with a reason in [`Error::api_code`] or [`Error::oauth_error`] when it gave one.
    Api,
    /// The server failed (HTTP 5xx).
    Server,
    /// The payment is not decided yet. Ask again later.
    NotFinal,
    /// What Izly says differs from what was expected; [`Error::field`] names the difference.
    Mismatch,
    /// The payment was refused, cancelled or refunded: it will not become paid.
    NotPaid,
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
            ErrorKind::Internal => "internal",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a caller may do next. See [`Error::retry`].
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

/// What a call was doing when its deadline passed. See [`Error::phase`].
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

/// Everything that can go wrong, as one opaque type.
///
/// - [`kind`](Error::kind) says what sort of failure it is;
/// - [`outcome`](Error::outcome) says what happened to the request;
/// - [`retry`](Error::retry) says what may be done next;
/// - the `Display` text is one English line for a log, with Izly's own French text kept verbatim inside it. It never
///   holds a key, code, token or query; whatever secret the request carried is blanked even when a server echoes it.
///
/// ```
/// use izly::{Callback, ErrorKind, Outcome};
///
/// let error = Callback::parse(b"{}").unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Unreadable);
/// assert_eq!(error.outcome(), Outcome::NotSent);
/// assert_eq!(error.field(), Some("OperationSMoney.Id"));
/// assert_eq!(error.to_string(), "callback: OperationSMoney.Id is missing");
/// ```
#[derive(thiserror::Error)]
#[error(transparent)]
pub struct Error(Box<Details>);

/// The facts behind an [`Error`], boxed so that a `Result` stays small.
#[derive(thiserror::Error)]
#[error("{}", self.line())]
struct Details {
    kind: ErrorKind,
    outcome: Outcome,
    call: Option<CallName>,
    /// What the message is about when no call was made: `order`, `callback`, `API key`.
    subject: &'static str,
    message: String,
    field: Option<Cow<'static, str>>,
    phase: Option<Phase>,
    http_status: Option<u16>,
    fault: ApiFault,
    retry_after: Option<Duration>,
    excerpt: Option<Zeroizing<String>>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What Izly, or its OAuth half, wrote about a refusal (protocol §5).
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct ApiFault {
    pub(crate) code: Option<i64>,
    pub(crate) message: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) priority: Option<i64>,
    pub(crate) oauth: Option<String>,
}

impl Error {
    /// What sort of failure this is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What happened to the request. For an error found before any request, [`Outcome::NotSent`].
    pub fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    /// The call that failed, if one was being made.
    pub fn call(&self) -> Option<CallName> {
        self.0.call
    }

    /// The argument, setting or reply field the error is about.
    ///
    /// For an unreadable reply it is the dotted path as Izly spells it (`OperationSMoney.Id`), otherwise the name in
    /// this library (`amount`, `order_id`, `callback_parameters`).
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// What was going on when the deadline passed; `None` unless the kind is [`ErrorKind::Timeout`].
    pub fn phase(&self) -> Option<Phase> {
        self.0.phase
    }

    /// The HTTP status of the answer, if one arrived.
    pub fn http_status(&self) -> Option<u16> {
        self.0.http_status
    }

    /// Izly's own error code. Only 356, unknown operation, is documented (protocol §5).
    pub fn api_code(&self) -> Option<i64> {
        self.0.fault.code
    }

    /// Izly's own message, in French, as it came but for blanked secrets.
    pub fn api_message(&self) -> Option<&str> {
        self.0.fault.message.as_deref()
    }

    /// The title Izly gave its message, in French, as it came but for blanked secrets.
    pub fn title(&self) -> Option<&str> {
        self.0.fault.title.as_deref()
    }

    /// The priority Izly gave its message; its meaning is not documented.
    pub fn priority(&self) -> Option<i64> {
        self.0.fault.priority
    }

    /// The OAuth error of a login or token call, such as `invalid_grant` or `access_denied`.
    pub fn oauth_error(&self) -> Option<&str> {
        self.0.fault.oauth.as_deref()
    }

    /// How long the server asked to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// The beginning of the answer that could not be used, at most 512 bytes, for a person to look at.
    ///
    /// It may hold personal data: keep it out of logs that others read. The secrets of the request are blanked.
    pub fn raw_excerpt(&self) -> Option<&str> {
        self.0.excerpt.as_deref().map(String::as_str)
    }

    /// Whether the student cancelled the login.
    pub fn is_access_denied(&self) -> bool {
        self.oauth_error() == Some("access_denied")
    }

    /// What may be done next, from the kind, the outcome and what the call does.
    ///
    /// The library itself has already repeated what was safe to repeat; this is advice for the program or person who
    /// decides afterwards.
    pub fn retry(&self) -> Retry {
        match self.kind() {
            ErrorKind::InvalidInput | ErrorKind::Configuration | ErrorKind::Tls => Retry::Fix,
            ErrorKind::RateLimited | ErrorKind::NotFinal => Retry::Later,
            ErrorKind::NotPaid => Retry::No,
            ErrorKind::Redirect | ErrorKind::Internal => Retry::Report,
            ErrorKind::Authentication => match self.call() {
                Some(CallName::User) => Retry::RefreshToken,
                _ => Retry::Fix,
            },
            ErrorKind::Api | ErrorKind::Mismatch if self.outcome() != Outcome::Unknown => match self.call() {
                Some(CallName::ExchangeCode | CallName::Refresh | CallName::Login) => Retry::RestartLogin,
                _ => Retry::No,
            },
            ErrorKind::Unreadable if self.call().is_none() => Retry::No,
            ErrorKind::Unreadable | ErrorKind::Mismatch | ErrorKind::Api => self.after_unknown(Retry::Report),
            _ if self.outcome() == Outcome::NotSent => Retry::Safe,
            _ => self.after_unknown(Retry::Safe),
        }
    }

    /// The advice when the request may have been carried out; `read` is the one for calls that change nothing.
    fn after_unknown(&self, read: Retry) -> Retry {
        match self.call() {
            Some(CallName::CreatePayment | CallName::Refund) => Retry::LookUpFirst,
            Some(CallName::ExchangeCode | CallName::Login) => Retry::RestartLogin,
            Some(CallName::Refresh) => Retry::Once,
            Some(CallName::User | CallName::Payment | CallName::Confirm) | None => read,
        }
    }
}

/// How the rest of the crate makes errors.
impl Error {
    pub(crate) fn new(kind: ErrorKind, outcome: Outcome, subject: &'static str, message: impl Into<String>) -> Self {
        Error(Box::new(Details {
            kind,
            outcome,
            call: None,
            subject,
            message: message.into(),
            field: None,
            phase: None,
            http_status: None,
            fault: ApiFault::default(),
            retry_after: None,
            excerpt: None,
            source: None,
        }))
    }

    /// An argument breaks a rule: `rule` reads on from the field's name (`must not be empty`).
    pub(crate) fn invalid(field: &'static str, rule: impl fmt::Display) -> Self {
        let message = format!("{field} {rule}");
        Error::new(ErrorKind::InvalidInput, Outcome::NotSent, "invalid input", message).with_field(field)
    }

    /// A setting breaks a rule.
    pub(crate) fn configuration(field: &'static str, rule: impl fmt::Display) -> Self {
        let message = format!("{field} {rule}");
        Error::new(ErrorKind::Configuration, Outcome::NotSent, "configuration", message).with_field(field)
    }

    pub(crate) fn with_field(mut self, field: impl Into<Cow<'static, str>>) -> Self {
        self.0.field = Some(field.into());
        self
    }

    pub(crate) fn with_call(mut self, call: CallName) -> Self {
        self.0.call = Some(call);
        self
    }

    pub(crate) fn with_phase(mut self, phase: Phase) -> Self {
        self.0.phase = Some(phase);
        self
    }

    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.0.http_status = Some(status);
        self
    }

    pub(crate) fn with_fault(mut self, fault: ApiFault) -> Self {
        self.0.fault = fault;
        self
    }

    pub(crate) fn with_retry_after(mut self, wait: Option<Duration>) -> Self {
        self.0.retry_after = wait;
        self
    }

    pub(crate) fn with_excerpt(mut self, excerpt: Option<String>) -> Self {
        self.0.excerpt = excerpt.map(Zeroizing::new);
        self
    }

    /// The same with every one of these secrets blanked, in all that came from the server.
    pub(crate) fn without(mut self, blanks: &Blanks) -> Self {
        let details = &mut *self.0;
        let ApiFault { code: _, message, title, priority: _, oauth } = &mut details.fault;
        let texts = [message.as_mut(), title.as_mut(), oauth.as_mut()];
        for text in texts.into_iter().flatten().chain([&mut details.message]) {
            blanks.apply(text);
        }
        self
    }

    pub(crate) fn with_source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }
}

impl Details {
    fn line(&self) -> String {
        let Details { call, subject, message, outcome, .. } = self;
        match call {
            Some(call) => format!("{}: {message} [{outcome}]", call.describe()),
            None => format!("{subject}: {message}"),
        }
    }
}

impl fmt::Debug for Details {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.line(), f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Every field by name, so that a new one must be looked at here: the excerpt may hold personal data.
        let Details {
            kind,
            outcome,
            call,
            subject: _,
            message: _,
            field,
            phase,
            http_status,
            fault: ApiFault { code, message: _, title: _, priority: _, oauth },
            retry_after,
            excerpt,
            source,
        } = &*self.0;
        f.debug_struct("Error")
            .field("kind", kind)
            .field("outcome", outcome)
            .field("call", call)
            .field("message", &self.0.line())
            .field("field", field)
            .field("phase", phase)
            .field("http_status", http_status)
            .field("api_code", code)
            .field("oauth_error", oauth)
            .field("retry_after", retry_after)
            .field("excerpt_bytes", &excerpt.as_ref().map(|text| text.len()))
            .field("source", source)
            .finish()
    }
}
