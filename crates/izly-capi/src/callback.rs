//! Callbacks and the answers to them.

use std::ffi::{c_char, c_void};

use sdk::{Callback, CallbackPersonal, Reply};

use crate::convert::{civil_date, extra_json, izly_date, payment_status};
use crate::error::izly_error;
use crate::guard;
use crate::ptr::{Bytes, Out, Text};
use crate::record::Owned;
use crate::status::{izly_payment_status, izly_status};

/// A claim that something happened to a payment. It proves nothing: callbacks are not signed, and anyone can post one.
/// Give `operation_id` and your own order to `izly_client_confirm` to learn the truth. What is named `untrusted_` is for
/// logs and support, never for crediting.
#[repr(C)]
pub struct izly_callback {
    /// The size of this struct in the library that is running.
    pub struct_size: usize,
    /// The operation it claims something about.
    pub operation_id: u64,
    /// The order it claims to be about, or NULL: good for finding your own record, and for nothing else.
    pub order_id: *const c_char,
    /// Izly's number for the debit, 0 if not given.
    pub untrusted_transaction_id: i64,
    /// The amount as it is written, or NULL. Production has sent `200.00` for 200 centimes.
    pub untrusted_amount_text: *const c_char,
    /// When.
    pub untrusted_date: izly_date,
    /// The state claimed, as a number.
    pub untrusted_status: izly_payment_status,
    /// The state claimed, as a text, or NULL.
    pub untrusted_status_text: *const c_char,
    /// Your message, or NULL.
    pub untrusted_message: *const c_char,
    /// The callback parameters, as echoed, or NULL.
    pub untrusted_callback_parameters: *const c_char,
    /// The account it claims to pay, or NULL.
    pub untrusted_beneficiary_account_id: *const c_char,
    /// The identifier of the partner it claims to pay, or NULL.
    pub untrusted_beneficiary_identifier: *const c_char,
    /// The student's account, or NULL. Personal.
    pub untrusted_user_account_id: *const c_char,
    /// The student's e-mail address, or NULL. Personal.
    pub untrusted_user_email: *const c_char,
    /// CROUS's code for the student, or NULL. Personal.
    pub untrusted_user_client_code: *const c_char,
    /// The number of the student's assignment, or NULL.
    pub untrusted_user_affectation_number: *const c_char,
    /// Whether an error code was given.
    pub untrusted_has_error_code: i32,
    /// The error code; 0 is said to be success.
    pub untrusted_error_code: i64,
    /// The error message, in French, or NULL.
    pub untrusted_error_message: *const c_char,
    /// Fields that have no member here, as a JSON object; NULL if there are none.
    pub extra_json: *const c_char,
}

/// What to answer a callback with, for any web server.
#[repr(C)]
pub struct izly_reply {
    /// The size of this struct in the library that is running.
    pub struct_size: usize,
    /// The HTTP status.
    pub http_status: i32,
    /// The value of the header `Content-Type`.
    pub content_type: *const c_char,
    /// The body.
    pub body: *const c_char,
}

/// Reads the raw body of a callback. No network, no client.
///
/// Errors: `IZLY_ERR_UNREADABLE` with the field that breaks a rule; `IZLY_ERR_TOO_LARGE` above 1 MiB.
///
/// Ownership: `body` is borrowed, and need not end in NUL. `*out` is freed, and wiped, by `izly_callback_free`. Any thread.
///
/// Example: `izly_callback_parse(body, length, &callback, &err);`
#[unsafe(no_mangle)]
pub unsafe extern "C" fn izly_callback_parse(
    body: *const c_void,
    length: usize,
    out: *mut *const izly_callback,
    err: *mut *const izly_error,
) -> izly_status {
    // SAFETY: the header's rules for inputs and outputs.
    let (body, out, err) = unsafe { (Bytes::new(body.cast(), length), Out::new(out), Out::new(err)) };
    guard::call(&out, &err, || Ok(record(&Callback::parse(body.get("body")?)?)))
}

