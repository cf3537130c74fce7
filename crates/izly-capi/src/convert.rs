//! From the core's values to what records hold.

use std::ffi::c_char;

use sdk::{CivilDateTime, Date, Extra, Status};

use crate::record::Texts;
use crate::status::{
    IZLY_PAYMENT_CANCELLED, IZLY_PAYMENT_COMPLETED, IZLY_PAYMENT_OTHER, IZLY_PAYMENT_REFUND, IZLY_PAYMENT_REFUSED,
    IZLY_PAYMENT_WAITING, IZLY_PAYMENT_WAITING_FOR_VALIDATION, izly_payment_status,
};

/// A date and time as Izly wrote it: local civil time, no zone is documented. This struct never changes.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct izly_date {
    /// The date as it was written, or NULL if there is none.
    pub text: *const c_char,
    /// The year; 0 if the date is absent or could not be read, and then the other numbers are 0 too.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: i32,
    /// The day of the month, 1 to 31.
    pub day: i32,
    /// The hour, 0 to 23.
    pub hour: i32,
    /// The minute, 0 to 59.
    pub minute: i32,
    /// The second, 0 to 59.
    pub second: i32,
    /// The fraction of the second, in nanoseconds.
    pub nanosecond: i32,
}

pub(crate) fn date(texts: &mut Texts, date: Option<&Date>) -> izly_date {
    civil_date(texts, date.map(|date| (date.text(), date.civil())))
}

/// The same of a text and what was read from it.
pub(crate) fn civil_date(texts: &mut Texts, date: Option<(&str, Option<CivilDateTime>)>) -> izly_date {
    let mut record = izly_date {
        text: texts.optional(date.map(|(text, _)| text)),
        year: 0,
        month: 0,
        day: 0,
        hour: 0,
        minute: 0,
        second: 0,
        nanosecond: 0,
    };
    if let Some(civil) = date.and_then(|(_, civil)| civil) {
        record.year = i32::from(civil.year);
        record.month = i32::from(civil.month);
        record.day = i32::from(civil.day);
        record.hour = i32::from(civil.hour);
        record.minute = i32::from(civil.minute);
        record.second = i32::from(civil.second);
        // Below a thousand million.
        record.nanosecond = i32::try_from(civil.nanosecond).unwrap_or(0);
    }
    record
}

pub(crate) fn payment_status(status: Option<&Status>) -> izly_payment_status {
    match status {
        Some(Status::Waiting) => IZLY_PAYMENT_WAITING,
        Some(Status::Completed) => IZLY_PAYMENT_COMPLETED,
        Some(Status::Refund) => IZLY_PAYMENT_REFUND,
        Some(Status::Refused) => IZLY_PAYMENT_REFUSED,
        Some(Status::Cancelled) => IZLY_PAYMENT_CANCELLED,
        Some(Status::WaitingForValidation) => IZLY_PAYMENT_WAITING_FOR_VALIDATION,
        _ => IZLY_PAYMENT_OTHER,
    }
}

pub(crate) fn extra_json(texts: &mut Texts, extra: &Extra) -> *const c_char {
    texts.optional((!extra.is_empty()).then(|| zeroize::Zeroizing::new(extra.to_json())).as_deref())
}
