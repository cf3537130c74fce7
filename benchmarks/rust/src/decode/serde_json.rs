//! `serde_json`: into a struct, and into its own tree of values.

use std::hint::black_box;

use ::serde_json::Value;
use ::serde_json::value::RawValue;

use super::shapes::{Callback, Payment};
use super::{Proof, length, minute};
use crate::Failure;
use crate::measure::{Cost, measure};
use crate::settings::{Settings, sample};

/// A callback.
pub(crate) fn callback(settings: &Settings) -> Result<Cost, Failure> {
    let body = sample("callback.json")?;
    measure(settings, || {
        let callback: Callback<'_> = ::serde_json::from_slice(black_box(&body))?;
        black_box(&callback).proof()
    })
}

/// The answer to a read. The amount, a number, is borrowed as the text it is, 4 long: a float could not hold it.
pub(crate) fn payment(settings: &Settings) -> Result<Cost, Failure> {
    let body = sample("payment.json")?;
    measure(settings, || {
        let payment: Payment<'_, &RawValue> = ::serde_json::from_slice(black_box(&body))?;
        let payment = black_box(&payment);
        payment.proof(length(payment.amount.get()))
    })
}

/// A callback as a tree. The amount is a text: 4 long.
pub(crate) fn callback_value(settings: &Settings) -> Result<Cost, Failure> {
    let body = sample("callback.json")?;
    measure(settings, || {
        let callback: Value = ::serde_json::from_slice(black_box(&body))?;
        let operation = &black_box(&callback)["OperationSMoney"];
        let amount = length(text(operation, "Amount")?);
        prove(operation, amount, ["Id", "ClientOrderId", "Date"])
    })
}

/// The answer to a read as a tree. The amount is a float of euros, so centimes are asked of it: 150.
pub(crate) fn payment_value(settings: &Settings) -> Result<Cost, Failure> {
    let body = sample("payment.json")?;
    measure(settings, || {
        let payment: Value = ::serde_json::from_slice(black_box(&body))?;
        let payment = black_box(&payment);
        let amount = super::centimes(payment["Amount"].as_f64().ok_or("no Amount")?);
        prove(payment, amount, ["OperationId", "OrderId", "PaymentDate"])
    })
}

fn prove(object: &Value, amount: u64, [operation_id, order_id, date]: [&str; 3]) -> Result<u64, Failure> {
    let proof = Proof {
        amount,
        order_id: text(object, order_id)?,
        operation_id: object[operation_id].as_u64().ok_or("no operation")?,
        minute: minute(text(object, date)?)?,
    };
    Ok(proof.number())
}

fn text<'a>(object: &'a Value, name: &str) -> Result<&'a str, Failure> {
    object[name].as_str().ok_or_else(|| format!("no {name}").into())
}
