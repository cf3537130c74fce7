//! What every call of a partner's server must bring: key, identifier, content type, permission.

use crate::api_error::ApiError;
use crate::http::Incoming;
use crate::world::World;

/// What follows the scheme in the `Authorization` header, as it came: a key is Base64 already (*documented*).
pub(crate) fn credentials<'a>(request: &'a Incoming, scheme: &str) -> Option<&'a str> {
    let (given, credentials) = request.header("authorization")?.split_once(' ')?;
    given.eq_ignore_ascii_case(scheme).then_some(credentials.trim())
}

/// Whether the `Basic` header holds this partner's key.
pub(crate) fn has_key(world: &World, request: &Incoming) -> bool {
    credentials(request, "basic").is_some_and(|key| key == world.partner.api_key())
}

/// Checks the headers of a payment call, and whether the partner may pay.
pub(crate) fn check_payment_call(world: &World, request: &Incoming) -> Result<(), ApiError> {
    if !has_key(world, request) {
        return Err(ApiError::BadCredentials);
    }
    if request.header("appidentifier") != Some(world.partner.identifier.as_str()) {
        return Err(ApiError::WrongIdentifier);
    }
    if !accepts(request, world.wire.strict_content_type) {
        return Err(ApiError::ContentType);
    }
    world.check_may_pay()
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
