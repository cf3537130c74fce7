//! Payments: created, read, confirmed, refunded.

use std::ffi::c_char;
use std::mem::offset_of;
use std::time::Duration;

use sdk::{
    Cents, NewPayment, OperationId, Order, PaidPayment, Payment, PendingPayment, Personal, Refund, RefundTarget,
};

use crate::client::{borrowed, izly_client};
use crate::convert::{date, extra_json, izly_date, payment_status};
use crate::error::{Failure, izly_error};
use crate::guard;
use crate::ptr::{Bytes, In, InSized, Out, SizedStruct, Text};
use crate::record::{Owned, Texts};
use crate::status::{izly_payment_status, izly_status};

/// A name and a value for the callback parameters, not yet encoded. This struct never changes.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct izly_pair {
    /// The name.
    pub name: *const c_char,
    /// The value.
    pub value: *const c_char,
}

/// What a payment is created with. Begin with `IZLY_NEW_PAYMENT_INIT`; whatever stays 0 or NULL is left out.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct izly_new_payment {
    /// Set by `IZLY_NEW_PAYMENT_INIT`.
    pub struct_size: usize,
    /// Your own reference, 1 to 100 characters. Store the order before you create its payment. Required.
    pub order_id: *const c_char,
    /// The amount in centimes, 1 to 2147483647. Required.
    pub amount_cents: i64,
    /// A comment that the operation keeps, at most 255 characters.
    pub message: *const c_char,
    /// What Izly appends to the callback URL, already percent-encoded: `a=1&b=2`. It comes back in a request that
    /// anyone can make: put nothing secret in it and believe nothing in it.
    pub callback_parameters: *const c_char,
    /// More callback parameters, to be encoded and added.
    pub callback_pairs: *const izly_pair,
    /// How many.
    pub callback_pair_count: usize,
    /// Where the link on the success page leads, in place of the registered URL.
    pub redirect_url: *const c_char,
    /// Not 0: `software` is given.
    pub has_software: i32,
    /// The number of your software, if Izly gave it one, 0 to 2147483647.
    pub software: i32,
}

impl SizedStruct for izly_new_payment {
    const FIRST: usize = offset_of!(izly_new_payment, software) + size_of::<i32>();

    fn zeroed() -> Self {
        izly_new_payment {
            struct_size: size_of::<izly_new_payment>(),
            order_id: std::ptr::null(),
            amount_cents: 0,
            message: std::ptr::null(),
            callback_parameters: std::ptr::null(),
            callback_pairs: std::ptr::null(),
            callback_pair_count: 0,
            redirect_url: std::ptr::null(),
            has_software: 0,
            software: 0,
        }
    }
}

/// A payment that waits for the student. Store `operation_id` beside the order before you send the browser on.
#[repr(C)]
pub struct izly_pending_payment {
    /// The size of this struct in the library that is running.
    pub struct_size: usize,
    /// Izly's number for the payment.
    pub operation_id: u64,
    /// Your reference.
    pub order_id: *const c_char,
    /// The amount, in centimes.
    pub amount_cents: i64,
    /// Izly's page where the student approves: redirect the browser to it. It holds a token: for this student only.
    pub authorization_url: *const c_char,
    /// Izly's number for the debit, 0 if not given.
    pub transaction_id: i64,
    /// When Izly created it.
    pub date: izly_date,
    /// Its state as a number.
    pub status: izly_payment_status,
    /// Its state as a text, or NULL.
    pub status_text: *const c_char,
    /// The message, as echoed, or NULL.
    pub message: *const c_char,
    /// The callback parameters, as echoed, or NULL.
    pub callback_parameters: *const c_char,
    /// The account it will pay, or NULL.
    pub beneficiary_account_id: *const c_char,
    /// The identifier of the partner it will pay, or NULL.
    pub beneficiary_identifier: *const c_char,
    /// Fields of the reply that have no member here, as a JSON object; NULL if there are none.
    pub extra_json: *const c_char,
}

