//! `GET /oauth/Home/ForgottenPassword`: *Mot de passe oublié ?*, from both pages.

use crate::app::App;
use crate::http::{Incoming, Reply};
use crate::pages::ForgottenPage;

/// Says that a new payment has to be started (*documented*). Recovers nothing: the passwords are on the pages.
pub(crate) fn show(app: &App, request: &Incoming) -> Reply {
    let state = app.state();
    let partner = request
        .query_value("client_id")
        .and_then(|identifier| state.partner_named(&identifier))
        .map(|id| state.partner(id));
    let page = ForgottenPage {
        site: partner.map(|partner| partner.site_name.as_str()),
        home_page_url: partner.map_or("", |partner| partner.home_page_url.as_str()),
    };
    Reply::page(200, &page)
}
