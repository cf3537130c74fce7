//! The back office: `/_sandbox`, for people. Plain pages and forms; the one script only saves pressing *Actualiser*.

mod account_form;
mod accounts;
mod actions;
mod assets;
mod callback_form;
mod callbacks;
mod clock;
mod dashboard;
mod emails;
mod fault_form;
mod faults;
mod field;
mod form;
mod frame;
mod money;
mod partners;
mod payments;
mod readings;
mod registration;
mod step;
mod switches;
mod timeline;
mod visit;
mod words;

use std::sync::Arc;

use crate::app::App;
use crate::http::{Incoming, Reply};
use crate::office::frame::Place;
use crate::office::visit::Visit;
use crate::pages::ErrorPage;

/// Answers a request to the back office.
pub(crate) async fn answer(app: &Arc<App>, request: &Incoming) -> Reply {
    let path = request.path().to_ascii_lowercase();
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).skip(1).collect();
    if let [file] = segments.as_slice()
        && let Some(asset) = assets::find(file)
    {
        return asset;
    }
    let Some(address) = Address::of(&segments) else { return not_found() };
    let is_form = match request.method.as_str() {
        "GET" | "HEAD" => false,
        "POST" if address.takes_forms() => true,
        _ => return wrong_method(address),
    };
    let Some(visit) = Visit::new(app, request) else { return not_found() };
    let reply = if is_form { submit(&visit, address).await } else { show(&visit, address).await };
    reply.unwrap_or_else(not_found)
}

/// What an address of the back office names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Address {
    Page(Place),
    Payment(u64),
    /// What has happened since, for the script.
    Timeline,
}

impl Address {
    fn of(segments: &[&str]) -> Option<Self> {
        match segments {
            ["chronologie"] => Some(Self::Timeline),
            ["paiements", operation] => operation.parse().ok().map(Self::Payment),
            [] => Some(Self::Page(Place::Dashboard)),
            [name] => Place::ALL.into_iter().find(|place| place.name() == *name).map(Self::Page),
            _ => None,
        }
    }

    fn takes_forms(self) -> bool {
        match self {
            Self::Timeline => false,
            Self::Payment(_) => true,
            Self::Page(place) => !matches!(place, Place::Dashboard | Place::Payments | Place::Emails),
        }
    }
}

/// A page. `None`: what it is about does not exist, or does no more.
async fn show(visit: &Visit<'_>, address: Address) -> Option<Reply> {
    match address {
        Address::Timeline => timeline::fragment(visit).await,
        Address::Payment(operation) => payments::show_one(visit, operation),
        Address::Page(Place::Dashboard) => dashboard::show(visit),
        Address::Page(Place::Registration) => registration::show(visit),
        Address::Page(Place::Accounts) => accounts::show(visit),
        Address::Page(Place::Payments) => payments::show(visit),
        Address::Page(Place::Callbacks) => callbacks::show(visit),
        Address::Page(Place::Faults) => faults::show(visit),
        Address::Page(Place::Readings) => readings::show(visit),
        Address::Page(Place::Clock) => clock::show(visit),
        Address::Page(Place::Emails) => emails::show(visit),
        Address::Page(Place::Partners) => partners::show(visit),
    }
}

/// What a form asks for: a redirect to the page that shows it done, or the page again with what is wrong.
async fn submit(visit: &Visit<'_>, address: Address) -> Option<Reply> {
    match address {
        Address::Payment(operation) => payments::submit(visit, operation).await,
        Address::Page(Place::Registration) => registration::submit(visit),
        Address::Page(Place::Accounts) => accounts::submit(visit),
        Address::Page(Place::Callbacks) => callbacks::submit(visit).await,
        Address::Page(Place::Faults) => faults::submit(visit),
        Address::Page(Place::Readings) => readings::submit(visit),
        Address::Page(Place::Clock) => clock::submit(visit).await,
        Address::Page(Place::Partners) => partners::submit(visit),
        Address::Timeline | Address::Page(Place::Dashboard | Place::Payments | Place::Emails) => None,
    }
}

/// A request from somewhere it must not come from.
pub(crate) fn refused(reason: &str) -> Reply {
    Reply::page(403, &ErrorPage { title: "Accès refusé", text: reason })
}

fn not_found() -> Reply {
    let text = "Cette page du back-office n’existe pas, ou ce dont elle parlait n’existe plus.";
    Reply::page(404, &ErrorPage { title: "Page introuvable", text })
}

fn wrong_method(address: Address) -> Reply {
    let allowed = if address.takes_forms() { "GET, HEAD, POST" } else { "GET, HEAD" };
    let text = "Cette page du back-office n’accepte pas cette méthode HTTP.";
    Reply::page(405, &ErrorPage { title: "Méthode non autorisée", text }).header("allow", allowed.into())
}

/// A form that none of the pages has.
fn foreign_form() -> Reply {
    let text = "Le formulaire reçu n’est pas celui de cette page. Rouvrez la page et validez son propre formulaire.";
    Reply::page(400, &ErrorPage { title: "Formulaire inconnu", text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        assert_eq!(Address::of(&[]), Some(Address::Page(Place::Dashboard)));
        assert_eq!(Address::of(&["e-mails"]), Some(Address::Page(Place::Emails)));
        assert_eq!(Address::of(&["paiements", "586591"]), Some(Address::Payment(586_591)));
        for nowhere in [&["paiements", "x"][..], &["comptes", "riche"], &["rien"], &["tableau", "de", "bord"]] {
            assert_eq!(Address::of(nowhere), None, "{nowhere:?}");
        }
    }
}
