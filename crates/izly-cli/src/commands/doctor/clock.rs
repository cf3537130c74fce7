//! Whether this machine's clock agrees with the server's.

use std::error::Error;
use std::fs;
use std::time::Duration;

use izly::Environment;
use jiff::{SignedDuration, Timestamp};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Proxy};

use super::{Check, Verdict};
use crate::cli::GlobalArgs;
use crate::settings;

/// Tokens expire by the minute; below this nobody notices.
const TOLERATED: SignedDuration = SignedDuration::from_secs(60);

/// Compares with the `Date` of any answer. The request carries no key.
pub(super) fn check(global: &GlobalArgs, environment: &Environment) -> Check {
    const NAME: &str = "clock";
    let date = match date_of(global, environment) {
        Ok(Some(date)) => date,
        Ok(None) => return Check::new(NAME, Verdict::Warn, "the server does not say what time it is"),
        Err(error) => return Check::new(NAME, Verdict::Warn, format!("cannot be compared: {error}")),
    };
    let ahead = Timestamp::now().duration_since(date);
    if ahead.abs() <= TOLERATED {
        return Check::new(NAME, Verdict::Ok, "agrees with the server's");
    }
    let direction = if ahead.is_negative() { "behind" } else { "ahead" };
    Check::new(NAME, Verdict::Warn, format!("{} s {direction} of the server's", ahead.abs().as_secs()))
        .advise("set the clock (NTP): certificates and tokens go by it")
}

fn date_of(global: &GlobalArgs, environment: &Environment) -> Result<Option<Timestamp>, Box<dyn Error>> {
    let response = agent(global)?.get(environment.base_url()).call()?;
    let date = response.headers().get("date").and_then(|value| value.to_str().ok());
    Ok(date.and_then(|date| jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(date).ok()))
}

/// The SDK shows no headers of an answer, so this one look is taken without it, under the same settings.
fn agent(global: &GlobalArgs) -> Result<Agent, Box<dyn Error>> {
    let mut tls = TlsConfig::builder();
    if let Some(file) = &global.ca_file {
        let pem = fs::read(file)?;
        let certificates = parse_pem(&pem).filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        });
        tls = tls.root_certs(RootCerts::from(certificates));
    }
    let proxy = match settings::proxy(global) {
        Ok(Some(url)) => Some(Proxy::new(&url)?),
        _ => None,
    };
    let config = Agent::config_builder()
        .tls_config(tls.build())
        .timeout_global(Some(Duration::from_secs(global.deadline.unwrap_or(15))))
        .max_redirects(0)
        .proxy(proxy)
        .http_status_as_error(false);
    Ok(config.build().new_agent())
}
