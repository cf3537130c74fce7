//! izly: reads share a connection, each payment has one of its own.

use std::hint::black_box;

use ::izly::Client;

use super::{new_payment, operation_id};
use crate::Failure;
use crate::measure::{Cost, measure, measure_in_threads};
use crate::settings::{Settings, api_key, environment};

/// Reads, one after the other.
pub(crate) fn read(settings: &Settings) -> Result<Cost, Failure> {
    let (client, id) = (client(settings)?, operation_id()?);
    measure(settings, || Ok(black_box(client.payment(black_box(id))?).amount.get().into()))
}

/// Reads by several threads, which share a client.
pub(crate) fn read_in_threads(settings: &Settings) -> Result<Cost, Failure> {
    let (client, id) = (client(settings)?, operation_id()?);
    measure_in_threads(settings, || Ok(black_box(client.payment(black_box(id))?).amount.get().into()))
}

/// New payments, one after the other. What proves them is the operation, which only the answer names.
pub(crate) fn create_payment(settings: &Settings) -> Result<Cost, Failure> {
    let (client, payment) = (client(settings)?, new_payment()?);
    measure(settings, || Ok(black_box(client.create_payment(black_box(&payment))?).operation_id.get()))
}

fn client(settings: &Settings) -> Result<Client, Failure> {
    let mut builder = Client::builder(environment()?, api_key()?);
    if let Some(path) = &settings.ca_file {
        builder = builder.ca_file(path);
    }
    Ok(builder.build()?)
}
