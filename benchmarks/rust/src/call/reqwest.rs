//! `reqwest`, blocking, with rustls and ring.

use std::hint::black_box;

use ::izly::protocol::Request as IzlyRequest;
use ::reqwest::blocking::{Client, Request};
use ::reqwest::{Certificate, Method, redirect};

use super::{CONNECT_TIMEOUT, DEADLINE, headers, payment_request, read_request, received};
use crate::Failure;
use crate::measure::{Cost, measure};
use crate::settings::Settings;

/// Reads over one connection.
pub(crate) fn read(settings: &Settings) -> Result<Cost, Failure> {
    repeat(settings, &read_request()?)
}

/// New payments over one connection.
pub(crate) fn create_payment(settings: &Settings) -> Result<Cost, Failure> {
    repeat(settings, &payment_request()?)
}

fn repeat(settings: &Settings, request: &IzlyRequest) -> Result<Cost, Failure> {
    let client = client(settings)?;
    let request = prepare(&client, request)?;
    measure(settings, || exchange(&client, black_box(&request)))
}

fn client(settings: &Settings) -> Result<Client, Failure> {
    // Built without a provider of its own, or it would bring another than izly's.
    rustls::crypto::ring::default_provider().install_default().map_err(|_| "rustls has a provider already")?;
    let builder = Client::builder()
        .timeout(DEADLINE)
        .connect_timeout(CONNECT_TIMEOUT)
        .redirect(redirect::Policy::none())
        .no_proxy();
    let roots = match settings.authority()? {
        Some(pem) => Certificate::from_pem_bundle(&pem)?,
        // Where nothing is encrypted, none are needed, and it would spend time on the system's.
        None => Vec::new(),
    };
    Ok(builder.tls_certs_only(roots).build()?)
}

fn prepare(client: &Client, request: &IzlyRequest) -> Result<Request, Failure> {
    let method = Method::from_bytes(request.method().as_str().as_bytes())?;
    let builder = client.request(method, request.url().reveal());
    let builder = headers(request).fold(builder, |builder, (name, value)| builder.header(name, value));
    // A read has no body, or it would announce a length of zero.
    let builder = if request.body().is_empty() { builder } else { builder.body(request.body().to_vec()) };
    Ok(builder.build()?)
}

/// The request is copied, for a call uses it up: that is cheaper than to make it anew.
fn exchange(client: &Client, request: &Request) -> Result<u64, Failure> {
    let response = client.execute(request.try_clone().ok_or("the request cannot be copied")?)?;
    let status = response.status().as_u16();
    received(status, black_box(&response.bytes()?))
}
