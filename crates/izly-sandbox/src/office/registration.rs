//! *Inscription*: the point of sale, as an Izly administrator sees it.

use askama::Template;

use crate::callback::obstacle_in;
use crate::http::Reply;
use crate::office::field::{Choice, Control, Field, typed};
use crate::office::form::{Form, Problems};
use crate::office::frame::{Frame, Place};
use crate::office::visit::{self, Visit};
use crate::office::words;
use crate::partner::{Partner, is_http_url};

#[derive(Template)]
#[template(path = "office/registration.html")]
struct Registration {
    frame: Frame,
    fields: Vec<Field>,
    ticks: Vec<Field>,
    identifier: String,
    api_key: String,
    /// Why the callback could never leave, whatever the firewall says.
    obstacle: Option<String>,
}

/// The longest text of the registration.
const LONGEST: usize = 1_000;

fn fields(partner: &Partner) -> Vec<Field> {
    let kind = vec![Choice::new("Izly Partner", "Izly Partner")];
    let url = |name, label: &str, value: &str| Field::text(name, label, value).keyboard("url");
    vec![
        Field::new("type", "Type de point d’encaissement", "Izly Partner", Control::Choice(kind))
            .help("Le seul type qui utilise ce protocole."),
        Field::text("site_name", "Nom du site en ligne", &partner.site_name)
            .help("Visible par l’utilisateur au moment d’autoriser le paiement."),
        url("callback_url", "URL de callback", &partner.callback_url)
            .help("Notification de serveur à serveur, à chaque paiement réussi ou échoué."),
        url("login_redirect_url", "Lien de redirection de l’utilisateur après connexion", &partner.login_redirect_url)
            .help("Le navigateur y revient avec le code."),
        url(
            "payment_redirect_url",
            "Lien de redirection de l’utilisateur après paiement",
            &partner.payment_redirect_url,
        )
        .help("Le lien de la page de succès, sauf si le paiement en donne un autre."),
        url("home_page_url", "Lien vers la page d’accueil du site partenaire", &partner.home_page_url)
            .help("Le retour après une annulation."),
    ]
}

fn ticks(partner: &Partner) -> Vec<Field> {
    vec![
        Field::tick("approved", "Agréé", partner.approved)
            .help("Sans agrément, le point d’encaissement n’est pas utilisable."),
        Field::tick("izly_pay", "IzlyPay", partner.izly_pay)
            .help("Autoriser le paiement sur le point d’encaissement. Sans cette case, seule la connexion fonctionne."),
        Field::tick("callback_allowed", "Callback autorisé par l’hébergeur", partner.callback_allowed)
            .help("L’hébergeur d’Izly ouvre ses flux sortants à la main : avant cela, aucun callback ne part."),
    ]
}

pub(super) fn show(visit: &Visit<'_>) -> Option<Reply> {
    let partner = visit.look(|world| world.partner.clone())?;
    let (fields, ticks) = (fields(&partner), ticks(&partner));
    render(visit, 200, &partner, fields, ticks)
}

fn render(visit: &Visit<'_>, status: u16, partner: &Partner, fields: Vec<Field>, ticks: Vec<Field>) -> Option<Reply> {
    let page = Registration {
        frame: visit.frame(Place::Registration)?.with_problems(&fields),
        identifier: partner.identifier.clone(),
        api_key: partner.api_key(),
        obstacle: obstacle_in(&partner.callback_url, visit.app.settings.allow_remote)
            .filter(|_| visit.app.settings.forward_to.is_none())
            .map(|error| words::delivery_error(&error)),
        fields,
        ticks,
    };
    Some(visit::page(status, &page))
}

pub(super) fn submit(visit: &Visit<'_>) -> Option<Reply> {
    let form = visit.form();
    let partner = visit.look(|world| world.partner.clone())?;
    if form.action() != "enregistrer" {
        return Some(super::foreign_form());
    }
    let mut problems = Problems::default();
    let new = read(form, &partner, &mut problems);
    if !problems.is_empty() {
        let fields = typed(fields(&partner), form, &problems);
        let ticks = typed(ticks(&partner), form, &problems);
        return render(visit, 422, &partner, fields, ticks);
    }
    let event = visit.change(|world| world.register(new))?;
    Some(visit.done(Place::Registration.name(), event))
}

/// The registration that was typed. Identifier, key and account stay.
fn read(form: Form<'_>, partner: &Partner, problems: &mut Problems) -> Partner {
    if form.text("type") != "Izly Partner" {
        problems.add("type", "Choisissez « Izly Partner ».");
    }
    Partner {
        site_name: problems.check("site_name", site_name(&form.text("site_name"))),
        callback_url: problems.check("callback_url", url(&form.text("callback_url"))),
        login_redirect_url: problems.check("login_redirect_url", url(&form.text("login_redirect_url"))),
        payment_redirect_url: problems.check("payment_redirect_url", url(&form.text("payment_redirect_url"))),
        home_page_url: problems.check("home_page_url", url(&form.text("home_page_url"))),
        approved: form.is_ticked("approved"),
        izly_pay: form.is_ticked("izly_pay"),
        callback_allowed: form.is_ticked("callback_allowed"),
        ..partner.clone()
    }
}

/// All six fields are mandatory (*documented*).
pub(super) fn site_name(text: &str) -> Result<String, String> {
    match text {
        "" => Err("Saisissez le nom du site : les six champs sont obligatoires.".to_owned()),
        _ if text.len() > LONGEST => Err("Ce nom est trop long.".to_owned()),
        _ => Ok(text.to_owned()),
    }
}

fn url(text: &str) -> Result<String, String> {
    if text.is_empty() {
        return Err("Saisissez une adresse : les six champs sont obligatoires.".to_owned());
    }
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("L’adresse ne doit contenir ni espace ni accent : encodez-les (%20, %C3%A9).".to_owned());
    }
    if !is_http_url(text) || text.len() > LONGEST {
        return Err("Saisissez une adresse complète, qui commence par http:// ou https://.".to_owned());
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_here_is_a_partner_that_the_sandbox_takes() {
        for text in ["http://127.0.0.1:8000/izly?a=1&b=2", "https://example.fr", "http://[::1]:80/x%20y"] {
            let partner = Partner { callback_url: url(text).unwrap(), ..Partner::default() };
            partner.check().unwrap();
        }
        for text in ["", "/chemin", "ftp://x/", "javascript:alert(1)", "http://h/a b", "http://h/é", "http://"] {
            assert!(url(text).is_err(), "{text}");
        }
    }
}
