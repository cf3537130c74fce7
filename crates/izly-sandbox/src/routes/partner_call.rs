//! What every call of a partner's server must bring: key, identifier, content type, permission.

use crate::fault::Fault;
use crate::http::Incoming;
use crate::state::{PartnerId, State};

/// The partner behind a `Basic` header. The key is compared as it came: it is Base64 already (*documented*).
pub(crate) fn partner_of(state: &State, request: &Incoming) -> Option<PartnerId> {
    let (scheme, key) = request.header("authorization")?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    state.partner_with_key(key.trim())
}

/// Checks the headers of a payment call, and whether the partner may pay.
pub(crate) fn check_payment_call(state: &State, request: &Incoming) -> Result<PartnerId, Fault> {
    let partner = partner_of(state, request).ok_or(Fault::BadCredentials)?;
    if request.header("appidentifier") != Some(state.partner(partner).identifier.as_str()) {
        return Err(Fault::WrongIdentifier);
    }
    if !accepts(request, state.wire.strict_content_type) {
        return Err(Fault::ContentType);
    }
    state.check_may_pay(partner)?;
    Ok(partner)
}

/// Whether the content type will do. The guide asks for it on every call, bodies or not; without the strict switch a
/// call that has no body may leave it out (*our invention*).
fn accepts(request: &Incoming, strict: bool) -> bool {
    const DOCUMENTED: &str = "application/vnd.Xpollens.v1+json";
    const TOLERATED: [&str; 3] = [DOCUMENTED, "application/vnd.s-money.v1+json", "application/json"];
    let is = |wanted: &str| request.media_type().is_some_and(|given| given.eq_ignore_ascii_case(wanted));
    if strict {
        return is(DOCUMENTED);
    }
    TOLERATED.into_iter().any(is) || (request.body.is_empty() && request.media_type().is_none())
}