/// A payment as Izly describes it, for support desks and reconciliation. It does not say that your order is paid.
#[repr(C)]
pub struct izly_payment {
    /// The size of this struct in the library that is running.
    pub struct_size: usize,
    /// Izly's number for the payment.
    pub operation_id: u64,
    /// Your reference.
    pub order_id: *const c_char,
    /// The amount, in centimes.
    pub amount_cents: i64,
    /// Its state as a number.
    pub status: izly_payment_status,
    /// Its state as a text.
    pub status_text: *const c_char,
    /// Izly's number for the debit, 0 if not given.
    pub transaction_id: i64,
    /// When it was created.
    pub date: izly_date,
    /// Your message, or NULL.
    pub message: *const c_char,
    /// The callback parameters, or NULL.
    pub callback_parameters: *const c_char,
    /// The account it pays, or NULL.
    pub beneficiary_account_id: *const c_char,
    /// The identifier of the partner it pays, or NULL.
    pub beneficiary_identifier: *const c_char,
    /// The student's account, or NULL. Personal.
    pub customer_account_id: *const c_char,
    /// The student's e-mail address, or NULL. Personal.
    pub customer_email: *const c_char,
    /// CROUS's code for the student, or NULL. Personal.
    pub customer_client_code: *const c_char,
    /// What went wrong, in Izly's words; NULL if nothing did.
    pub error_text: *const c_char,
    /// Fields of the reply that have no member here, as a JSON object; NULL if there are none.
    pub extra_json: *const c_char,
}

/// A payment that Izly itself says is completed, for the order it was compared with. Only `izly_client_confirm` makes one:
/// credit an order on it, once (claim `operation_id` under a uniqueness rule, in the same transaction), and on nothing else.
#[repr(C)]
pub struct izly_paid_payment {
    /// The size of this struct in the library that is running.
    pub struct_size: usize,
    /// Izly's number for the payment.
    pub operation_id: u64,
    /// Your reference, equal to the order's.
    pub order_id: *const c_char,
    /// The amount in centimes, equal to the order's.
    pub amount_cents: i64,
    /// Izly's number for the debit, 0 if not given.
    pub transaction_id: i64,
    /// When the operation was created.
    pub date: izly_date,
    /// Your message, or NULL.
    pub message: *const c_char,
    /// The callback parameters, or NULL.
    pub callback_parameters: *const c_char,
    /// The account it pays, or NULL.
    pub beneficiary_account_id: *const c_char,
    /// The identifier of the partner it pays, or NULL.
    pub beneficiary_identifier: *const c_char,
    /// The student's account, or NULL. Personal.
    pub customer_account_id: *const c_char,
    /// The student's e-mail address, or NULL. Personal.
    pub customer_email: *const c_char,
    /// CROUS's code for the student, or NULL. Personal.
    pub customer_client_code: *const c_char,
    /// Fields of the reply that have no member here, as a JSON object; NULL if there are none.
    pub extra_json: *const c_char,
}

/// A refund that was made. The whole amount went back.
#[repr(C)]
pub struct izly_refund {
    /// The size of this struct in the library that is running.
    pub struct_size: usize,
    /// The operation that was refunded.
    pub operation_id: u64,
    /// Your reference, as echoed, or NULL.
    pub order_id: *const c_char,
    /// The amount that went back, in centimes; -1 if Izly did not say.
    pub amount_cents: i64,
    /// When.
    pub date: izly_date,
    /// Izly's number for the debit, 0 if not given.
    pub transaction_id: i64,
    /// Fields of the reply that have no member here, as a JSON object; NULL if there are none.
    pub extra_json: *const c_char,
}

