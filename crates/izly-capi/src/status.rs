//! Numbers: statuses, outcomes, advice. None is ever reused.

use std::ffi::c_char;

use sdk::{ErrorKind, Outcome, Retry};

/// How a call ended: `IZLY_OK`, or an `IZLY_ERR_…`. New ones may appear: keep a `default:`.
pub type izly_status = i32;

/// It worked.
pub const IZLY_OK: izly_status = 0;

/// A required pointer is NULL.
pub const IZLY_ERR_NULL: izly_status = 1;
/// A text is not UTF-8.
pub const IZLY_ERR_UTF8: izly_status = 2;
/// A struct's `struct_size` is smaller than any header's: it was not made with its `_INIT`.
pub const IZLY_ERR_STRUCT_SIZE: izly_status = 3;
/// An argument breaks a rule. Nothing was sent.
pub const IZLY_ERR_INVALID_INPUT: izly_status = 4;
/// A setting breaks a rule. Nothing was sent.
pub const IZLY_ERR_CONFIGURATION: izly_status = 5;

/// The host name could not be resolved.
pub const IZLY_ERR_RESOLVE: izly_status = 20;
/// No connection could be made.
pub const IZLY_ERR_CONNECT: izly_status = 21;
/// The connection could not be made private.
pub const IZLY_ERR_TLS: izly_status = 22;
/// The deadline passed.
pub const IZLY_ERR_TIMEOUT: izly_status = 23;
/// The connection ended before the whole answer had arrived.
pub const IZLY_ERR_DISCONNECTED: izly_status = 24;
/// What came back is not HTTP as promised.
pub const IZLY_ERR_PROTOCOL: izly_status = 25;
/// The answer, or a callback, is larger than accepted.
pub const IZLY_ERR_TOO_LARGE: izly_status = 26;

/// The answer, or a callback, cannot be read.
pub const IZLY_ERR_UNREADABLE: izly_status = 40;
/// The server redirects; redirects are never followed.
pub const IZLY_ERR_REDIRECT: izly_status = 41;
/// The API key or the access token was not accepted.
pub const IZLY_ERR_AUTHENTICATION: izly_status = 42;
/// Too many requests.
pub const IZLY_ERR_RATE_LIMITED: izly_status = 43;
/// Izly refused; its reason is in the error.
pub const IZLY_ERR_API: izly_status = 44;
/// The server failed.
pub const IZLY_ERR_SERVER: izly_status = 45;

/// The payment is not decided yet: ask again later.
pub const IZLY_ERR_NOT_FINAL: izly_status = 60;
/// What Izly says differs from what was expected; the error's `field` names the difference.
pub const IZLY_ERR_MISMATCH: izly_status = 61;
/// The payment was refused, cancelled or refunded.
pub const IZLY_ERR_NOT_PAID: izly_status = 62;

/// A fault of the library or of the system it runs on.
pub const IZLY_ERR_INTERNAL: izly_status = 90;
/// A bug in the library was caught before it could end the program.
pub const IZLY_ERR_PANIC: izly_status = 99;

/// What happened to the request behind an error: `IZLY_OUTCOME_…`.
pub type izly_outcome = i32;

/// Izly never saw it.
pub const IZLY_OUTCOME_NOT_SENT: izly_outcome = 1;
/// Izly said no: nothing was carried out.
pub const IZLY_OUTCOME_REJECTED: izly_outcome = 2;
/// It may have been carried out: look before doing it again.
pub const IZLY_OUTCOME_UNKNOWN: izly_outcome = 3;

/// What may be done after an error: `IZLY_RETRY_…`. New ones may appear: keep a `default:`.
pub type izly_retry = i32;

