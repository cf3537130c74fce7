//! The query a browser comes back with from a login (protocol §3.1). An input is the state on one line, the query on the
//! rest.

use std::borrow::Cow;

use izly::protocol::{Call as _, ExchangeCode, read_return};
use izly::{AuthorizationCode, Error, ErrorKind, Outcome, State, StatePolicy, Wire};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::errors;
use crate::input::two_texts;
use crate::partner::partner;

/// A state that no word of ours holds.
const PLANTED: &str = "pl4nted+st4te";

/// A code comes through exactly when its state does; another state is refused whatever else is there; and a code is
/// decoded once and encoded once.
pub fn return_query(input: &[u8]) {
    let Some((state, query)) = two_texts(input) else { return };
    let own = State::new(state);
    for policy in [StatePolicy::Require, StatePolicy::AllowMissing] {
        match read_return(query, &own, policy) {
            Ok(code) => assert_came_with_its_state(&code, state, query, policy),
            Err(error) => assert_refused_for_a_reason(&error, state, query, policy),
        }
        assert_another_state_is_refused(state, query, policy);
    }
    assert_comes_through(query, state);
}

/// The decoded values of a parameter; `None` for one that is not text.
fn values(query: &str, name: &str) -> Vec<Option<String>> {
    let query = query.strip_prefix('?').unwrap_or(query);
    let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let named = pairs.filter(|(key, _)| decoded(key).as_deref() == Some(name));
    named.map(|(_, value)| decoded(value)).collect()
}

/// The text of escapes that are whole. `+` is a letter.
fn decoded(text: &str) -> Option<String> {
    let is_whole = |rest: &str| rest.get(..2).is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let has_whole_escapes = text.split('%').skip(1).all(is_whole);
    let text = percent_decode_str(text).decode_utf8().ok();
    text.filter(|_| has_whole_escapes).map(Cow::into_owned)
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn assert_came_with_its_state(code: &AuthorizationCode, state: &str, query: &str, policy: StatePolicy) {
    let states = values(query, "state");
    assert!(states.iter().all(|value| value.as_deref() == Some(state)), "with another state");
    assert!(!states.is_empty() || policy == StatePolicy::AllowMissing, "without its state");
    assert!(!state.is_empty(), "without a login");
    let codes = values(query, "code");
    assert!(!codes.is_empty() && codes.iter().all(|value| value.as_deref() == Some(code.reveal())));
    assert!(!code.reveal().is_empty());
    let errors = values(query, "error");
    assert!(errors.iter().all(|value| value.as_deref() == Some("")), "with an error");
    assert_comes_through(code.reveal(), state);
}

fn assert_refused_for_a_reason(error: &Error, state: &str, query: &str, policy: StatePolicy) {
    // Any other state may be a word of ours.
    let secrets = [PLANTED];
    errors::hold(error, if state == PLANTED { &secrets } else { &[] });
    match error.kind() {
        ErrorKind::Mismatch => {
            assert_eq!((error.field(), error.outcome()), (Some("state"), Outcome::NotSent));
            let states = values(query, "state");
            let is_missing = states.is_empty() && policy == StatePolicy::Require;
            assert!(is_missing || states.iter().any(|value| value.as_deref() != Some(state)), "it is the state");
        }
        ErrorKind::Api => {
            assert_eq!(error.outcome(), Outcome::Rejected);
            let tame = |text: String| text.chars().filter(|c| !c.is_control()).take(200).collect::<String>();
            let said = values(query, "error").into_iter().flatten().map(tame).next();
            let shown = error.oauth_error().unwrap_or_default();
            // A refusal that quotes the state or the code is blanked, and cut after that: a blank at the end may be short.
            let is_cut_blank = shown.ends_with('*') && shown.chars().count() == 200;
            assert!(shown.contains("***") || is_cut_blank || Some(shown) == said.as_deref(), "{shown} for {said:?}");
        }
        ErrorKind::InvalidInput => {
            assert_eq!(error.outcome(), Outcome::NotSent);
            assert!(matches!(error.field(), Some("state" | "error" | "code")), "{error}");
        }
        kind => panic!("{kind}: {error}"),
    }
}

/// Of another browser's state, nothing else in the query is believed: no code, and no refusal either.
fn assert_another_state_is_refused(state: &str, query: &str, policy: StatePolicy) {
    let states = values(query, "state");
    if states.is_empty() && policy == StatePolicy::AllowMissing {
        return;
    }
    let another = format!("{state}x");
    if states.iter().all(|value| value.as_deref() == Some(&*another)) && !states.is_empty() {
        return;
    }
    let error = read_return(query, &State::new(another), policy).expect_err("another state");
    assert!(matches!(error.kind(), ErrorKind::Mismatch | ErrorKind::InvalidInput), "{error}");
    assert_eq!(error.field(), Some("state"), "{error}");
}

/// Any text is a code that arrives as it left, in both casings of escapes, and leaves as it arrived.
fn assert_comes_through(code: &str, state: &str) {
    if code.is_empty() || state.is_empty() {
        return;
    }
    let own = State::new(state);
    let lower = |text: &str| encoded(text).split('%').enumerate().map(lowered).collect::<Vec<_>>().join("%");
    for query in [
        format!("code={}&state={}", encoded(code), encoded(state)),
        format!("?state={}&other=%20&code={}", lower(state), lower(code)),
    ] {
        let read = read_return(&query, &own, StatePolicy::Require).unwrap_or_else(|error| panic!("{error}: {query}"));
        assert_eq!(read.reveal(), code, "{query}");
    }
    let code_again = AuthorizationCode::new(code);
    let request = ExchangeCode::new(&code_again).request(&partner(Wire::default())).expect("a code that is not empty");
    let sent = url::Url::parse(request.url().reveal()).expect("an address of ours");
    assert_eq!(sent.origin().ascii_serialization(), "https://rest-pp.izly.fr");
    let sent = sent.query_pairs().find(|(name, _)| name == "code").map(|(_, value)| value.into_owned());
    assert_eq!(sent.as_deref(), Some(code), "{}", request.url().reveal());
}

/// The two letters after a `%` in lower case, as Izly writes them.
fn lowered((at, part): (usize, &str)) -> String {
    let escape = if at == 0 { 0 } else { 2 };
    let (hex, rest) = part.split_at(escape);
    hex.to_ascii_lowercase() + rest
}
