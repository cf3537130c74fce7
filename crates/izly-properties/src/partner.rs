//! Who asks, and the secrets that are planted: the corpus and the dictionary hold them, so that inputs echo them.

use std::sync::LazyLock;

use izly::protocol::{Call, Partner, Response};
use izly::{ApiKey, CallName, Environment, Error, Outcome, Wire};

use crate::errors;

/// What the payments of the corpus are paid to.
pub(crate) const IDENTIFIER: &str = "Paris-78-78-78-78";
/// The half of the API key after the colon, with letters that URLs, JSON and HTML write in other ways.
pub(crate) const SECRET: &str = "pl4nted/s3cret+of=the&partner";
/// The code of a login, the refresh token or the access token a call carries.
pub(crate) const CARRIED: &str = "MTs1Njtw+bGFu/dGVk==";

/// The partner of every property.
pub(crate) fn partner(wire: Wire) -> Partner {
    // Made once: a campaign asks for it a million times.
    static PARTNER: LazyLock<Partner> =
        LazyLock::new(|| Partner::new(Environment::Preproduction, key().clone()).expect("no sandbox key"));
    PARTNER.clone().with_wire(wire)
}

pub(crate) fn key() -> &'static ApiKey {
    static KEY: LazyLock<ApiKey> =
        LazyLock::new(|| ApiKey::from_parts(IDENTIFIER, SECRET).expect("both halves are printable"));
    &KEY
}

/// An answer to a call, with what must hold of every answer that is an error.
pub(crate) fn answer<C: Call>(call: &C, partner: &Partner, response: &Response) -> Result<C::Output, Error> {
    let result = call.reply(partner, response);
    if let Err(error) = &result {
        let own = [SECRET, key().reveal(), CARRIED];
        let carries = matches!(call.name(), CallName::ExchangeCode | CallName::Refresh | CallName::User);
        errors::hold(error, if carries { &own } else { &own[..2] });
        assert_ne!(error.outcome(), Outcome::NotSent, "an answer came, so the request was sent: {error}");
        assert_eq!(error.http_status(), Some(response.status()));
        assert_eq!(error.call(), Some(call.name()));
        let is_success = (200..300).contains(&response.status());
        assert!(!is_success || error.kind() != izly::ErrorKind::Server);
    }
    result
}