/// The same call may be made again at once.
pub const IZLY_RETRY_SAFE: izly_retry = 1;
/// The same call may be made again after a while.
pub const IZLY_RETRY_LATER: izly_retry = 2;
/// The call may be repeated once.
pub const IZLY_RETRY_ONCE: izly_retry = 3;
/// Money may have moved: read the operation first.
pub const IZLY_RETRY_LOOK_UP_FIRST: izly_retry = 4;
/// Refresh the tokens, then call again.
pub const IZLY_RETRY_REFRESH_TOKEN: izly_retry = 5;
/// Send the student through the login again.
pub const IZLY_RETRY_RESTART_LOGIN: izly_retry = 6;
/// Correct the argument or the setting.
pub const IZLY_RETRY_FIX: izly_retry = 7;
/// Final: repeating gives the same answer.
pub const IZLY_RETRY_NO: izly_retry = 8;
/// Nobody expects this answer: keep it and report it.
pub const IZLY_RETRY_REPORT: izly_retry = 9;

/// The state of a payment: `IZLY_PAYMENT_…`, 0 for one without a number here; its text is always beside it.
pub type izly_payment_status = i32;

/// A state this library does not know, or none at all.
pub const IZLY_PAYMENT_OTHER: izly_payment_status = 0;
/// Created; the student has not approved yet.
pub const IZLY_PAYMENT_WAITING: izly_payment_status = 1;
/// Paid. The only state that means so.
pub const IZLY_PAYMENT_COMPLETED: izly_payment_status = 2;
/// Paid, then refunded.
pub const IZLY_PAYMENT_REFUND: izly_payment_status = 3;
/// Refused.
pub const IZLY_PAYMENT_REFUSED: izly_payment_status = 4;
/// Cancelled by the student.
pub const IZLY_PAYMENT_CANCELLED: izly_payment_status = 5;
/// Being decided.
pub const IZLY_PAYMENT_WAITING_FOR_VALIDATION: izly_payment_status = 6;

pub(crate) fn of_kind(kind: ErrorKind) -> izly_status {
    match kind {
        ErrorKind::InvalidInput => IZLY_ERR_INVALID_INPUT,
        ErrorKind::Configuration => IZLY_ERR_CONFIGURATION,
        ErrorKind::Resolve => IZLY_ERR_RESOLVE,
        ErrorKind::Connect => IZLY_ERR_CONNECT,
        ErrorKind::Tls => IZLY_ERR_TLS,
        ErrorKind::Timeout => IZLY_ERR_TIMEOUT,
        ErrorKind::Disconnected => IZLY_ERR_DISCONNECTED,
        ErrorKind::Protocol => IZLY_ERR_PROTOCOL,
        ErrorKind::TooLarge => IZLY_ERR_TOO_LARGE,
        ErrorKind::Unreadable => IZLY_ERR_UNREADABLE,
        ErrorKind::Redirect => IZLY_ERR_REDIRECT,
        ErrorKind::Authentication => IZLY_ERR_AUTHENTICATION,
        ErrorKind::RateLimited => IZLY_ERR_RATE_LIMITED,
        ErrorKind::Api => IZLY_ERR_API,
        ErrorKind::Server => IZLY_ERR_SERVER,
        ErrorKind::NotFinal => IZLY_ERR_NOT_FINAL,
        ErrorKind::Mismatch => IZLY_ERR_MISMATCH,
        ErrorKind::NotPaid => IZLY_ERR_NOT_PAID,
        _ => IZLY_ERR_INTERNAL,
    }
}

pub(crate) fn of_outcome(outcome: Outcome) -> izly_outcome {
    match outcome {
        Outcome::NotSent => IZLY_OUTCOME_NOT_SENT,
        Outcome::Rejected => IZLY_OUTCOME_REJECTED,
        Outcome::Unknown => IZLY_OUTCOME_UNKNOWN,
    }
}

