//! The only judge of outcomes: sends a call, classifies what came back, decides what may be repeated.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::sleep;
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use crate::encoding::encoded;
use crate::error::{ApiFault, Error, ErrorKind, Outcome};
use crate::observe::CallRecord;
use crate::protocol::{Call, CallName, Partner, Request, Response};
use crate::secret::REDACTED;
use crate::transport::{Fault, Limits, Sent, Transport, TransportError};
use crate::wire::{Object, ReadError, body_text};

/// A first attempt and two more.
const MAX_ATTEMPTS: u32 = 3;
/// The pause before the second attempt; three times as long before the third.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// How much of an unusable answer an error keeps, in bytes.
const EXCERPT_BYTES: usize = 512;

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
}

impl Sender {
    /// Makes a call, within one deadline for all its attempts.
    pub(crate) fn run<C: Call>(&self, partner: &Partner, call: &C) -> Result<C::Output, Error> {
        let request = call.request(partner)?;
        let ends = Instant::now() + self.deadline;
        let mut attempt = 1;
        loop {
            let (result, died_on_reused) = self.attempt(partner, call, &request, attempt, ends);
            let Err(error) = result else { return result };
            let pause = if died_on_reused { Duration::ZERO } else { pause_after(attempt) };
            let has_time = Instant::now() + pause < ends;
            if attempt == MAX_ATTEMPTS || !has_time || !may_repeat(call.name(), &error) {
                return Err(error);
            }
            sleep(pause);
            attempt += 1;
        }
    }

    fn attempt<C: Call>(
        &self,
        partner: &Partner,
        call: &C,
        request: &Request,
        attempt: u32,
        ends: Instant,
    ) -> (Result<C::Output, Error>, bool) {
        let begins = Instant::now();
        let deadline = ends.saturating_duration_since(begins);
        let limits = Limits {
            deadline,
            connect_timeout: self.connect_timeout.min(deadline),
            max_body_bytes: self.max_body_bytes,
            // A second attempt is there because the first went wrong: it gets a connection of its own.
            may_reuse_connection: self.reuse_connections && call.name().is_read() && attempt == 1,
        };
        let mut server_date = None;
        let (result, status, is_reused) = match self.transport.send(request, &limits) {
            Ok(response) => {
                server_date = response.header("date").map(str::to_owned);
                (call.reply(partner, &response), Some(response.status()), response.is_reused())
            }
            Err(failure) => {
                let (status, is_reused) = (failure.status, failure.is_reused);
                (Err(failed(call.name(), failure)), status, is_reused)
            }
        };
        let error = result.as_ref().err();
        self.observe(&CallRecord {
            call: call.name(),
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

    fn observe(&self, record: &CallRecord) {
        if let Some(observer) = &self.observer {
            // A hook that panics must not take the result of a refund with it.
            let _ = catch_unwind(AssertUnwindSafe(|| observer(record)));
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
    let jitter = Duration::from_nanos(Instant::now().elapsed().subsec_nanos().into());
    FIRST_PAUSE * 3_u32.pow(attempt - 1) + jitter
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
    let status = response.status();
    let verdict = match status {
        200..=299 => read(call, partner, response),
        300..=399 => {
            let message = "the server redirects, and redirects are never followed";
            Err(Error::new(ErrorKind::Redirect, Outcome::Unknown, "reply", message))
        }
        _ => Err(refused(name, status, fault_of(name, response))),
    };
    verdict.map_err(|error| {
        let is_unusable = !matches!(error.kind(), ErrorKind::NotFinal | ErrorKind::NotPaid);
        let blanks = Blanks::of(call, partner);
        let excerpt = is_unusable.then(|| excerpt(response.body(), &blanks));
        let error =
            error.with_call(name).with_status(status).with_excerpt(excerpt).with_retry_after(retry_after(response));
        error.without(&blanks)
    })
}

/// A 2xx answer: a refusal in disguise, or what was asked for.
fn read<C: Call>(call: &C, partner: &Partner, response: &Response) -> Result<C::Output, Error> {
    let unreadable = |error: ReadError| error.into_error("reply", Outcome::Unknown);
    let mut object = Object::parse(body_text(response.body()).map_err(unreadable)?, C::OBJECTS).map_err(unreadable)?;
    if let Some(fault) = api_fault(call.name(), &mut object) {
        return Err(refusal(call.name(), fault));
    }
    call.decode(partner, object)
}

/// A 4xx or 5xx answer.
fn refused(call: CallName, status: u16, fault: Option<ApiFault>) -> Error {
    let words = |what: String| match fault.as_ref().map(describe) {
        Some(said) => format!("{what}: {said}"),
        None => what,
    };
    let (kind, outcome, message) = match (status, &fault) {
        // Izly names its reason: more than the status can say, and not always the key's.
        (403, Some(fault)) if fault.code.is_some() => return refusal(call, fault.clone()),
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
    let mut object = Object::parse(body_text(response.body()).ok()?, &[]).ok()?;
    api_fault(call, &mut object)
}

/// Izly's error object (a non-zero code and no operation), or OAuth's (protocol §5).
fn api_fault(call: CallName, object: &mut Object<'_>) -> Option<ApiFault> {
    let carries_result = ["OperationId", "OperationSMoney", "access_token"].iter().any(|name| object.has(name));
    if carries_result {
        return None;
    }
    // Lenient on purpose: a malformed detail must never hide the error itself.
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
    if !call.speaks_oauth() {
        return None;
    }
    let oauth = text(object, "error")?;
    let message = text(object, "error_description");
    Some(ApiFault { oauth: Some(oauth), message, ..ApiFault::default() })
}

fn retry_after(response: &Response) -> Option<Duration> {
    response.header("retry-after")?.trim().parse().ok().map(Duration::from_secs)
}

/// The beginning of a body, blanked before it is cut, so that no half of a secret is left at the end.
fn excerpt(body: &[u8], blanks: &Blanks) -> String {
    let mut text = String::from_utf8_lossy(&body[..body.len().min(16 * EXCERPT_BYTES)]).into_owned();
    blanks.apply(&mut text);
    text.truncate(text.floor_char_boundary(EXCERPT_BYTES));
    text
}

/// The texts that must not come back out of an error, however a server echoes them.
pub(crate) struct Blanks(Vec<Zeroizing<String>>);

impl Blanks {
    fn of<C: Call>(call: &C, partner: &Partner) -> Self {
        let key = partner.api_key();
        let mut secrets: Vec<Zeroizing<String>> = vec![Zeroizing::new(key.reveal().to_owned()), key.secret()];
        for secret in call.secrets() {
            secrets.push(Zeroizing::new(secret.to_owned()));
            secrets.push(Zeroizing::new(encoded(secret)));
        }
        secrets.retain(|secret| !secret.is_empty());
        // The longest first, or the end of a longer one would be left standing.
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        Blanks(secrets)
    }

    pub(crate) fn apply(&self, text: &mut String) {
        for secret in &self.0 {
            if text.contains(secret.as_str()) {
                *text = text.replace(secret.as_str(), REDACTED);
            }
        }
    }
}
