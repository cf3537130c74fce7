//! `POST /oauth/Home/Token`: a code or a refresh token for new tokens.

use crate::app::App;
use crate::fault::error_object;
use crate::http::{Incoming, Reply};
use crate::json::Json;
use crate::login::{ACCESS_LIFETIME, NewTokens};
use crate::routes::partner_call::partner_of;
use crate::state::{PartnerId, State};
use crate::wire::{OauthErrors, PropertyCasing, Wire};

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
            OauthErrors::IzlyObject => Reply::json(status, &error_object(code, description), wire),
        };
        if status == 401 { reply.header("www-authenticate", "Basic realm=\"Izly\"".into()) } else { reply }
    }
}

/// Hands out tokens.
pub(crate) fn answer(app: &App, request: &Incoming) -> Reply {
    let mut state = app.state();
    match tokens(&mut state, request) {
        Ok(tokens) => Reply::json_text(200, shape(&tokens).to_text(PropertyCasing::Pascal)),
        Err(refused) => refused.reply(&state.wire),
    }
}

fn tokens(state: &mut State, request: &Incoming) -> Result<NewTokens, Refused> {
    let partner = partner_of(state, request).ok_or(Refused::InvalidClient)?;
    if !state.partner(partner).approved {
        return Err(Refused::UnauthorizedClient);
    }
    let form = state.wire.token_form_body;
    let value = |name: &str| request.query_value(name).or_else(|| request.form_value(name).filter(|_| form));
    grant(state, partner, value)
}

fn grant(state: &mut State, partner: PartnerId, value: impl Fn(&str) -> Option<String>) -> Result<NewTokens, Refused> {
    let grant_type = value("grant_type").ok_or(Refused::InvalidRequest)?;
    let tokens = match grant_type.as_str() {
        "authorization_code" => state.exchange_code(partner, &value("code").ok_or(Refused::InvalidRequest)?),
        "refresh_token" => state.refresh(partner, &value("refresh_token").ok_or(Refused::InvalidRequest)?),
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
