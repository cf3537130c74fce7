//! Tokens (protocol §3.2, §3.3): what comes in must come out to the program and to nobody else.

use izly::protocol::{Call, ExchangeCode, RefreshTokens, Response};
use izly::{AuthorizationCode, RefreshToken, Tokens, Wire};

use crate::errors;
use crate::fault::assert_rejected_for_a_reason;
use crate::json::{Fields, assert_accepted, assert_fairly_refused};
use crate::partner::{CARRIED, answer, partner};

/// A token that the corpus holds: long, and in no word of ours.
const LIVE: &str = "l1ve-t0ken-0f-a-student";

/// A reply gives the tokens `serde_json` finds in it, `Debug` shows none of them, and an error neither.
pub fn token(body: &[u8]) {
    let (code, refresh) = (AuthorizationCode::new(CARRIED), RefreshToken::new(CARRIED));
    let fields = Fields::of(body);
    if let Some(tokens) = judge(&ExchangeCode::new(&code), &fields, body) {
        assert_eq!(tokens.refresh.as_ref().map(RefreshToken::reveal), fields.text("refresh_token").as_deref());
    }
    if let Some(tokens) = judge(&RefreshTokens::new(&refresh), &fields, body) {
        let expected = fields.text("refresh_token").unwrap_or_else(|| CARRIED.to_owned());
        assert_eq!(tokens.refresh.as_ref().map(RefreshToken::reveal), Some(&*expected), "the old one is kept");
    }
}

fn judge<C: Call<Output = Tokens>>(call: &C, fields: &Fields, body: &[u8]) -> Option<Tokens> {
    let response = Response::new(200, body);
    match answer(call, &partner(Wire::default()), &response) {
        Ok(tokens) => {
            assert_accepted(body);
            assert_eq!(Some(tokens.access.reveal()), fields.text("access_token").as_deref());
            assert_eq!(tokens.expires_in, fields.integer("expires_in").and_then(|count| u64::try_from(count).ok()));
            assert_eq!(tokens.scope, fields.text("scope"));
            assert_covered(&tokens);
            Some(tokens)
        }
        Err(error) => {
            assert_rejected_for_a_reason(&error, &response);
            assert_fairly_refused(body, &error);
            assert_eq!(error.raw_excerpt(), None, "what could not be read may hold live tokens");
            if holds_live_token(fields) {
                errors::hold(&error, &[LIVE]);
            }
            None
        }
    }
}

/// Whether a token stands where tokens stand, and nowhere else.
fn holds_live_token(fields: &Fields) -> bool {
    let holds = |name: &str| fields.text(name).is_some_and(|text| text.contains(LIVE));
    let is_place = |name: &str| ["access_token", "refresh_token"].iter().any(|place| place.eq_ignore_ascii_case(name));
    let is_elsewhere = |name: &str| name.contains(LIVE) || (!is_place(name) && holds(name));
    (holds("access_token") || holds("refresh_token")) && !fields.names().any(is_elsewhere)
}

/// `Debug` is the same whatever the tokens are.
fn assert_covered(tokens: &Tokens) {
    let mut other = tokens.clone();
    other.access = izly::AccessToken::new("another");
    other.refresh = other.refresh.map(|_| RefreshToken::new("another"));
    assert_eq!(format!("{tokens:?}"), format!("{other:?}"));
}
