//! The exported `izly_callback_parse`, called as C calls it: it must say what the core says, and own what it hands over.

use std::ffi::{CStr, c_char};
use std::ptr;

use izly::{Callback, ErrorKind};
use libizly::callback::{izly_callback, izly_callback_free, izly_callback_parse};
use libizly::error::{izly_error, izly_error_free};
use libizly::status::{IZLY_ERR_TOO_LARGE, IZLY_ERR_UNREADABLE, IZLY_OK};

/// Exactly one of the two outputs is there, both say what the core says, and both are freed.
pub fn c_callback(body: &[u8]) {
    let (mut callback, mut error) = (ptr::dangling::<izly_callback>(), ptr::dangling::<izly_error>());
    // SAFETY: a slice and its own length; both outputs are locals.
    let status = unsafe { izly_callback_parse(body.as_ptr().cast(), body.len(), &raw mut callback, &raw mut error) };
    // SAFETY: after a call, an output is NULL or a record to be freed once.
    match (Callback::parse(body), unsafe { (callback.as_ref(), error.as_ref()) }) {
        (Ok(expected), (Some(callback), None)) => {
            assert_eq!(status, IZLY_OK);
            assert_same(&expected, callback);
        }
        (Err(expected), (None, Some(error))) => {
            let known = if expected.kind() == ErrorKind::TooLarge { IZLY_ERR_TOO_LARGE } else { IZLY_ERR_UNREADABLE };
            assert_eq!((status, error.status), (known, known));
            assert_eq!(text(error.message).as_deref(), Some(&*expected.to_string()));
            assert_eq!(text(error.field).as_deref(), expected.field());
        }
        (expected, (callback, error)) => {
            panic!("{expected:?}, but status {status}, {} {}", callback.is_some(), error.is_some())
        }
    }
    // SAFETY: each is NULL or was just handed over, and neither is used again.
    unsafe {
        izly_callback_free(callback);
        izly_error_free(error);
    }
}

fn assert_same(expected: &Callback, callback: &izly_callback) {
    let claim = expected.untrusted();
    assert_eq!(callback.struct_size, size_of::<izly_callback>());
    assert_eq!(callback.operation_id, expected.operation_id().get());
    assert_eq!(callback.untrusted_transaction_id, claim.transaction_id.unwrap_or(0));
    assert_eq!(callback.untrusted_has_error_code, i32::from(claim.error.code.is_some()));
    assert_eq!(callback.untrusted_error_code, claim.error.code.unwrap_or(0));
    let civil = claim.date.and_then(izly::CallbackDate::civil);
    assert_eq!(callback.untrusted_date.year, civil.map_or(0, |civil| i32::from(civil.year)));
    let extra = (!claim.extra.is_empty()).then(|| claim.extra.to_json());
    let email = claim.user.email.map(izly::CallbackPersonal::reveal);
    for (given, wanted) in [
        (callback.order_id, expected.order_id()),
        (callback.untrusted_amount_text, claim.amount_text),
        (callback.untrusted_date.text, claim.date.map(izly::CallbackDate::text)),
        (callback.untrusted_status_text, claim.status.map(izly::Status::as_str)),
        (callback.untrusted_message, claim.message),
        (callback.untrusted_callback_parameters, claim.callback_parameters),
        (callback.untrusted_beneficiary_account_id, claim.beneficiary.account_id),
        (callback.untrusted_beneficiary_identifier, claim.beneficiary.identifier),
        (callback.untrusted_user_email, email),
        (callback.untrusted_error_message, claim.error.message),
        (callback.extra_json, extra.as_deref()),
    ] {
        // What C could not hold is replaced, never cut off.
        assert_eq!(text(given), wanted.map(|wanted| wanted.replace('\0', "\u{fffd}")));
    }
}

fn text(text: *const c_char) -> Option<String> {
    // SAFETY: a text of a record that is not freed yet, NUL-terminated by the header's rules, or NULL.
    (!text.is_null())
        .then(|| unsafe { CStr::from_ptr(text) }.to_str().expect("UTF-8, by the header's rules").to_owned())
}
