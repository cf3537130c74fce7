//! The one error type: what went wrong, and what happened to the request.

mod kinds;

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::blanks::Blanks;
use crate::protocol::CallName;

pub use self::kinds::{ErrorKind, Outcome, Phase, Retry};

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
    /// What to advise in place of what the kind would.
    advice: Option<Retry>,
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
        if let Some(advice) = self.0.advice {
            return advice;
        }
        let moves_money = matches!(self.call(), Some(CallName::CreatePayment | CallName::Refund));
        if moves_money && self.outcome() == Outcome::Unknown {
            return Retry::LookUpFirst;
        }
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
            Some(CallName::ExchangeCode | CallName::Login) => Retry::RestartLogin,
            Some(CallName::Refresh) => Retry::Once,
            _ => read,
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
            advice: None,
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

    pub(crate) fn with_outcome(mut self, outcome: Outcome) -> Self {
        self.0.outcome = outcome;
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

    pub(crate) fn with_advice(mut self, advice: Retry) -> Self {
        self.0.advice = Some(advice);
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
        for text in [message.as_mut(), title.as_mut(), oauth.as_mut()].into_iter().flatten() {
            let cleaned = blanks.clean(text);
            details.message = details.message.replace(text.as_str(), &cleaned);
            *text = cleaned;
        }
        blanks.clean_message(&mut details.message);
        self
    }

    pub(crate) fn with_source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }
}

impl Details {
    /// One line, of a bounded length, whatever a server put into it.
    fn line(&self) -> String {
        const MAX_CHARS: usize = 600;
        let Details { call, subject, message, outcome, .. } = self;
        let subject = call.map_or(*subject, CallName::describe);
        let mut line = format!("{subject}: ");
        let letters = message.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
        line.extend(letters.take(MAX_CHARS));
        if message.chars().nth(MAX_CHARS).is_some() {
            line.push('…');
        }
        match call {
            Some(_) => format!("{line} [{outcome}]"),
            None => line,
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
            advice: _,
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
