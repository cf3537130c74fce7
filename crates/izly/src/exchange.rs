//! The only judge of outcomes: sends a call, classifies what came back, decides what may be repeated.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use crate::blanks::Blanks;
use crate::error::{ApiFault, Error, ErrorKind, Outcome};
use crate::interrupt::Interrupt;
use crate::observe::CallRecord;
use crate::protocol::{Call, CallName, Partner, Request, Response};
use crate::transport::{Fault, Limits, Sent, Transport, TransportError};
use crate::wire::{Object, ReadError, body_text};

/// A first attempt and two more.
const MAX_ATTEMPTS: u32 = 3;
/// The pause before the second attempt; three times as long before the third.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// How much of an unusable answer an error keeps, in bytes.
const EXCERPT_BYTES: usize = 512;

/// Reads an answer, and keeps what was in it.
type Read<'a> = dyn FnMut(&Response) -> Result<(), Error> + 'a;

/// A hook that watches requests.
pub(crate) type Observer = dyn Fn(&CallRecord) + Send + Sync;

/// How a client's requests are sent.
pub(crate) struct Sender {
    pub(crate) transport: Box<dyn Transport>,
    pub(crate) deadline: Duration,
    pub(crate) connect_timeout: Duration,
    pub(crate) max_body_bytes: usize,
    pub(crate) reuse_connections: bool,
    pub(crate) observer: Option<Box<Observer>>,
    pub(crate) interrupt: Interrupt,
}

impl Sender {
    /// Makes a call, within one deadline for all its attempts.
    pub(crate) fn run<C: Call>(&self, partner: &Partner, call: &C) -> Result<C::Output, Error> {
        self.run_within(self.deadline, partner, call)
    }

    /// The same within a shorter deadline.
    pub(crate) fn run_within<C: Call>(&self, limit: Duration, partner: &Partner, call: &C) -> Result<C::Output, Error> {
        let request = call.request(partner)?;
        let mut output = None;
        self.repeat(limit, call.name(), &request, &mut |response| {
            output = Some(call.reply(partner, response)?);
            Ok(())
        })?;
        // An answer that was read without an error has left something.
        output.ok_or_else(|| Error::new(ErrorKind::Internal, Outcome::Unknown, "request", "the answer was lost"))
    }

    /// Sends a request until its answer is read, or it may not be repeated. Compiled once for all calls, which only `read`
    /// tells apart.
    fn repeat(&self, limit: Duration, name: CallName, request: &Request, read: &mut Read<'_>) -> Result<(), Error> {
        let ends = Instant::now() + self.deadline.min(limit);
        let mut attempt = 1;
        let mut was_seen = false;
        loop {
            let (result, died_on_reused) = self.attempt(name, request, attempt, ends, read);
            let Err(mut error) = result else { return result };
            // The outcome is the whole call's: a last attempt that never left takes nothing back.
            if was_seen && error.outcome() == Outcome::NotSent {
                error = error.with_outcome(Outcome::Unknown);
            }
            was_seen = error.outcome() != Outcome::NotSent;
            let pause = if died_on_reused { Duration::ZERO } else { pause_after(attempt) };
            let has_time = Instant::now() + pause < ends;
            if attempt == MAX_ATTEMPTS || !has_time || !may_repeat(name, &error) {
                return Err(error);
            }
            if self.interrupt.sleep(pause) {
                return Err(error);
            }
            attempt += 1;
        }
    }

    fn attempt(
        &self,
        name: CallName,
        request: &Request,
        attempt: u32,
        ends: Instant,
        read: &mut Read<'_>,
    ) -> (Result<(), Error>, bool) {
        let begins = Instant::now();
        let deadline = ends.saturating_duration_since(begins);
        let limits = Limits {
            deadline,
            connect_timeout: self.connect_timeout.min(deadline),
            max_body_bytes: self.max_body_bytes,
            // A second attempt is there because the first went wrong: it gets a connection of its own.
            may_reuse_connection: self.reuse_connections && name.is_read() && attempt == 1,
        };
        // Before anything is done: an end that was wished for earlier costs nothing.
        if self.interrupt.is_set() {
            return (Err(failed(name, TransportError::new(Fault::Interrupted, Sent::No))), false);
        }
        let mut server_date = None;
        let (result, status, is_reused) = match self.transport.send(request, &limits) {
            Ok(response) => {
                if self.observer.is_some() {
                    server_date = response.header("date").map(str::to_owned);
                }
                (read(&response), Some(response.status()), response.is_reused())
            }
            Err(failure) => {
                let (status, is_reused) = (failure.status, failure.is_reused);
                (Err(failed(name, failure)), status, is_reused)
            }
        };
        let error = result.as_ref().err();
        self.observe(|| CallRecord {
            call: name,
            method: request.method(),
            path: request.url().path().to_owned(),
            attempt,
            status,
            server_date,
            duration: begins.elapsed(),
            is_reused,
            error: error.map(Error::kind),
            outcome: error.map(Error::outcome),
        });
        let died_on_reused = is_reused && status.is_none();
        (result, died_on_reused)
    }

