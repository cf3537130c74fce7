//! `GET /oauth/Home/ForgottenPassword`: *Mot de passe oublié ?*, from both pages.

use crate::http::{Incoming, Reply};
use crate::pages::ForgottenPage;
use crate::world::World;

/// Says that a new payment has to be started (*documented*). Recovers nothing: the passwords are on the pages.
pub(crate) fn show(world: &World, request: &Incoming) -> Reply {
    let named = request.query_value("client_id").is_some_and(|identifier| identifier == world.partner.identifier);
    let partner = named.then_some(&world.partner);
    let page = ForgottenPage {
        site: partner.map(|partner| partner.site_name.as_str()),
        home_page_url: partner.map_or("", |partner| partner.home_page_url.as_str()),
    };
    Reply::page(200, &page)
}
