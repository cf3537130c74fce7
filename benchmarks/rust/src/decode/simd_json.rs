//! `simd_json`, with its buffers kept from one body to the next.
//!
//! It decodes in place, so each body is copied first: a web server hands over one, and a program that logs or verifies
//! needs it whole. The copy goes into memory that is kept too.

use std::hint::black_box;

use ::simd_json::Buffers;
use ::simd_json::serde::from_slice_with_buffers;

use super::centimes;
use super::shapes::{Callback, Payment};
use crate::Failure;
use crate::measure::{Cost, measure};
use crate::settings::{Settings, sample};

/// A callback.
pub(crate) fn callback(settings: &Settings) -> Result<Cost, Failure> {
    let body = sample("callback.json")?;
    let (mut copy, mut buffers) = (Vec::new(), Buffers::new(body.len()));
    measure(settings, || {
        copy.clear();
        copy.extend_from_slice(black_box(&body));
        let callback: Callback<'_> = from_slice_with_buffers(&mut copy, &mut buffers)?;
        black_box(&callback).proof()
    })
}

/// The answer to a read. It has no way to borrow a number, so the amount is a float of euros: 150 centimes.
pub(crate) fn payment(settings: &Settings) -> Result<Cost, Failure> {
    let body = sample("payment.json")?;
    let (mut copy, mut buffers) = (Vec::new(), Buffers::new(body.len()));
    measure(settings, || {
        copy.clear();
        copy.extend_from_slice(black_box(&body));
        let payment: Payment<'_, f64> = from_slice_with_buffers(&mut copy, &mut buffers)?;
        let payment = black_box(&payment);
        payment.proof(centimes(payment.amount))
    })
}
