//! Errors, as a record.

use std::ffi::c_char;

use crate::record::Owned;
use crate::status::{
    IZLY_ERR_CONFIGURATION, IZLY_ERR_INVALID_INPUT, IZLY_ERR_NULL, IZLY_ERR_PANIC, IZLY_ERR_STRUCT_SIZE, IZLY_ERR_UTF8,
    IZLY_OUTCOME_NOT_SENT, IZLY_OUTCOME_UNKNOWN, IZLY_RETRY_FIX, IZLY_RETRY_REPORT, izly_outcome, izly_retry,
    izly_status, of_kind, of_outcome, of_retry,
};

/// What went wrong, and what happened to the request. No text in it holds a secret, but for `excerpt`.
#[repr(C)]
pub struct izly_error {
    /// The size of this struct in the library that is running.
    pub struct_size: usize,
    /// The status that the call returned.
    pub status: izly_status,
    /// What happened to the request.
    pub outcome: izly_outcome,
    /// What may be done next.
    pub retry: izly_retry,
    /// The HTTP status of the answer, 0 if none arrived.
    pub http_status: i32,
    /// Izly's own error code, 0 if it gave none. Only 356, unknown operation, is documented.
    pub api_code: i64,
    /// How long the server asked to wait, in seconds; 0 if it did not.
    pub retry_after_seconds: i64,
    /// One line in English for a log, Izly's own French text inside it. Never NULL.
    pub message: *const c_char,
    /// What it is about, or NULL: an argument or setting by its name, without its unit (`amount`, `deadline`), or a field of
    /// a reply as Izly spells it (`OperationSMoney.Id`).
    pub field: *const c_char,
    /// The call that failed, such as `create_payment`; `login` for a return that was refused; NULL if there is none.
    pub call: *const c_char,
    /// What was going on when the deadline passed: `resolve`, `connect`, `tls`, `send`, `receive`; or NULL.
    pub phase: *const c_char,
    /// Izly's message, in French, or NULL.
    pub api_message: *const c_char,
    /// The title Izly gave it, in French, or NULL.
    pub title: *const c_char,
    /// The OAuth error of a login or token call, such as `access_denied`, or NULL.
    pub oauth_error: *const c_char,
    /// The beginning of an answer that could not be used, or NULL. May hold personal data: not for a log that others read.
    pub excerpt: *const c_char,
}

/// Why a call fails: found here, or by the core.
pub(crate) enum Failure {
    Argument { status: izly_status, field: &'static str, message: String },
    Panic,
    Core(sdk::Error),
}

impl Failure {
    pub(crate) fn null(field: &'static str) -> Self {
        Failure::argument(IZLY_ERR_NULL, field, "must not be NULL")
    }

    pub(crate) fn utf8(field: &'static str) -> Self {
        Failure::argument(IZLY_ERR_UTF8, field, "must be UTF-8")
    }

    pub(crate) fn struct_size(field: &'static str, size: usize) -> Self {
        Failure::argument(IZLY_ERR_STRUCT_SIZE, field, &format!("has a struct_size of {size}: make it with its _INIT"))
    }

    pub(crate) fn invalid(field: &'static str, rule: &str) -> Self {
        Failure::argument(IZLY_ERR_INVALID_INPUT, field, rule)
    }

    pub(crate) fn configuration(field: &'static str, rule: &str) -> Self {
        let message = format!("configuration: {field} {rule}");
        Failure::Argument { status: IZLY_ERR_CONFIGURATION, field, message }
    }

    pub(crate) fn panic() -> Self {
        Failure::Panic
    }

    fn argument(status: izly_status, field: &'static str, rule: &str) -> Self {
        Failure::Argument { status, field, message: format!("invalid input: {field} {rule}") }
    }

    pub(crate) fn status(&self) -> izly_status {
        match self {
            Failure::Argument { status, .. } => *status,
            Failure::Panic => IZLY_ERR_PANIC,
            Failure::Core(error) => of_kind(error.kind()),
        }
    }

    pub(crate) fn into_record(self) -> Owned<izly_error> {
        match self {
            Failure::Argument { status, field, message } => {
                found_here(status, IZLY_OUTCOME_NOT_SENT, IZLY_RETRY_FIX, Some(field), &message)
            }
            Failure::Panic => {
                let message = "a bug in the library was caught; what happened to the request is unknown";
                found_here(IZLY_ERR_PANIC, IZLY_OUTCOME_UNKNOWN, IZLY_RETRY_REPORT, None, message)
            }
            Failure::Core(error) => found_by_the_core(&error),
        }
    }
}

impl From<sdk::Error> for Failure {
    fn from(error: sdk::Error) -> Self {
        Failure::Core(error)
    }
}

fn found_here(
    status: izly_status,
    outcome: izly_outcome,
    retry: izly_retry,
    field: Option<&str>,
    message: &str,
) -> Owned<izly_error> {
    Owned::build(|texts| izly_error {
        struct_size: size_of::<izly_error>(),
        status,
        outcome,
        retry,
        http_status: 0,
        api_code: 0,
        retry_after_seconds: 0,
        message: texts.add(message),
        field: texts.optional(field),
        call: std::ptr::null(),
        phase: std::ptr::null(),
        api_message: std::ptr::null(),
        title: std::ptr::null(),
        oauth_error: std::ptr::null(),
        excerpt: std::ptr::null(),
    })
}

fn found_by_the_core(error: &sdk::Error) -> Owned<izly_error> {
    let wait = error.retry_after().map_or(0, |wait| i64::try_from(wait.as_secs()).unwrap_or(i64::MAX));
    Owned::build(|texts| izly_error {
        struct_size: size_of::<izly_error>(),
        status: of_kind(error.kind()),
        outcome: of_outcome(error.outcome()),
        retry: of_retry(error.retry()),
        http_status: error.http_status().map_or(0, i32::from),
        api_code: error.api_code().unwrap_or(0),
        retry_after_seconds: wait,
        message: texts.add(&error.to_string()),
        field: texts.optional(error.field()),
        call: texts.optional(error.call().map(sdk::CallName::as_str)),
        phase: texts.optional(error.phase().map(sdk::Phase::as_str)),
        api_message: texts.optional(error.api_message()),
        title: texts.optional(error.title()),
        oauth_error: texts.optional(error.oauth_error()),
        excerpt: texts.optional(error.raw_excerpt()),
    })
}

/// Frees an error. NULL is accepted.
///
/// Ownership: takes the error; nothing may use it afterwards. Any thread.
///
/// Example: `izly_error_free(err);`
#[unsafe(no_mangle)]
pub unsafe extern "C" fn izly_error_free(error: *const izly_error) {
    // SAFETY: the header's rule for frees.
    unsafe { Owned::free(error) };
}
