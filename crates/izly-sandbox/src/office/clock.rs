//! *Horloge*: which clock dates come from, and how time passes.

use std::time::Duration;

use askama::Template;

use crate::callback;
use crate::clock::{Clock, ClockMode};
use crate::http::Reply;
use crate::office::field::{Choice, Control, Field, typed};
use crate::office::form::{Problems, number};
use crate::office::frame::{Frame, Place};
use crate::office::visit::{self, Visit};
use crate::office::words;
use crate::remark::Provenance::Invented;

#[derive(Template)]
#[template(path = "office/clock.html")]
struct ClockPage {
    frame: Frame,
    now: String,
    advanced: String,
    waiting: usize,
    presets: [(u64, &'static str); 5],
    advance: Vec<Field>,
    mode: Vec<Field>,
}

fn advance_fields() -> Vec<Field> {
    vec![Field::text("secondes", "Secondes", "").keyboard("numeric").help("De 1 à 315 360 000, soit dix ans.")]
}

fn mode_fields(mode: ClockMode) -> Vec<Field> {
    let choice =
        |mode: ClockMode, label: &str, help: &str| Choice::new(words::name_of(&mode), label).explained(help, Invented);
    let choices = vec![
        choice(
            ClockMode::Virtual,
            "Virtuelle",
            "Part du 5 janvier 2026 à 9 h et n’avance que d’une seconde à chaque création : les mêmes requêtes donnent \
             les mêmes réponses.",
        ),
        choice(ClockMode::Real, "Réelle", "L’heure de cette machine, plus ce qui a été ajouté à la main."),
    ];
    vec![Field::new("mode", "Horloge", words::name_of(&mode), Control::Radio(choices))]
}

pub(super) fn show(visit: &Visit<'_>) -> Option<Reply> {
    render(visit, 200, advance_fields())
}

fn render(visit: &Visit<'_>, status: u16, advance: Vec<Field>) -> Option<Reply> {
    let frame = visit.frame(Place::Clock)?.with_problems(&advance);
    let page = visit.look(|world| ClockPage {
        frame,
        now: world.clock.now().french(),
        advanced: words::duration(world.clock.advanced_seconds()),
        waiting: world.waiting.len(),
        presets: [
            (60, "1 minute"),
            (300, "5 minutes (un code expire)"),
            (1_797, "30 minutes environ (un jeton expire)"),
            (86_400, "1 jour"),
            (604_800, "1 semaine"),
        ],
        advance,
        mode: mode_fields(world.clock.mode()),
    })?;
    Some(visit::page(status, &page))
}

pub(super) async fn submit(visit: &Visit<'_>) -> Option<Reply> {
    let form = visit.form();
    match form.action().as_str() {
        "avancer" => advance(visit).await,
        "changer" => {
            let mode: ClockMode = words::named(&form.text("mode"))?;
            let event = visit.change(|world| {
                world.clock.set_mode(mode);
                world.note(match mode {
                    ClockMode::Virtual => "Horloge virtuelle.",
                    ClockMode::Real => "Horloge réelle.",
                })
            })?;
            Some(visit.done(Place::Clock.name(), event))
        }
        _ => Some(super::foreign_form()),
    }
}

async fn advance(visit: &Visit<'_>) -> Option<Reply> {
    let form = visit.form();
    let mut problems = Problems::default();
    let seconds = problems.check("secondes", number(&form.text("secondes"), 1, Clock::LONGEST_ADVANCE));
    if !problems.is_empty() {
        return render(visit, 422, typed(advance_fields(), form, &problems));
    }
    let event = visit.change(|world| {
        world.clock.advance(Duration::from_secs(seconds));
        world.note(format!("Horloge avancée de {}.", words::duration(seconds)))
    })?;
    callback::deliver_due(visit.app, visit.id).await;
    Some(visit.done(Place::Clock.name(), event))
}
