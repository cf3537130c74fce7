//! `GET` and `POST /oauth/Home/Authorize`: the login page.

use crate::fault::FaultKind;
use crate::http::{Incoming, Reply, encode_lower};
use crate::login::ScopeMask;
use crate::pages::{ErrorPage, FOREIGN_FORM, Hint, LoginPage};
use crate::remark::Remark;
use crate::wire::LoginCancel;
use crate::world::{Refusal, World};

/// The parameters of the authorization URL, checked.
struct Request {
    scope: ScopeMask,
    scope_text: String,
    state: Option<String>,
}

impl Request {
    /// Reads the parameters from the query, or on a submit from the page's hidden fields.
    fn read(world: &World, request: &Incoming) -> Result<Self, Box<Reply>> {
        let value = |name| request.form_or_query(name).unwrap_or_default();
        if value("response_type") != "code" {
            return Err(Box::new(refuse(400, "Le paramètre response_type doit valoir « code ».")));
        }
        if value("client_id") != world.partner.identifier {
            return Err(Box::new(refuse(400, "Ce site partenaire est inconnu d’Izly (client_id).")));
        }
        let scope_text = value("scope");
        let Some(scope) = ScopeMask::parse(&scope_text) else {
            return Err(Box::new(refuse(
                400,
                "Le paramètre scope doit être un masque de bits, par exemple 1 ou 16385.",
            )));
        };
        if !world.partner.approved {
            return Err(Box::new(refuse(403, "Le point d’encaissement de ce site n’est pas encore agréé.")));
        }
        Ok(Self { scope, scope_text, state: request.form_or_query("state") })
    }

    fn page(&self, world: &World, typed: &str, error: Option<&str>) -> Reply {
        let partner = &world.partner;
        let page = LoginPage {
            site: &partner.site_name,
            client_id: &partner.identifier,
            scope: &self.scope_text,
            state: self.state.as_deref(),
            forgotten_url: partner.forgotten_target(),
            typed,
            error,
            hints: Hint::all(world),
        };
        Reply::page(200, &page)
    }

    /// The login redirect URL with `name=value` and, if the switch says so, `state`.
    fn way_back(&self, world: &World, name: &str, value: &str) -> String {
        let url = &world.partner.login_redirect_url;
        let separator = if url.contains('?') { '&' } else { '?' };
        let echoes = world.wire.echo_state && !world.plays(FaultKind::StateDropped);
        let mut location = format!("{url}{separator}{name}={}", encode_lower(value));
        if let Some(given) = self.state.as_deref().filter(|_| echoes) {
            location.push_str("&state=");
            location.push_str(&encode_lower(given));
        }
        location
    }
}

/// Where a login that succeeds sends the browser, for a student who logs in without a page.
pub(crate) fn location(world: &World, state: Option<String>, scope: ScopeMask, code: &str) -> String {
    Request { scope, scope_text: String::new(), state }.way_back(world, "code", code)
}

/// Shows the login page.
pub(crate) fn show(world: &World, request: &Incoming) -> Reply {
    match Request::read(world, request) {
        Ok(parameters) => parameters.page(world, "", None),
        Err(reply) => *reply,
    }
}

/// *Se connecter* or *Annuler*.
pub(crate) fn submit(world: &mut World, request: &Incoming) -> Reply {
    let parameters = match Request::read(world, request) {
        Ok(parameters) => parameters,
        Err(reply) => return *reply,
    };
    match request.form_value("action").as_deref() {
        Some("annuler") => cancel(&parameters, world),
        Some("connecter") => log_in(&parameters, world, request),
        // A form that says neither is none of this page's, and must not log anybody in.
        _ => refuse(400, FOREIGN_FORM)
            .remark(Remark::invented("Champ « action » absent : ni « connecter » ni « annuler ».")),
    }
}

fn cancel(parameters: &Request, world: &World) -> Reply {
    match world.wire.login_cancel {
        LoginCancel::HomePage => Reply::redirect(world.partner.home_page_url.clone())
            .remark(Remark::documented("1", "Annulation : retour vers la page d’accueil du site partenaire.")),
        LoginCancel::AccessDenied => Reply::redirect(parameters.way_back(world, "error", "access_denied"))
            .remark(Remark::invented("Annulation : retour avec error=access_denied, comme dans la RFC 6749.")),
    }
}

fn log_in(parameters: &Request, world: &mut World, request: &Incoming) -> Reply {
    let identifier = request.form_value("identifiant").unwrap_or_default();
    let password = request.form_value("mot_de_passe").unwrap_or_default();
    match world.log_in(parameters.scope, &identifier, &password) {
        Ok(code) => Reply::redirect(parameters.way_back(world, "code", &code)),
        Err(refusal) => refused(parameters, world, &identifier, refusal),
    }
}

fn refused(parameters: &Request, world: &World, identifier: &str, refusal: Refusal) -> Reply {
    parameters
        .page(world, identifier, Some(refusal.message()))
        .remark(Remark::invented(format!("Connexion refusée : {}", refusal.message())))
}

fn refuse(status: u16, text: &str) -> Reply {
    Reply::page(status, &ErrorPage { title: "Connexion impossible", text })
}