/// Creates a payment for the student to approve. Sent once, whatever happens.
///
/// Errors: `IZLY_ERR_INVALID_INPUT` with the member that breaks a rule as `field`, before anything is sent. With
/// `IZLY_OUTCOME_UNKNOWN` the payment may exist, but nobody has its page: another, under a new order id, is safe.
///
/// Ownership: inputs are borrowed. `*out` is freed by `izly_pending_payment_free`. Any thread.
///
/// Example:
/// ```c
/// izly_new_payment payment = IZLY_NEW_PAYMENT_INIT;
/// payment.order_id = "order-42";
/// payment.amount_cents = 150;
/// izly_client_create_payment(client, &payment, &pending, &err);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn izly_client_create_payment(
    client: *const izly_client,
    payment: *const izly_new_payment,
    out: *mut *const izly_pending_payment,
    err: *mut *const izly_error,
) -> izly_status {
    // SAFETY: the header's rules for inputs and outputs.
    let (client, out, err) = unsafe { (In::new(client), Out::new(out), Out::new(err)) };
    // SAFETY: the same.
    let payment = unsafe { InSized::new(payment) };
    guard::call(&out, &err, || {
        let client = borrowed(client)?;
        let payment = payment.copy("payment")?;
        Ok(pending_payment(&client.create_payment(&new_payment(&payment)?)?))
    })
}

/// Reads a payment.
///
/// Errors: `IZLY_ERR_API` with `api_code` 356 if Izly knows no such operation of this partner's.
///
/// Ownership: `client` is borrowed. `*out` is freed, and wiped, by `izly_payment_free`. Any thread.
///
/// Example: `izly_client_payment(client, 586589, &payment, &err);`
#[unsafe(no_mangle)]
pub unsafe extern "C" fn izly_client_payment(
    client: *const izly_client,
    operation_id: u64,
    out: *mut *const izly_payment,
    err: *mut *const izly_error,
) -> izly_status {
    // SAFETY: the header's rules for inputs and outputs.
    let (client, out, err) = unsafe { (In::new(client), Out::new(out), Out::new(err)) };
    guard::call(&out, &err, || Ok(read_payment(&borrowed(client)?.payment(OperationId::new(operation_id)?)?)))
}

/// Reads a payment back and compares it with your own order: the only way an order becomes paid.
///
/// `operation_id` is a callback's or a pending payment's; `order_id` and `amount_cents` are those of your own record.
/// While the payment is not final, asks again for up to `wait_ms` milliseconds; 0 asks once, and gives that the whole
/// deadline. With a wait, each answer is waited for until the wait ends, and for a second at least.
///
/// Errors: `IZLY_ERR_NOT_FINAL`: ask again later. `IZLY_ERR_NOT_PAID`: refused, cancelled or refunded.
/// `IZLY_ERR_MISMATCH`: not the payment of this order; the error's `field` is `operation_id`, `order_id`, `amount` or
/// `payee`. Then those of any read.
///
/// Ownership: inputs are borrowed. `*out` is freed, and wiped, by `izly_paid_payment_free`. Any thread.
///
/// Example: `izly_client_confirm(client, callback->operation_id, "order-42", 150, 2000, &paid, &err);`
#[unsafe(no_mangle)]
pub unsafe extern "C" fn izly_client_confirm(
    client: *const izly_client,
    operation_id: u64,
    order_id: *const c_char,
    amount_cents: i64,
    wait_ms: u32,
    out: *mut *const izly_paid_payment,
    err: *mut *const izly_error,
) -> izly_status {
    // SAFETY: the header's rules for inputs and outputs.
    let (client, out, err) = unsafe { (In::new(client), Out::new(out), Out::new(err)) };
    // SAFETY: the same.
    let order_id = unsafe { Text::new(order_id) };
    guard::call(&out, &err, || {
        let client = borrowed(client)?;
        let order = Order::new(order_id.required("order_id")?, Cents::new(amount_cents)?)?;
        let patience = Duration::from_millis(wait_ms.into());
        Ok(paid_payment(&client.confirm_within(patience, OperationId::new(operation_id)?, &order)?))
    })
}

