//! `POST /oauth/Home/Token`: a code or a refresh token for new tokens.

use crate::api_error::error_object;
use crate::http::{Incoming, Reply};
use crate::json::Json;
use crate::login::{ACCESS_LIFETIME, NewTokens};
use crate::routes::partner_call::has_key;
use crate::wire::{OauthErrors, PropertyCasing, Wire};
use crate::world::World;

/// The grant type of a refresh.
const REFRESH: &str = "refresh_token";

/// Why the endpoint refuses. The words are RFC 6749's (*observed*: the vendor's own app reads such words); the
/// descriptions and the numbers of the other shape are *our invention*.
#[derive(Clone, Copy)]
enum Refused {
    InvalidClient,
    InvalidRequest,
    UnauthorizedClient,
    UnsupportedGrantType,
    InvalidGrant,
}

impl Refused {
    fn parts(self) -> (u16, u64, &'static str, &'static str) {
        match self {
            Self::InvalidClient => (401, 9201, "invalid_client", "Clé d'API absente ou inconnue"),
            Self::InvalidRequest => (400, 9202, "invalid_request", "Un paramètre obligatoire manque"),
            Self::UnauthorizedClient => (400, 9203, "unauthorized_client", "Le point d'encaissement n'est pas agréé"),
            Self::UnsupportedGrantType => {
                (400, 9204, "unsupported_grant_type", "grant_type doit être authorization_code ou refresh_token")
            }
            Self::InvalidGrant => {
                (400, 9205, "invalid_grant", "Le code ou le jeton est inconnu, expiré ou déjà utilisé")
            }
        }
    }

    fn reply(self, wire: &Wire) -> Reply {
        let (status, code, error, description) = self.parts();
        let reply = match wire.oauth_errors {
            OauthErrors::Rfc6749 => {
                let json = Json::object().with("error", error).with("error_description", description);
                Reply::json_text(status, json.to_text(PropertyCasing::Pascal))
            }
            OauthErrors::IzlyObject => Reply::json_text(status, error_object(code, description).to_text(wire.casing)),
        };
        if status == 401 { reply.header("www-authenticate", "Basic realm=\"Izly\"".into()) } else { reply }
    }
}

/// Whether the request says that it brings a refresh token.
pub(crate) fn is_refresh(request: &Incoming) -> bool {
    request.query_value("grant_type").or_else(|| request.form_value("grant_type")).is_some_and(|it| it == REFRESH)
}

/// The refusal of a refresh token, whatever it is worth.
pub(crate) fn refused_refresh(wire: &Wire) -> Reply {
    Refused::InvalidGrant.reply(wire)
}

/// Hands out tokens.
pub(crate) fn answer(world: &mut World, request: &Incoming) -> Reply {
    match tokens(world, request) {
        Ok(tokens) => Reply::json_in(200, &shape(&tokens), PropertyCasing::Pascal),
        Err(refused) => refused.reply(&world.wire),
    }
}

fn tokens(world: &mut World, request: &Incoming) -> Result<NewTokens, Refused> {
    if !has_key(world, request) {
        return Err(Refused::InvalidClient);
    }
    if !world.partner.approved {
        return Err(Refused::UnauthorizedClient);
    }
    let form = world.wire.token_form_body;
    let value = |name: &str| request.query_value(name).or_else(|| request.form_value(name).filter(|_| form));
    let grant_type = value("grant_type").ok_or(Refused::InvalidRequest)?;
    let tokens = match grant_type.as_str() {
        "authorization_code" => world.exchange_code(&value("code").ok_or(Refused::InvalidRequest)?),
        REFRESH => world.refresh(&value("refresh_token").ok_or(Refused::InvalidRequest)?),
        _ => return Err(Refused::UnsupportedGrantType),
    };
    tokens.ok_or(Refused::InvalidGrant)
}

fn shape(tokens: &NewTokens) -> Json {
    let json = Json::object()
        .with("access_token", tokens.access.clone())
        .with("token_type", "Bearer")
        .with("expires_in", ACCESS_LIFETIME);
    let json = match &tokens.refresh {
        Some(refresh) => json.with("refresh_token", refresh.clone()),
        None => json,
    };
    json.with("scope", tokens.scope.words())
}
