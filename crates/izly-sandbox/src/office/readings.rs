//! *Lectures*: both readings of what the guide leaves open.

use askama::Template;

use crate::http::Reply;
use crate::office::field::{Field, typed};
use crate::office::form::Problems;
use crate::office::frame::{Frame, Place};
use crate::office::switches;
use crate::office::visit::{self, Visit};
use crate::office::words;
use crate::wire::{Profile, Wire};

#[derive(Template)]
#[template(path = "office/readings.html")]
struct Readings {
    frame: Frame,
    groups: Vec<Group>,
    /// Which profile the switches make up, if any.
    profile: Option<&'static str>,
}

/// Switches that belong together.
struct Group {
    title: &'static str,
    fields: Vec<Field>,
}

pub(super) fn show(visit: &Visit<'_>) -> Option<Reply> {
    let wire = visit.look(|world| world.wire.clone())?;
    render(visit, 200, &wire, None)
}

fn render(visit: &Visit<'_>, status: u16, wire: &Wire, wrong: Option<&Problems>) -> Option<Reply> {
    let groups: Vec<Group> = switches::groups(wire)
        .into_iter()
        .map(|(title, fields)| Group {
            title,
            fields: match wrong {
                Some(problems) => typed(fields, visit.form(), problems),
                None => fields,
            },
        })
        .collect();
    let all: Vec<Field> = groups.iter().flat_map(|group| group.fields.clone()).collect();
    let page = Readings { frame: visit.frame(Place::Readings)?.with_problems(&all), groups, profile: profile_of(wire) };
    Some(visit::page(status, &page))
}

fn profile_of(wire: &Wire) -> Option<&'static str> {
    let profiles = [(Profile::Guide, "guide"), (Profile::Observed, "observé")];
    profiles.into_iter().find(|(profile, _)| Wire::of(*profile) == *wire).map(|(_, name)| name)
}

pub(super) fn submit(visit: &Visit<'_>) -> Option<Reply> {
    let form = visit.form();
    let old = visit.look(|world| world.wire.clone())?;
    let (new, text) = match form.action().as_str() {
        "profil" => {
            let profile: Profile = words::named(&form.text("profil"))?;
            let new = Wire::of(profile);
            let name = profile_of(&new).unwrap_or_default();
            (new, format!("Lectures : profil « {name} »."))
        }
        "enregistrer" => {
            let mut problems = Problems::default();
            match switches::read(form, &mut problems) {
                Some(new) => {
                    let text = match switches::changed(&old, &new).as_slice() {
                        [] => "Lectures enregistrées, sans changement.".to_owned(),
                        names => format!("Lectures modifiées : {}.", names.join(", ")),
                    };
                    (new, text)
                }
                None => return render(visit, 422, &old, Some(&problems)),
            }
        }
        _ => return Some(super::foreign_form()),
    };
    let event = visit.change(|world| {
        world.wire = new;
        world.note(text)
    })?;
    Some(visit.done(Place::Readings.name(), event))
}
