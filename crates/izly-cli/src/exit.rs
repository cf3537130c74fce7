//! How a command ends: its exit code, and what it says when it fails.

use std::fmt;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use izly::{CallName, Error, ErrorKind, Outcome, Retry};

/// The exit codes, as `--help` documents them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// It worked.
    Ok = 0,
    /// A clear no: refused, not paid, not this order's payment, a check or a demo step that failed.
    No = 1,
    /// Wrong usage, invalid input or settings. Nothing was sent.
    Usage = 2,
    /// The request may have been carried out. Look before trying again.
    Unknown = 3,
    /// The request never reached Izly.
    NotSent = 4,
    /// The payment is not decided yet.
    NotFinal = 5,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

/// The table at the end of `--help`.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0  it worked (confirm: the order is paid)
  1  a clear no: refused by Izly, not paid, not the payment of this order, a failed check
  2  wrong usage, invalid input or settings; nothing was sent
  3  outcome unknown: the request may have been carried out, look before trying again
  4  not sent: Izly never saw the request (name, connection, TLS)
  5  not final: the payment is not decided yet, ask again later

Settings:
  IZLY_ENVIRONMENT   production, preproduction, or the URL of a sandbox
  IZLY_API_KEY       the API key; never an argument, since arguments are visible to other users
  IZLY_PROXY         a proxy whose URL holds a password
  IZLY_STATE         for `izly token`: the state that `izly login-url` printed
  IZLY_ACCESS_TOKEN  for `izly user`: the access token, if not on standard input
  NO_COLOR           no colours

Secrets and personal data are masked; token, user, payment show and callback inspect show them with --reveal.
Commands that call Izly also take connection options, such as --environment: see `izly doctor --help`.
New here? `izly demo` plays the whole protocol on this machine and explains each step.";

/// Why a command failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The SDK says so.
    Izly(Error),
    /// This command says so: the argument or setting at fault, and the rule it breaks.
    Usage { field: &'static str, rule: String },
    /// Something was left out, and the text itself says what to do about it.
    Advice { field: &'static str, text: String },
    /// A person was asked, and did not say yes.
    Declined,
}

impl Failure {
    pub(crate) fn usage(field: &'static str, rule: impl Into<String>) -> Self {
        Failure::Usage { field, rule: rule.into() }
    }

    pub(crate) fn advice(field: &'static str, text: impl Into<String>) -> Self {
        Failure::Advice { field, text: text.into() }
    }

    /// A file that cannot be read or written.
    pub(crate) fn file(field: &'static str, path: &Path, doing: &str, error: &io::Error) -> Self {
        Failure::usage(field, format!("{} cannot be {doing}: {error}", path.display()))
    }

    /// Something that does not start, with the causes of its error: their texts leave each other out.
    pub(crate) fn start(field: &'static str, error: &dyn std::error::Error) -> Self {
        let causes = std::iter::successors(error.source(), |cause| (*cause).source());
        Failure::usage(field, causes.fold(format!("cannot start: {error}"), |text, cause| format!("{text}: {cause}")))
    }

    pub(crate) fn exit(&self) -> Exit {
        match self {
            Failure::Izly(error) => exit_of(error),
            Failure::Usage { .. } | Failure::Advice { .. } | Failure::Declined => Exit::Usage,
        }
    }

    /// The failure in one line for a person, without the outcome where [`Failure::consequences`] tells it.
    pub(crate) fn line(&self) -> String {
        let text = self.to_string();
        match self {
            Failure::Izly(error) => match text.strip_suffix(&format!(" [{}]", error.outcome())) {
                Some(line) => line.to_owned(),
                None => text,
            },
            _ => text,
        }
    }

    /// What happened to the request and what may be done next; `None` where there was no request to speak of.
    pub(crate) fn consequences(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Failure::Izly(error) if is_callback_body(error) => None,
            Failure::Izly(error) => Some((outcome_in_words(error), advice_in_words(error))),
            Failure::Usage { .. } => Some((NOT_SENT, "correct it; `--help` says how")),
            Failure::Advice { .. } | Failure::Declined => None,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Izly(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Izly(error) => error.fmt(f),
            Failure::Usage { field, rule } => write!(f, "invalid input: {field} {rule}"),
            Failure::Advice { text, .. } => f.write_str(text),
            Failure::Declined => f.write_str("Not refunded (type yes in full)"),
        }
    }
}

fn exit_of(error: &Error) -> Exit {
    match (error.kind(), error.outcome()) {
        // A refund that answers with another status may have happened all the same.
        (ErrorKind::NotFinal, _) if error.call() != Some(CallName::Refund) => Exit::NotFinal,
        (_, Outcome::Unknown) => Exit::Unknown,
        // A login's return that is not this login's is found out without sending anything, and is a no all the same.
        (_, Outcome::Rejected) | (ErrorKind::Mismatch, Outcome::NotSent) => Exit::No,
        (_, Outcome::NotSent) if is_callback_body(error) => Exit::Usage,
        (ErrorKind::InvalidInput | ErrorKind::Configuration, Outcome::NotSent) => Exit::Usage,
        (_, Outcome::NotSent) => Exit::NotSent,
    }
}

/// Unreadable or too large, with nothing sent: a callback's body, which is input.
fn is_callback_body(error: &Error) -> bool {
    error.outcome() == Outcome::NotSent && matches!(error.kind(), ErrorKind::Unreadable | ErrorKind::TooLarge)
}

const NOT_SENT: &str = "not sent: Izly never saw a request";

/// What happened to the request, in plain words.
fn outcome_in_words(error: &Error) -> &'static str {
    let reads = error.call().is_none_or(CallName::is_read);
    match (error.outcome(), error.kind()) {
        (Outcome::NotSent, _) => NOT_SENT,
        (Outcome::Unknown, ErrorKind::NotFinal) if reads => "unknown: the payment is not decided yet",
        (Outcome::Unknown, _) if reads => "unknown: no usable answer came (a read changes nothing at Izly's)",
        (Outcome::Unknown, _) => "unknown: the request may have been carried out",
        (Outcome::Rejected, ErrorKind::Mismatch | ErrorKind::NotPaid) => "rejected: this order is not paid by it",
        (Outcome::Rejected, _) => "rejected: Izly saw the request and said no, nothing was carried out",
    }
}

/// What may be done next, in plain words.
fn advice_in_words(error: &Error) -> &'static str {
    match error.retry() {
        Retry::Safe => "try again: repeating it is safe",
        Retry::Later => "ask again later",
        Retry::Once => "try once more; a second failure needs a person",
        Retry::LookUpFirst => match error.call() {
            Some(CallName::CreatePayment) => {
                "nobody has this payment's page, so it is harmless: create another under a new order id"
            }
            _ => "look first: `izly payment show OPERATION`; the status Refund means that it happened",
        },
        Retry::RefreshToken => "refresh the token (`izly token --refresh`), then try again",
        Retry::RestartLogin => "send the student through the login again (`izly login-url`)",
        Retry::Fix => "correct the input or the settings: repeating gives the same error",
        Retry::No if error.call() == Some(CallName::Confirm) && error.kind() == ErrorKind::Mismatch => {
            "check --order and --amount-cents; if they are right, this operation is another order's"
        }
        Retry::No => "this answer is final: repeating gives the same one",
        _ => "nobody expects this answer: keep it, and report it",
    }
}