pub(crate) fn of_retry(retry: Retry) -> izly_retry {
    match retry {
        Retry::Safe => IZLY_RETRY_SAFE,
        Retry::Later => IZLY_RETRY_LATER,
        Retry::Once => IZLY_RETRY_ONCE,
        Retry::LookUpFirst => IZLY_RETRY_LOOK_UP_FIRST,
        Retry::RefreshToken => IZLY_RETRY_REFRESH_TOKEN,
        Retry::RestartLogin => IZLY_RETRY_RESTART_LOGIN,
        Retry::Fix => IZLY_RETRY_FIX,
        Retry::No => IZLY_RETRY_NO,
        _ => IZLY_RETRY_REPORT,
    }
}

/// The name of a status, such as `IZLY_ERR_NOT_FINAL`, for logs; `IZLY_ERR_UNKNOWN` for a number it does not know.
///
/// Ownership: the text is the library's, and lives for ever. Any thread. Never NULL.
///
/// Example: `fprintf(stderr, "%s\n", izly_status_name(status));`
#[unsafe(no_mangle)]
pub extern "C" fn izly_status_name(status: izly_status) -> *const c_char {
    let name = match status {
        IZLY_OK => c"IZLY_OK",
        IZLY_ERR_NULL => c"IZLY_ERR_NULL",
        IZLY_ERR_UTF8 => c"IZLY_ERR_UTF8",
        IZLY_ERR_STRUCT_SIZE => c"IZLY_ERR_STRUCT_SIZE",
        IZLY_ERR_INVALID_INPUT => c"IZLY_ERR_INVALID_INPUT",
        IZLY_ERR_CONFIGURATION => c"IZLY_ERR_CONFIGURATION",
        IZLY_ERR_RESOLVE => c"IZLY_ERR_RESOLVE",
        IZLY_ERR_CONNECT => c"IZLY_ERR_CONNECT",
        IZLY_ERR_TLS => c"IZLY_ERR_TLS",
        IZLY_ERR_TIMEOUT => c"IZLY_ERR_TIMEOUT",
        IZLY_ERR_DISCONNECTED => c"IZLY_ERR_DISCONNECTED",
        IZLY_ERR_PROTOCOL => c"IZLY_ERR_PROTOCOL",
        IZLY_ERR_TOO_LARGE => c"IZLY_ERR_TOO_LARGE",
        IZLY_ERR_UNREADABLE => c"IZLY_ERR_UNREADABLE",
        IZLY_ERR_REDIRECT => c"IZLY_ERR_REDIRECT",
        IZLY_ERR_AUTHENTICATION => c"IZLY_ERR_AUTHENTICATION",
        IZLY_ERR_RATE_LIMITED => c"IZLY_ERR_RATE_LIMITED",
        IZLY_ERR_API => c"IZLY_ERR_API",
        IZLY_ERR_SERVER => c"IZLY_ERR_SERVER",
        IZLY_ERR_NOT_FINAL => c"IZLY_ERR_NOT_FINAL",
        IZLY_ERR_MISMATCH => c"IZLY_ERR_MISMATCH",
        IZLY_ERR_NOT_PAID => c"IZLY_ERR_NOT_PAID",
        IZLY_ERR_INTERNAL => c"IZLY_ERR_INTERNAL",
        IZLY_ERR_PANIC => c"IZLY_ERR_PANIC",
        _ => c"IZLY_ERR_UNKNOWN",
    };
    name.as_ptr()
}

/// The name of an outcome for logs: `not_sent`, `rejected`, `unknown`.
///
/// Ownership: the text is the library's, and lives for ever. Any thread. Never NULL.
///
/// Example: `printf("outcome: %s\n", izly_outcome_name(err->outcome));`
#[unsafe(no_mangle)]
pub extern "C" fn izly_outcome_name(outcome: izly_outcome) -> *const c_char {
    let name = match outcome {
        IZLY_OUTCOME_NOT_SENT => c"not_sent",
        IZLY_OUTCOME_REJECTED => c"rejected",
        _ => c"unknown",
    };
    name.as_ptr()
}
