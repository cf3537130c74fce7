//! The calls: a read and a new payment, over HTTP.
//!
//! What goes over the wire is what izly sends: the peers' requests are made by the half of izly that has no sockets, once,
//! before anything is measured. The peers receive the whole body as bytes and leave it at that; izly judges and reads it.

pub(crate) mod curl;
pub(crate) mod izly;
pub(crate) mod reqwest;
pub(crate) mod ureq;

use std::time::Duration;

use ::izly::protocol::{Call as _, CreatePayment, ReadPayment, Request};
use ::izly::{Cents, NewPayment, OperationId, Order};

use crate::Failure;
use crate::settings::partner;

/// For a whole call: what izly has unless it is told otherwise.
const DEADLINE: Duration = Duration::from_secs(15);
/// For its connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// The operation that is read.
fn operation_id() -> Result<OperationId, Failure> {
    Ok(OperationId::new(586_589)?)
}

/// The payment that is created.
fn new_payment() -> Result<NewPayment, Failure> {
    Ok(NewPayment::new(Order::new("order-42", Cents::new(150)?)?).message("2 cafes"))
}

/// The read as izly sends it.
fn read_request() -> Result<Request, Failure> {
    Ok(ReadPayment::new(operation_id()?).request(&partner()?)?)
}

/// The new payment as izly sends it.
fn payment_request() -> Result<Request, Failure> {
    Ok(CreatePayment::new(&new_payment()?).request(&partner()?)?)
}

/// Its headers, but for the length of the body, which each library announces itself.
fn headers(request: &Request) -> impl Iterator<Item = (&'static str, &str)> {
    request.headers().filter(|(name, _)| *name != "content-length")
}

/// How many bytes came, if all is well.
fn received(status: u16, body: &[u8]) -> Result<u64, Failure> {
    if status == 200 { Ok(body.len() as u64) } else { Err(format!("status {status}").into()) }
}