/// The answer to a callback whose payment is settled in your own database, or was before: HTTP 200, code 0.
///
/// Ownership: `*out` is freed by `izly_reply_free`. Any thread.
///
/// Example: `izly_reply_accepted(&reply, &err);`
#[unsafe(no_mangle)]
pub unsafe extern "C" fn izly_reply_accepted(out: *mut *const izly_reply, err: *mut *const izly_error) -> izly_status {
    // SAFETY: the header's rules for outputs.
    let (out, err) = unsafe { (Out::new(out), Out::new(err)) };
    guard::call(&out, &err, || Ok(reply(&Reply::accepted())))
}

/// The answer to a callback that you could not settle yet.
///
/// `code` is your own, not 0; `message` is for Izly's logs: no secret in it. `http_status` is 200 to 599, or 0 for 500.
///
/// Errors: `IZLY_ERR_INVALID_INPUT`, field `code` or `status`.
///
/// Ownership: `message` is borrowed. `*out` is freed by `izly_reply_free`. Any thread.
///
/// Example: `izly_reply_rejected(1, "not settled", 0, &reply, &err);`
#[unsafe(no_mangle)]
pub unsafe extern "C" fn izly_reply_rejected(
    code: i32,
    message: *const c_char,
    http_status: u16,
    out: *mut *const izly_reply,
    err: *mut *const izly_error,
) -> izly_status {
    // SAFETY: the header's rules for inputs and outputs.
    let (message, out, err) = unsafe { (Text::new(message), Out::new(out), Out::new(err)) };
    guard::call(&out, &err, || {
        let rejected = Reply::rejected(code, message.required("message")?)?;
        Ok(reply(&if http_status == 0 { rejected } else { rejected.with_status(http_status)? }))
    })
}

fn record(callback: &Callback) -> Owned<izly_callback> {
    let claim = callback.untrusted();
    Owned::build(|texts| izly_callback {
        struct_size: size_of::<izly_callback>(),
        operation_id: callback.operation_id().get(),
        order_id: texts.optional(callback.order_id()),
        untrusted_transaction_id: claim.transaction_id.unwrap_or(0),
        untrusted_amount_text: texts.optional(claim.amount_text),
        untrusted_date: civil_date(texts, claim.date.map(|date| (date.text(), date.civil()))),
        untrusted_status: payment_status(claim.status),
        untrusted_status_text: texts.optional(claim.status.map(sdk::Status::as_str)),
        untrusted_message: texts.optional(claim.message),
        untrusted_callback_parameters: texts.optional(claim.callback_parameters),
        untrusted_beneficiary_account_id: texts.optional(claim.beneficiary.account_id),
        untrusted_beneficiary_identifier: texts.optional(claim.beneficiary.identifier),
        untrusted_user_account_id: texts.optional(claim.user.account_id.map(CallbackPersonal::reveal)),
        untrusted_user_email: texts.optional(claim.user.email.map(CallbackPersonal::reveal)),
        untrusted_user_client_code: texts.optional(claim.user.client_code.map(CallbackPersonal::reveal)),
        untrusted_user_affectation_number: texts.optional(claim.user.affectation_number.map(CallbackPersonal::reveal)),
        untrusted_has_error_code: claim.error.code.is_some().into(),
        untrusted_error_code: claim.error.code.unwrap_or(0),
        untrusted_error_message: texts.optional(claim.error.message),
        extra_json: extra_json(texts, claim.extra),
    })
}

fn reply(reply: &Reply) -> Owned<izly_reply> {
    let [(_, content_type)] = reply.headers();
    Owned::build(|texts| izly_reply {
        struct_size: size_of::<izly_reply>(),
        http_status: reply.status().into(),
        content_type: texts.add(content_type),
        body: texts.add(reply.body()),
    })
}

/// Frees a callback and wipes it from memory. NULL is accepted.
///
/// Ownership: takes the callback. Any thread.
///
/// Example: `izly_callback_free(callback);`
#[unsafe(no_mangle)]
pub unsafe extern "C" fn izly_callback_free(callback: *const izly_callback) {
    // SAFETY: the header's rule for frees.
    unsafe { Owned::free(callback) };
}

/// Frees a reply. NULL is accepted.
///
/// Ownership: takes the reply. Any thread.
///
/// Example: `izly_reply_free(reply);`
#[unsafe(no_mangle)]
pub unsafe extern "C" fn izly_reply_free(reply: *const izly_reply) {
    // SAFETY: the header's rule for frees.
    unsafe { Owned::free(reply) };
}
