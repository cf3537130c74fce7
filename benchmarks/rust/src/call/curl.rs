//! `curl`: libcurl, one handle that is set up once, and memory for the body that is kept.

use std::hint::black_box;

use ::curl::easy::{Easy2, Handler, HttpVersion, List, WriteError};
use ::izly::protocol::{Method, Request};

use super::{CONNECT_TIMEOUT, DEADLINE, headers, payment_request, read_request, received};
use crate::Failure;
use crate::measure::{Cost, measure};
use crate::settings::Settings;

/// Reads over one connection.
pub(crate) fn read(settings: &Settings) -> Result<Cost, Failure> {
    let mut easy = handle(settings, &read_request()?)?;
    measure(settings, || exchange(&mut easy))
}

/// New payments over one connection.
pub(crate) fn create_payment(settings: &Settings) -> Result<Cost, Failure> {
    let mut easy = handle(settings, &payment_request()?)?;
    measure(settings, || exchange(&mut easy))
}

/// New payments, each over a connection of its own.
pub(crate) fn create_payment_fresh(settings: &Settings) -> Result<Cost, Failure> {
    let mut easy = handle(settings, &payment_request()?)?;
    easy.fresh_connect(true)?;
    easy.forbid_reuse(true)?;
    measure(settings, || exchange(&mut easy))
}

/// The body as it comes.
struct Body(Vec<u8>);

impl Handler for Body {
    fn write(&mut self, data: &[u8]) -> Result<usize, WriteError> {
        self.0.extend_from_slice(data);
        Ok(data.len())
    }
}

fn handle(settings: &Settings, request: &Request) -> Result<Easy2<Body>, Failure> {
    let mut easy = Easy2::new(Body(Vec::with_capacity(1024)));
    easy.url(request.url().reveal())?;
    if request.method() == Method::Post {
        easy.post(true)?;
        easy.post_fields_copy(request.body())?;
    }
    let mut lines = List::new();
    for (name, value) in headers(request) {
        lines.append(&format!("{name}: {value}"))?;
    }
    easy.http_headers(lines)?;
    easy.timeout(DEADLINE)?;
    easy.connect_timeout(CONNECT_TIMEOUT)?;
    // None, whatever the environment says.
    easy.proxy("")?;
    easy.http_version(HttpVersion::V11)?;
    if let Some(path) = &settings.ca_file {
        easy.cainfo(path)?;
    }
    Ok(easy)
}

fn exchange(easy: &mut Easy2<Body>) -> Result<u64, Failure> {
    easy.get_mut().0.clear();
    easy.perform()?;
    received(u16::try_from(easy.response_code()?)?, black_box(&easy.get_ref().0))
}