/// Gives the whole amount back. Sent once, whatever happens.
///
/// Errors: with `IZLY_OUTCOME_UNKNOWN` the money may have gone back: read the payment, and look for the state
/// `IZLY_PAYMENT_REFUND` before trying again.
///
/// Ownership: inputs are borrowed. `*out` is freed by `izly_refund_free`. Any thread.
///
/// Example: `izly_client_refund(client, paid->operation_id, paid->order_id, &refund, &err);`
#[unsafe(no_mangle)]
pub unsafe extern "C" fn izly_client_refund(
    client: *const izly_client,
    operation_id: u64,
    order_id: *const c_char,
    out: *mut *const izly_refund,
    err: *mut *const izly_error,
) -> izly_status {
    // SAFETY: the header's rules for inputs and outputs.
    let (client, out, err) = unsafe { (In::new(client), Out::new(out), Out::new(err)) };
    // SAFETY: the same.
    let order_id = unsafe { Text::new(order_id) };
    guard::call(&out, &err, || {
        let target = RefundTarget::new(OperationId::new(operation_id)?, order_id.required("order_id")?)?;
        Ok(refund(&borrowed(client)?.refund(target)?))
    })
}

fn new_payment(payment: &izly_new_payment) -> Result<NewPayment, Failure> {
    // SAFETY: each is NULL or a NUL-terminated text that lives as long as the call.
    let text = |pointer: *const c_char| unsafe { Text::new(pointer) };
    let order = Order::new(text(payment.order_id).required("order_id")?, Cents::new(payment.amount_cents)?)?;
    let mut new = NewPayment::new(order);
    if let Some(message) = text(payment.message).optional("message")? {
        new = new.message(message);
    }
    if let Some(parameters) = text(payment.callback_parameters).optional("callback_parameters")? {
        new = new.callback_parameters(parameters);
    }
    for pair in pairs(payment)? {
        let name = text(pair.name).required("callback_pairs.name")?;
        new = new.callback_parameter(name, text(pair.value).required("callback_pairs.value")?);
    }
    if let Some(url) = text(payment.redirect_url).optional("redirect_url")? {
        new = new.redirect_url(url);
    }
    if payment.has_software != 0 {
        let software = u32::try_from(payment.software);
        new = new.software(software.map_err(|_| Failure::invalid("software", "must be 0 to 2147483647"))?);
    }
    Ok(new)
}

fn pairs(payment: &izly_new_payment) -> Result<Vec<izly_pair>, Failure> {
    if payment.callback_pair_count == 0 {
        return Ok(Vec::new());
    }
    let size = payment.callback_pair_count.checked_mul(size_of::<izly_pair>());
    let size = size.ok_or_else(|| Failure::invalid("callback_pair_count", "is more than memory holds"))?;
    // SAFETY: NULL, or as many pairs as the count says, for the call.
    let bytes = unsafe { Bytes::new(payment.callback_pairs.cast(), size) };
    bytes.get("callback_pairs")?;
    // SAFETY: just checked, and an array of them is aligned as they are.
    let all = unsafe { std::slice::from_raw_parts(payment.callback_pairs, payment.callback_pair_count) };
    Ok(all.to_vec())
}

fn pending_payment(pending: &PendingPayment) -> Owned<izly_pending_payment> {
    Owned::build(|texts| izly_pending_payment {
        struct_size: size_of::<izly_pending_payment>(),
        operation_id: pending.operation_id.get(),
        order_id: texts.add(pending.order.id()),
        amount_cents: pending.order.amount().get().into(),
        authorization_url: texts.add(&pending.authorization_url),
        transaction_id: pending.transaction_id.unwrap_or(0),
        date: date(texts, pending.date.as_ref()),
        status: payment_status(pending.status.as_ref()),
        status_text: texts.optional(pending.status.as_ref().map(sdk::Status::as_str)),
        message: texts.optional(pending.message.as_deref()),
        callback_parameters: texts.optional(pending.callback_parameters.as_deref()),
        beneficiary_account_id: texts.optional(pending.beneficiary.account_id.as_deref()),
        beneficiary_identifier: texts.optional(pending.beneficiary.identifier.as_deref()),
        extra_json: extra_json(texts, &pending.extra),
    })
}

fn personal(texts: &mut Texts, text: Option<&Personal>) -> *const c_char {
    texts.optional(text.map(Personal::reveal))
}

