//! Where browsers are sent (protocol §3.1, §4.1), as a browser reads it: the `url` crate follows the same standard. An
//! input is an environment's address on one line, and the address that a reply gives on the rest.

use izly::protocol::{CreatePayment, Partner, Response, authorization_url as login_url};
use izly::{Cents, Environment, NewPayment, Order, Scope, State, Wire};
use url::{Host, Url};

use crate::input::two_texts;
use crate::partner::{IDENTIFIER, answer, key, partner};

/// No student is ever sent to another origin than the environment's own, however the address is written.
pub fn authorization_url(input: &[u8]) {
    let Some((environment, address)) = two_texts(input) else { return };
    let environment = Environment::url(environment).inspect(assert_is_private);
    let partner = environment.and_then(|environment| Partner::new(environment, key().clone()));
    let partner = partner.unwrap_or_else(|_| partner_of_preproduction());
    assert_leads_home(&partner, address);
    assert_login_leads_home(&partner, address);
}

fn partner_of_preproduction() -> Partner {
    partner(Wire::default())
}

/// An environment is https, or this machine; a browser reads the same host in it as we do.
fn assert_is_private(environment: &Environment) {
    let base = environment.base_url();
    // A host that no browser would take (a number out of range) is no host of a page either.
    let Ok(url) = Url::parse(base) else { return };
    let is_loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    assert!(url.scheme() == "https" || (url.scheme() == "http" && is_loopback), "{base} is not private");
    assert!(url.username().is_empty() && url.password().is_none(), "{base} holds a user");
    assert!(url.path() == "/" && url.query().is_none() && url.fragment().is_none(), "{base} is more than a host");
    assert_eq!(Environment::url(base).as_ref().ok(), Some(environment), "{base} is not read as it is written");
}

/// The page of a payment, as the reply to its creation names it.
fn assert_leads_home(partner: &Partner, address: &str) {
    let order = Order::new("order-42", Cents::new(150).expect("in range")).expect("a reference and an amount");
    let body = serde_json::json!({"PaymentAuthorizationUrl": address, "OperationSMoney": {"Id": 7}}).to_string();
    let payment = NewPayment::new(order);
    let created = answer(&CreatePayment::new(&payment), partner, &Response::new(200, body));
    let own = Url::parse(partner.environment().base_url());
    match (created, own) {
        (Ok(pending), Ok(own)) => {
            assert_eq!(pending.authorization_url, address);
            let url = Url::parse(address).unwrap_or_else(|error| panic!("{address}: {error}"));
            assert_eq!(url.origin(), own.origin(), "{address} leads elsewhere");
            // Browsers repair other characters, each in its own way.
            let is_repaired = |letter: char| !letter.is_ascii_graphic() || "\"<>\\^`{|}".contains(letter);
            assert!(!address.contains(is_repaired), "{address} is not RFC 3986");
            assert!(url.username().is_empty() && url.password().is_none(), "{address} holds a user");
        }
        (Ok(_), Err(_)) => assert!(Url::parse(address).is_err(), "{address} leads somewhere"),
        // What a browser would repair is refused; what is plainly our own page is not.
        (Err(error), Ok(own)) => assert!(!is_plainly(address, &own), "{address} is our own: {error}"),
        (Err(_), Err(_)) => {}
    }
}

/// An address that begins with the origin, letter by letter, and goes on with letters and slashes.
fn is_plainly(address: &str, own: &Url) -> bool {
    let path = address.strip_prefix(&own.origin().ascii_serialization()).and_then(|rest| rest.strip_prefix('/'));
    path.is_some_and(|path| path.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'/'))
}

/// The page of a login, whatever the state is.
fn assert_login_leads_home(partner: &Partner, state: &str) {
    let Ok(own) = Url::parse(partner.environment().base_url()) else { return };
    let address = login_url(partner, Scope::USER_DETAILS, &State::new(state));
    let url = Url::parse(&address).unwrap_or_else(|error| panic!("{address}: {error}"));
    assert_eq!((url.origin(), url.path()), (own.origin(), "/oauth/Home/Authorize"), "{address}");
    let pairs: Vec<(String, String)> = url.query_pairs().map(|(name, value)| (name.into(), value.into())).collect();
    let expected = [("response_type", "code"), ("client_id", IDENTIFIER), ("scope", "1"), ("state", state)];
    assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())), "{address}");
}
