//! The samples as structs: each member by its exact name, each text borrowed.

// Members are there to be decoded, and a proof reads a few of them. Their names are Izly's.
#![allow(dead_code, clippy::struct_field_names)]

use serde::Deserialize;

use super::{Proof, length, minute};
use crate::Failure;

/// What Izly posts.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Callback<'a> {
    #[serde(rename = "OperationSMoney", borrow)]
    operation: Operation<'a>,
    #[serde(borrow)]
    beneficiary: Beneficiary<'a>,
    #[serde(borrow)]
    user: User<'a>,
    #[serde(borrow)]
    error: Error<'a>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Operation<'a> {
    id: u64,
    id_transaction_debit_izly: u64,
    amount: &'a str,
    date: &'a str,
    message: &'a str,
    client_order_id: &'a str,
    status: &'a str,
    callback_parameters: &'a str,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Beneficiary<'a> {
    id: &'a str,
    client_id: &'a str,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct User<'a> {
    id: &'a str,
    email: &'a str,
    client_code: &'a str,
    numero_affectation: &'a str,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Error<'a> {
    code: i64,
    message: &'a str,
}

impl Callback<'_> {
    /// The amount is a text here: 4 long.
    pub(super) fn proof(&self) -> Result<u64, Failure> {
        let Operation { id, amount, date, client_order_id, .. } = self.operation;
        let proof =
            Proof { amount: length(amount), order_id: client_order_id, operation_id: id, minute: minute(date)? };
        Ok(proof.number())
    }
}

/// The answer to a read, with its amount as each library gives a number that it does not convert.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Payment<'a, Amount> {
    operation_id: u64,
    id_transaction_debit_izly: u64,
    pub(super) amount: Amount,
    beneficiary_smoney_id: &'a str,
    beneficiary_client_id: &'a str,
    customer_smoney_id: &'a str,
    customer_email: &'a str,
    customer_client_code: &'a str,
    operation_status: &'a str,
    error: &'a str,
    client_parameters: &'a str,
    message: &'a str,
    payment_date: &'a str,
    order_id: &'a str,
}

impl<Amount> Payment<'_, Amount> {
    /// What is proven, with the amount in its number.
    pub(super) fn proof(&self, amount: u64) -> Result<u64, Failure> {
        let Payment { operation_id, payment_date, order_id, .. } = *self;
        Ok(Proof { amount, order_id, operation_id, minute: minute(payment_date)? }.number())
    }
}
