//! `sonic_rs`.

use std::hint::black_box;

use ::sonic_rs::LazyValue;

use super::length;
use super::shapes::{Callback, Payment};
use crate::Failure;
use crate::measure::{Cost, measure};
use crate::settings::{Settings, sample};

/// A callback.
pub(crate) fn callback(settings: &Settings) -> Result<Cost, Failure> {
    let body = sample("callback.json")?;
    measure(settings, || {
        let callback: Callback<'_> = ::sonic_rs::from_slice(black_box(&body))?;
        black_box(&callback).proof()
    })
}

/// The answer to a read. The amount, a number, is borrowed as the text it is: 4 long.
pub(crate) fn payment(settings: &Settings) -> Result<Cost, Failure> {
    let body = sample("payment.json")?;
    measure(settings, || {
        let payment: Payment<'_, LazyValue<'_>> = ::sonic_rs::from_slice(black_box(&body))?;
        let payment = black_box(&payment);
        payment.proof(length(payment.amount.as_raw_str()))
    })
}
