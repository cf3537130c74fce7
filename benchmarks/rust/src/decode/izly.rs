//! izly: owned, checked, and with any unknown field kept.

use std::hint::black_box;

use ::izly::protocol::{Call as _, ReadPayment, Response};
use ::izly::{Callback, CallbackDate, CivilDateTime, Date, OperationId, Payment};

use super::{Proof, length};
use crate::Failure;
use crate::measure::{Cost, measure};
use crate::settings::{Settings, partner, sample};

/// A callback, as a partner's site parses it.
pub(crate) fn callback(settings: &Settings) -> Result<Cost, Failure> {
    let body = sample("callback.json")?;
    measure(settings, || prove_callback(black_box(&Callback::parse(black_box(&body))?)))
}

/// The amount is a text by design, 4 long: it proves nothing, and its unit is in doubt.
fn prove_callback(callback: &Callback) -> Result<u64, Failure> {
    let claims = callback.untrusted();
    let proof = Proof {
        amount: length(claims.amount_text.ok_or("no amount")?),
        order_id: callback.order_id().ok_or("no order")?,
        operation_id: callback.operation_id().get(),
        minute: minute(claims.date.and_then(CallbackDate::civil))?,
    };
    Ok(proof.number())
}

/// The answer to a read, as the half of the protocol without sockets judges and reads it.
pub(crate) fn payment(settings: &Settings) -> Result<Cost, Failure> {
    let response = Response::new(200, sample("payment.json")?);
    let (call, partner) = (ReadPayment::new(OperationId::new(586_589)?), partner()?);
    measure(settings, || prove_payment(black_box(&call.reply(&partner, black_box(&response))?)))
}

/// The amount is in centimes: 150.
fn prove_payment(payment: &Payment) -> Result<u64, Failure> {
    let proof = Proof {
        amount: payment.amount.get().into(),
        order_id: &payment.order_id,
        operation_id: payment.operation_id.get(),
        minute: minute(payment.date.as_ref().and_then(Date::civil))?,
    };
    Ok(proof.number())
}

fn minute(date: Option<CivilDateTime>) -> Result<u64, Failure> {
    Ok(date.ok_or("no date")?.minute.into())
}