    /// Tells the hook, if there is one; without one no record is made.
    fn observe(&self, record: impl FnOnce() -> CallRecord) {
        if let Some(observer) = &self.observer {
            let record = record();
            // A hook that panics must not take the result of a refund with it.
            let _ = catch_unwind(AssertUnwindSafe(|| observer(&record)));
        }
    }
}

/// Whether the library itself may make the call again: a read that met a passing fault, or a refresh that certainly
/// never left. Never a payment, a refund or a code, not even when it was not sent: that is the caller's to decide.
fn may_repeat(call: CallName, error: &Error) -> bool {
    let is_passing = matches!(
        error.kind(),
        ErrorKind::Resolve | ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Disconnected | ErrorKind::Server
    );
    is_passing && (call.is_read() || (call == CallName::Refresh && error.outcome() == Outcome::NotSent))
}

fn pause_after(attempt: u32) -> Duration {
    // Clients that failed together should not come back together.
    let jitter = getrandom::u32().map_or(0, |number| number % 50);
    FIRST_PAUSE * 3_u32.pow(attempt - 1) + Duration::from_millis(jitter.into())
}

/// The error for a request that got no whole answer.
pub(crate) fn failed(call: CallName, failure: TransportError) -> Error {
    let TransportError { fault, sent, status, is_reused: _, source } = failure;
    let kind = match fault {
        Fault::Resolve => ErrorKind::Resolve,
        Fault::Connect => ErrorKind::Connect,
        Fault::Tls => ErrorKind::Tls,
        Fault::Timeout(_) => ErrorKind::Timeout,
        Fault::Disconnected => ErrorKind::Disconnected,
        Fault::Protocol => ErrorKind::Protocol,
        Fault::TooLarge => ErrorKind::TooLarge,
        Fault::Interrupted => ErrorKind::Interrupted,
        Fault::Internal => ErrorKind::Internal,
    };
    let outcome = match sent {
        Sent::No => Outcome::NotSent,
        Sent::Maybe => Outcome::Unknown,
    };
    let message = match &source {
        Some(source) => format!("{fault}: {source}"),
        None => fault.to_string(),
    };
    let mut error = Error::new(kind, outcome, "request", message).with_call(call);
    if let Fault::Timeout(phase) = fault {
        error = error.with_phase(phase);
    }
    if let Some(status) = status {
        error = error.with_status(status);
    }
    match source {
        Some(source) => error.with_source(source),
        None => error,
    }
}

/// Judges an answer by its status, then by its body, then has the call read it.
pub(crate) fn judge<C: Call>(call: &C, partner: &Partner, response: &Response) -> Result<C::Output, Error> {
    let name = call.name();
    let verdict = match response.status() {
        200..=299 => open(name, C::OBJECTS, response).and_then(|object| call.decode(partner, object)),
        status => Err(closed(name, status, response)),
    };
    verdict.map_err(|error| told(error, name, response, &Blanks::of(&call.secrets(), partner)))
}

/// An answer that is no success.
fn closed(name: CallName, status: u16, response: &Response) -> Error {
    if (300..=399).contains(&status) {
        let message = "the server redirects, and redirects are never followed";
        return Error::new(ErrorKind::Redirect, Outcome::Unknown, "reply", message);
    }
    refused(name, status, fault_of(name, response))
}

/// An error with all that is known of its answer, and nothing that is secret.
fn told(error: Error, name: CallName, response: &Response, blanks: &Blanks) -> Error {
    let status = response.status();
    let excerpt = is_worth_keeping(name, status, &error).then(|| excerpt(response.body(), blanks));
    let error = error.with_call(name).with_status(status).with_excerpt(excerpt).with_retry_after(retry_after(response));
    error.without(blanks)
}

/// Whether an error keeps the beginning of its answer. A token reply that could not be read holds live tokens.
fn is_worth_keeping(call: CallName, status: u16, error: &Error) -> bool {
    let holds_tokens = matches!(call, CallName::ExchangeCode | CallName::Refresh) && (200..300).contains(&status);
    !holds_tokens && !matches!(error.kind(), ErrorKind::NotFinal | ErrorKind::NotPaid)
}

/// A 2xx answer: a refusal in disguise, or an object to find in it what was asked for.
fn open<'r>(name: CallName, objects: &'static [&'static str], response: &'r Response) -> Result<Object<'r>, Error> {
    let unreadable = |error: ReadError| error.into_error("reply", Outcome::Unknown);
    let object = Object::parse(body_text(response.body()).map_err(unreadable)?, objects).map_err(unreadable)?;
    match fault_in(name, &object) {
        Some(fault) if !carries_result(&object) => Err(refusal(name, fault)),
        // It did something, and says that it failed: nobody can tell which.
        Some(fault) if matches!(name, CallName::CreatePayment | CallName::Refund) => {
            let message = format!("the reply holds a result and an error at once: {}", describe(&fault));
            Err(Error::new(ErrorKind::Api, Outcome::Unknown, "reply", message).with_fault(fault))
        }
        _ => Ok(object),
    }
}

