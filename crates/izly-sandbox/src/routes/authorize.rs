//! `GET` and `POST /oauth/Home/Authorize`: the login page.

use crate::app::App;
use crate::http::{Incoming, Reply, encode_lower};
use crate::login::ScopeMask;
use crate::pages::{ErrorPage, FOREIGN_FORM, Hint, LoginPage};
use crate::state::{PartnerId, Refusal, State};
use crate::wire::LoginCancel;

/// The parameters of the authorization URL, checked.
struct Request {
    partner: PartnerId,
    scope: ScopeMask,
    scope_text: String,
    state: Option<String>,
}

impl Request {
    /// Reads the parameters from the query, or on a submit from the page's hidden fields.
    fn read(state: &State, request: &Incoming) -> Result<Self, Reply> {
        let value = |name| request.form_or_query(name).unwrap_or_default();
        if value("response_type") != "code" {
            return Err(refuse(400, "Le paramètre response_type doit valoir « code »."));
        }
        let Some(partner) = state.partner_named(&value("client_id")) else {
            return Err(refuse(400, "Ce site partenaire est inconnu d'Izly (client_id)."));
        };
        let scope_text = value("scope");
        let Some(scope) = ScopeMask::parse(&scope_text) else {
            return Err(refuse(400, "Le paramètre scope doit être un masque de bits, par exemple 1 ou 16385."));
        };
        if !state.partner(partner).approved {
            return Err(refuse(403, "Le point d'encaissement de ce site n'est pas encore agréé."));
        }
        Ok(Self { partner, scope, scope_text, state: request.form_or_query("state") })
    }

    fn page(&self, state: &State, typed: &str, error: Option<&str>) -> Reply {
        let partner = state.partner(self.partner);
        let page = LoginPage {
            site: &partner.site_name,
            client_id: &partner.identifier,
            scope: &self.scope_text,
            state: self.state.as_deref(),
            forgotten_url: format!("/oauth/Home/ForgottenPassword?client_id={}", encode_lower(&partner.identifier)),
            typed,
            error,
            hints: Hint::all(state),
        };
        Reply::page(200, &page)
    }

    /// The login redirect URL with `name=value` and, if the switch says so, `state`.
    fn way_back(&self, state: &State, name: &str, value: &str) -> String {
        let url = &state.partner(self.partner).login_redirect_url;
        let separator = if url.contains('?') { '&' } else { '?' };
        let mut location = format!("{url}{separator}{name}={}", encode_lower(value));
        if let Some(given) = self.state.as_deref().filter(|_| state.wire.echo_state) {
            location.push_str("&state=");
            location.push_str(&encode_lower(given));
        }
        location
    }
}

/// Shows the login page.
pub(crate) fn show(app: &App, request: &Incoming) -> Reply {
    let state = app.state();
    match Request::read(&state, request) {
        Ok(parameters) => parameters.page(&state, "", None),
        Err(reply) => reply,
    }
}

/// *Se connecter* or *Annuler*.
pub(crate) fn submit(app: &App, request: &Incoming) -> Reply {
    let mut state = app.state();
    let parameters = match Request::read(&state, request) {
        Ok(parameters) => parameters,
        Err(reply) => return reply,
    };
    match request.form_value("action").as_deref() {
        Some("annuler") => cancel(&parameters, &state),
        Some("connecter") => log_in(&parameters, &mut state, request),
        // A form that says neither is none of this page's, and must not log anybody in.
        _ => refuse(400, FOREIGN_FORM).note("no action: neither `connecter` nor `annuler`"),
    }
}

fn cancel(parameters: &Request, state: &State) -> Reply {
    Reply::redirect(match state.wire.login_cancel {
        LoginCancel::HomePage => state.partner(parameters.partner).home_page_url.clone(),
        LoginCancel::AccessDenied => parameters.way_back(state, "error", "access_denied"),
    })
}

fn log_in(parameters: &Request, state: &mut State, request: &Incoming) -> Reply {
    let identifier = request.form_value("identifiant").unwrap_or_default();
    let password = request.form_value("mot_de_passe").unwrap_or_default();
    match state.log_in(parameters.partner, parameters.scope, &identifier, &password) {
        Ok(code) => Reply::redirect(parameters.way_back(state, "code", &code)),
        Err(refusal) => refused(parameters, state, &identifier, refusal),
    }
}

fn refused(parameters: &Request, state: &State, identifier: &str, refusal: Refusal) -> Reply {
    parameters.page(state, identifier, Some(refusal.message())).note(format!("login refused: {refusal:?}"))
}

fn refuse(status: u16, text: &str) -> Reply {
    Reply::page(status, &ErrorPage { title: "Connexion impossible", text })
}