fn read_payment(payment: &Payment) -> Owned<izly_payment> {
    Owned::build(|texts| izly_payment {
        struct_size: size_of::<izly_payment>(),
        operation_id: payment.operation_id.get(),
        order_id: texts.add(&payment.order_id),
        amount_cents: payment.amount.get().into(),
        status: payment_status(Some(&payment.status)),
        status_text: texts.add(payment.status.as_str()),
        transaction_id: payment.transaction_id.unwrap_or(0),
        date: date(texts, payment.date.as_ref()),
        message: texts.optional(payment.message.as_deref()),
        callback_parameters: texts.optional(payment.callback_parameters.as_deref()),
        beneficiary_account_id: texts.optional(payment.beneficiary.account_id.as_deref()),
        beneficiary_identifier: texts.optional(payment.beneficiary.identifier.as_deref()),
        customer_account_id: personal(texts, payment.customer.account_id.as_ref()),
        customer_email: personal(texts, payment.customer.email.as_ref()),
        customer_client_code: personal(texts, payment.customer.client_code.as_ref()),
        error_text: texts.optional(payment.error_text.as_deref()),
        extra_json: extra_json(texts, &payment.extra),
    })
}

fn paid_payment(paid: &PaidPayment) -> Owned<izly_paid_payment> {
    let payment = paid.payment();
    Owned::build(|texts| izly_paid_payment {
        struct_size: size_of::<izly_paid_payment>(),
        operation_id: paid.operation_id().get(),
        order_id: texts.add(paid.order_id()),
        amount_cents: paid.amount().get().into(),
        transaction_id: payment.transaction_id.unwrap_or(0),
        date: date(texts, paid.date()),
        message: texts.optional(payment.message.as_deref()),
        callback_parameters: texts.optional(payment.callback_parameters.as_deref()),
        beneficiary_account_id: texts.optional(payment.beneficiary.account_id.as_deref()),
        beneficiary_identifier: texts.optional(payment.beneficiary.identifier.as_deref()),
        customer_account_id: personal(texts, payment.customer.account_id.as_ref()),
        customer_email: personal(texts, payment.customer.email.as_ref()),
        customer_client_code: personal(texts, payment.customer.client_code.as_ref()),
        extra_json: extra_json(texts, &payment.extra),
    })
}

fn refund(refund: &Refund) -> Owned<izly_refund> {
    Owned::build(|texts| izly_refund {
        struct_size: size_of::<izly_refund>(),
        operation_id: refund.operation_id.get(),
        order_id: texts.optional(refund.order_id.as_deref()),
        amount_cents: refund.amount.map_or(-1, |amount| amount.get().into()),
        date: date(texts, refund.date.as_ref()),
        transaction_id: refund.transaction_id.unwrap_or(0),
        extra_json: extra_json(texts, &refund.extra),
    })
}

/// Frees a pending payment. NULL is accepted.
///
/// Ownership: takes the pending payment. Any thread.
///
/// Example: `izly_pending_payment_free(pending);`
#[unsafe(no_mangle)]
pub unsafe extern "C" fn izly_pending_payment_free(pending: *const izly_pending_payment) {
    // SAFETY: the header's rule for frees.
    unsafe { Owned::free(pending) };
}

/// Frees a payment and wipes it from memory. NULL is accepted.
///
/// Ownership: takes the payment. Any thread.
///
/// Example: `izly_payment_free(payment);`
#[unsafe(no_mangle)]
pub unsafe extern "C" fn izly_payment_free(payment: *const izly_payment) {
    // SAFETY: the header's rule for frees.
    unsafe { Owned::free(payment) };
}

/// Frees a paid payment and wipes it from memory. NULL is accepted.
///
/// Ownership: takes the paid payment. Any thread.
///
/// Example: `izly_paid_payment_free(paid);`
#[unsafe(no_mangle)]
pub unsafe extern "C" fn izly_paid_payment_free(paid: *const izly_paid_payment) {
    // SAFETY: the header's rule for frees.
    unsafe { Owned::free(paid) };
}

/// Frees a refund. NULL is accepted.
///
/// Ownership: takes the refund. Any thread.
///
/// Example: `izly_refund_free(refund);`
#[unsafe(no_mangle)]
pub unsafe extern "C" fn izly_refund_free(refund: *const izly_refund) {
    // SAFETY: the header's rule for frees.
    unsafe { Owned::free(refund) };
}
