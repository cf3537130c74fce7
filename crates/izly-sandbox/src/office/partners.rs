//! *Partenaires*: all of them, one more, one less, and back to the beginning.

use askama::Template;

use crate::http::Reply;
use crate::office::actions;
use crate::office::field::{Field, typed, within};
use crate::office::form::{Form, Problems};
use crate::office::frame::{Frame, Place};
use crate::office::registration::site_name;
use crate::office::visit::{self, Visit, done_about};
use crate::partner::Partner;
use crate::worlds::{MOST_PARTNERS, NotAdded, WorldId};

/// The longest identifier.
const LONGEST: usize = 100;

#[derive(Template)]
#[template(path = "office/partners.html")]
struct PartnersPage {
    frame: Frame,
    partners: Vec<Line>,
    fields: Vec<Field>,
    identifier: String,
    is_first: bool,
}

struct Line {
    identifier: String,
    site_name: String,
    payments: usize,
    href: String,
    is_chosen: bool,
}

fn fields() -> Vec<Field> {
    let fields = vec![
        Field::text("identifier", "Identifiant de l’application client", "")
            .help("Par exemple Laverie-2-2-2-2. Il fait partie de la clé d’API et ne changera plus."),
        Field::text("site_name", "Nom du site en ligne", "").help("Le reste se règle ensuite dans « Inscription »."),
    ];
    within("nouveau", fields)
}

pub(super) fn show(visit: &Visit<'_>) -> Option<Reply> {
    render(visit, 200, fields())
}

fn render(visit: &Visit<'_>, status: u16, fields: Vec<Field>) -> Option<Reply> {
    let frame = visit.frame(Place::Partners)?.with_problems(&fields);
    let (partners, identifier) = {
        let worlds = visit.app.worlds();
        let line = |(id, world): (WorldId, &crate::world::World)| {
            let identifier = world.partner.identifier.clone();
            let named = (!id.is_first()).then_some(identifier.as_str());
            Line {
                href: visit::link(named, "", ""),
                site_name: world.partner.site_name.clone(),
                payments: world.payments.len(),
                is_chosen: id == visit.id,
                identifier,
            }
        };
        (worlds.all().map(line).collect(), worlds.get(visit.id)?.partner.identifier.clone())
    };
    let page = PartnersPage { frame, partners, fields, identifier, is_first: visit.id.is_first() };
    Some(visit::page(status, &page))
}

pub(super) fn submit(visit: &Visit<'_>) -> Option<Reply> {
    match visit.form().action().as_str() {
        "creer" => create(visit),
        "remettre-a-zero" => Some(visit.done("", actions::reset(visit.app, visit.id)?)),
        "supprimer" => {
            let event = actions::remove_partner(visit.app, visit.id)?;
            let first = visit.app.worlds().first().partner.identifier.clone();
            Some(done_about(&first, Place::Partners.name(), event))
        }
        _ => Some(super::foreign_form()),
    }
}

fn create(visit: &Visit<'_>) -> Option<Reply> {
    let form = visit.form();
    let mut problems = Problems::default();
    let partner = read(form, &mut problems);
    if problems.is_empty() {
        let identifier = partner.identifier.clone();
        match actions::add_partner(visit.app, partner) {
            Ok(event) => return Some(done_about(&identifier, Place::Registration.name(), event)),
            Err(NotAdded::Taken) => problems.add("identifier", "Un partenaire a déjà cet identifiant."),
            Err(NotAdded::Full) => problems.add("identifier", format!("Il y a déjà {MOST_PARTNERS} partenaires.")),
        }
    }
    render(visit, 422, typed(fields(), form, &problems))
}

fn read(form: Form<'_>, problems: &mut Problems) -> Partner {
    let identifier = problems.check("identifier", identifier(&form.text("identifier")));
    let site_name = problems.check("site_name", site_name(&form.text("site_name")));
    Partner { site_name, identifier, ..Partner::default() }
}

fn identifier(text: &str) -> Result<String, String> {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b':';
    if text.is_empty() || text.len() > LONGEST || !text.bytes().all(is_plain) {
        return Err(
            "Saisissez des lettres sans accent, des chiffres, des tirets ou des espaces, sans « : ».".to_owned()
        );
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_here_is_a_partner_that_the_sandbox_takes() {
        for text in ["Laverie-2-2-2-2", "Aix Marseille-777-777-777-777", "<b>\"&'"] {
            let partner = Partner { identifier: identifier(text).unwrap(), ..Partner::default() };
            partner.check().unwrap();
        }
        for text in ["", "a:b", "Réunion", "a\tb"] {
            assert!(identifier(text).is_err(), "{text}");
        }
    }
}