/// A 4xx or 5xx answer.
fn refused(call: CallName, status: u16, fault: Option<ApiFault>) -> Error {
    let words = |what: String| match fault.as_ref().map(describe) {
        Some(said) => format!("{what}: {said}"),
        None => what,
    };
    let (kind, outcome, message) = match (status, &fault) {
        // A reason of its own says more than the status can, and is not always the key's.
        (403, Some(fault)) => return refusal(call, fault.clone()),
        (401, Some(fault)) if fault.oauth.is_some() => return refusal(call, fault.clone()),
        (401 | 403, _) => {
            let what = if call == CallName::User { "the access token" } else { "the API key" };
            (ErrorKind::Authentication, Outcome::Rejected, words(format!("{what} was not accepted (HTTP {status})")))
        }
        (429, _) => (ErrorKind::RateLimited, Outcome::Rejected, words("too many requests (HTTP 429)".to_owned())),
        (400..=499, Some(fault)) => return refusal(call, fault.clone()),
        (400..=499, None) => {
            let message = format!("HTTP {status}, without an error object of Izly's");
            (ErrorKind::Api, Outcome::Unknown, message)
        }
        (500..=599, _) => (ErrorKind::Server, Outcome::Unknown, words(format!("the server failed (HTTP {status})"))),
        _ => (ErrorKind::Protocol, Outcome::Unknown, format!("HTTP {status} is no answer to this request")),
    };
    Error::new(kind, outcome, "reply", message).with_fault(fault.unwrap_or_default())
}

/// A well-formed no.
fn refusal(call: CallName, fault: ApiFault) -> Error {
    let kind = match fault.oauth.as_deref() {
        Some("invalid_client" | "unauthorized_client") => ErrorKind::Authentication,
        Some("invalid_token") if call == CallName::User => ErrorKind::Authentication,
        _ => ErrorKind::Api,
    };
    let message = format!("Izly refused: {}", describe(&fault));
    Error::new(kind, Outcome::Rejected, "reply", message).with_fault(fault)
}

/// Code, title and message, the vendor's words as they came.
fn describe(fault: &ApiFault) -> String {
    let reason = match (fault.code, &fault.oauth) {
        (Some(code), _) => format!("code {code}"),
        (None, Some(oauth)) => oauth.clone(),
        (None, None) => String::new(),
    };
    let said = [fault.title.as_deref(), fault.message.as_deref()];
    said.into_iter().flatten().fold(reason, |all, text| format!("{all}, {text}"))
}

/// The error object in a 4xx or 5xx body, if there is one.
fn fault_of(call: CallName, response: &Response) -> Option<ApiFault> {
    let object = Object::parse(body_text(response.body()).ok()?, &[]).ok()?;
    fault_in(call, &object).filter(|_| !carries_result(&object))
}

/// Whether an answer holds what was asked for, or a part of it, whatever else it says.
fn carries_result(object: &Object<'_>) -> bool {
    const RESULTS: [&str; 6] =
        ["OperationId", "OperationSMoney", "OperationStatus", "PaymentAuthorizationUrl", "RefundDate", "access_token"];
    RESULTS.iter().any(|name| object.has(name))
}

/// Izly's error object (a non-zero code), or OAuth's (protocol §5). Its fields stay unread: beside a result they are
/// nobody's.
fn fault_in(call: CallName, object: &Object<'_>) -> Option<ApiFault> {
    let may_be_oauth = call.speaks_oauth() && object.has("error");
    if !may_be_oauth && !object.has("Code") {
        return None;
    }
    // Lenient on purpose: a malformed detail must never hide the error itself.
    let object = &mut object.clone();
    let text = |object: &mut Object<'_>, name| object.string(name).ok().flatten();
    if object.has("Code")
        && let Ok(Some(code)) = object.integer("Code")
        && code != 0
    {
        let message = text(object, "ErrorMessage").or_else(|| text(object, "Message"));
        let title = text(object, "Title");
        let priority = object.integer("Priority").ok().flatten();
        return Some(ApiFault { code: Some(code), message, title, priority, oauth: None });
    }
    if !may_be_oauth {
        return None;
    }
    let oauth = text(object, "error")?;
    let message = text(object, "error_description");
    Some(ApiFault { oauth: Some(oauth), message, ..ApiFault::default() })
}

/// At most a day: what is beyond is no advice, and could not be added to a clock.
fn retry_after(response: &Response) -> Option<Duration> {
    const DAY: u64 = 24 * 60 * 60;
    response.header("retry-after")?.trim().parse().ok().map(|seconds: u64| Duration::from_secs(seconds.min(DAY)))
}

/// The beginning of a body, blanked before it is cut, so that no half of a secret is left at the end.
fn excerpt(body: &[u8], blanks: &Blanks) -> String {
    let mut text = blanks.clean(&String::from_utf8_lossy(body));
    text.truncate(text.floor_char_boundary(EXCERPT_BYTES));
    text
}
