//! What is done: reading, building requests, judging answers, and a call as a whole without its network.

use std::hint::black_box;

use izly::protocol::{Call, CreatePayment, Partner, ReadPayment, Request, Response};
use izly::transport::{Limits, Transport, TransportError};
use izly::{ApiKey, Callback, Cents, Client, Environment, Error, ErrorKind, NewPayment, OperationId, Order};
use izly_benchmark_samples::{padded, with_fields};

use crate::samples;

/// One thing, done once.
pub(crate) type Work = Box<dyn FnMut() -> Result<(), String>>;
/// Prepares it, for a size where there is one.
type Make = fn(usize) -> Result<Work, Error>;

/// All of them, by name.
pub(crate) const CASES: [(&str, Make); 9] = [
    ("decode_callback", decode_callback),
    ("decode_payment", decode_payment),
    ("decode_pending_payment", decode_pending_payment),
    ("request_payment", request_payment),
    ("request_create_payment", request_create_payment),
    ("classify_fault", classify_fault),
    ("call_payment", call_payment),
    ("body_size", body_size),
    ("unknown_fields", unknown_fields),
];

const OPERATION: u64 = 586_589;

/// That it was done, or why not.
fn done<T>(result: Result<T, Error>) -> Result<(), String> {
    result.map(|output| drop(black_box(output))).map_err(|error| error.to_string())
}

fn partner() -> Result<Partner, Error> {
    Partner::new(Environment::Preproduction, key()?)
}

fn key() -> Result<ApiKey, Error> {
    ApiKey::from_parts("Paris-78-78-78-78", "s3cret")
}

fn new_payment() -> Result<NewPayment, Error> {
    Ok(NewPayment::new(Order::new("order-42", Cents::new(150)?)?).message("2 cafes"))
}

/// Reads the same answer each time.
fn reading(call: impl Call + 'static, body: impl Into<Vec<u8>>) -> Result<Work, Error> {
    let (partner, response) = (partner()?, Response::new(200, body));
    Ok(Box::new(move || done(call.reply(&partner, black_box(&response)))))
}

// All are made alike, whether they can fail or not.
#[allow(clippy::unnecessary_wraps)]
fn decode_callback(_: usize) -> Result<Work, Error> {
    Ok(Box::new(|| done(Callback::parse(black_box(samples::CALLBACK.as_bytes())))))
}

fn decode_payment(_: usize) -> Result<Work, Error> {
    reading(ReadPayment::new(OperationId::new(OPERATION)?), samples::PAYMENT)
}

fn decode_pending_payment(_: usize) -> Result<Work, Error> {
    let (partner, payment) = (partner()?, new_payment()?);
    let response = Response::new(200, samples::pending(partner.environment().base_url()));
    Ok(Box::new(move || done(CreatePayment::new(&payment).reply(&partner, black_box(&response)))))
}

fn request_payment(_: usize) -> Result<Work, Error> {
    let (partner, call) = (partner()?, ReadPayment::new(OperationId::new(OPERATION)?));
    Ok(Box::new(move || done(black_box(&call).request(&partner))))
}

fn request_create_payment(_: usize) -> Result<Work, Error> {
    let (partner, payment) = (partner()?, new_payment()?);
    Ok(Box::new(move || done(CreatePayment::new(black_box(&payment)).request(&partner))))
}

/// An answer that says no.
fn classify_fault(_: usize) -> Result<Work, Error> {
    let (partner, call) = (partner()?, ReadPayment::new(OperationId::new(OPERATION)?));
    let response = Response::new(404, samples::FAULT);
    Ok(Box::new(move || match call.reply(&partner, black_box(&response)) {
        Err(error) if error.kind() == ErrorKind::Api => {
            black_box(error);
            Ok(())
        }
        Err(error) => Err(error.to_string()),
        Ok(_) => Err("a fault was taken for a payment".to_owned()),
    }))
}

/// A whole call but for its network.
fn call_payment(_: usize) -> Result<Work, Error> {
    struct Canned;
    impl Transport for Canned {
        fn send(&self, request: &Request, _: &Limits) -> Result<Response, TransportError> {
            black_box(request);
            Ok(Response::new(200, samples::PAYMENT))
        }
    }
    let client = Client::builder(Environment::Preproduction, key()?).transport(Canned).build()?;
    let operation = OperationId::new(OPERATION)?;
    Ok(Box::new(move || done(client.payment(operation))))
}

fn body_size(size: usize) -> Result<Work, Error> {
    reading(ReadPayment::new(OperationId::new(OPERATION)?), padded(samples::PAYMENT, size))
}

fn unknown_fields(count: usize) -> Result<Work, Error> {
    reading(ReadPayment::new(OperationId::new(OPERATION)?), with_fields(samples::PAYMENT, count))
}
