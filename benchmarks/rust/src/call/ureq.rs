//! `ureq` alone, told what izly tells it, with the resolver it comes with.

use std::hint::black_box;

use ::izly::protocol::Request;
use ::ureq::http;
use ::ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ::ureq::{Agent, AsSendBody};

use super::{CONNECT_TIMEOUT, DEADLINE, headers, payment_request, read_request, received};
use crate::Failure;
use crate::measure::{Cost, measure};
use crate::settings::Settings;

/// As many as izly keeps.
const MAX_IDLE: usize = 16;

/// Reads over one connection.
pub(crate) fn read(settings: &Settings) -> Result<Cost, Failure> {
    let agent = agent(settings, MAX_IDLE)?;
    let request = prepare(&read_request()?, ())?;
    measure(settings, || exchange(&agent, black_box(&request)))
}

/// New payments over one connection.
pub(crate) fn create_payment(settings: &Settings) -> Result<Cost, Failure> {
    pay(settings, MAX_IDLE)
}

/// New payments, each over a connection of its own.
pub(crate) fn create_payment_fresh(settings: &Settings) -> Result<Cost, Failure> {
    pay(settings, 0)
}

fn pay(settings: &Settings, max_idle: usize) -> Result<Cost, Failure> {
    let agent = agent(settings, max_idle)?;
    let payment = payment_request()?;
    let request = prepare(&payment, payment.body())?;
    measure(settings, || exchange(&agent, black_box(&request)))
}

fn agent(settings: &Settings, max_idle: usize) -> Result<Agent, Failure> {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        .max_idle_connections(max_idle)
        .max_idle_connections_per_host(max_idle)
        .user_agent("")
        .accept_encoding("")
        .timeout_global(Some(DEADLINE))
        .timeout_connect(Some(CONNECT_TIMEOUT))
        .tls_config(TlsConfig::builder().root_certs(roots(settings)?).build())
        .build();
    Ok(Agent::new_with_config(config))
}

fn roots(settings: &Settings) -> Result<RootCerts, Failure> {
    let Some(pem) = settings.authority()? else { return Ok(RootCerts::WebPki) };
    let mut certificates = Vec::new();
    for item in parse_pem(&pem) {
        if let PemItem::Certificate(certificate) = item? {
            certificates.push(certificate);
        }
    }
    Ok(RootCerts::from(certificates))
}

fn prepare<Body>(request: &Request, body: Body) -> Result<http::Request<Body>, Failure> {
    let builder = http::Request::builder().method(request.method().as_str()).uri(request.url().reveal());
    let builder = headers(request).fold(builder, |builder, (name, value)| builder.header(name, value));
    Ok(builder.body(body)?)
}

/// The request is copied, for a call uses it up: that is cheaper than to make it anew.
fn exchange<Body: AsSendBody + Clone>(agent: &Agent, request: &http::Request<Body>) -> Result<u64, Failure> {
    let mut response = agent.run(request.clone())?;
    let body = response.body_mut().read_to_vec()?;
    received(response.status().as_u16(), black_box(&body))
}
