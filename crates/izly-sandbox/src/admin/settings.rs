//! `wire` and `clock`.

use std::time::Duration;

use serde::Deserialize;

use crate::admin::problem::Problem;
use crate::admin::question::{Question, found, names_of, patched, read};
use crate::admin::views::ClockView;
use crate::callback::deliver_due;
use crate::clock::{Clock, ClockMode};
use crate::http::Reply;
use crate::wire::{Profile, Wire};

pub(super) fn wire(question: &Question<'_>) -> Result<Reply, Problem> {
    question.read(|world| found(&world.wire))
}

pub(super) fn change_wire(question: &Question<'_>) -> Result<Reply, Problem> {
    let mut changes = question.object()?;
    let profile = changes.remove("profile").filter(|profile| !profile.is_null()).map(Profile::deserialize).transpose();
    let profile = profile.map_err(|error| Problem::field("profile", error.to_string()))?;
    question.change(|world| {
        let base = profile.map_or_else(|| world.wire.clone(), Wire::of);
        let mut known = names_of(&base);
        // Taken already, and named to whoever mistypes it.
        known.push("profile".to_owned());
        let wire: Wire = patched(&base, changes, &known)?;
        wire.check()?;
        world.wire = wire;
        world.note("Lecture du guide modifiée.");
        Ok(found(&world.wire))
    })
}

pub(super) fn clock(question: &Question<'_>) -> Result<Reply, Problem> {
    question.read(|world| found(&ClockView::new(&world.clock)))
}

#[derive(Deserialize)]
struct Change {
    #[serde(default)]
    mode: Option<ClockMode>,
}

pub(super) fn change_clock(question: &Question<'_>) -> Result<Reply, Problem> {
    let Change { mode } = read(question.object()?, &["mode"])?;
    question.change(|world| {
        if let Some(mode) = mode {
            world.clock.set_mode(mode);
            world.note("Horloge changée.");
        }
        Ok(found(&ClockView::new(&world.clock)))
    })
}

#[derive(Deserialize)]
struct Advance {
    seconds: u64,
}

pub(super) async fn advance_clock(question: &Question<'_>) -> Result<Reply, Problem> {
    let Advance { seconds } = read(question.object()?, &["seconds"])?;
    if !(1..=Clock::LONGEST_ADVANCE).contains(&seconds) {
        return Err(Problem::field("seconds", format!("must be from 1 to {}", Clock::LONGEST_ADVANCE)));
    }
    question.change(|world| {
        world.clock.advance(Duration::from_secs(seconds));
        world.note(format!("Horloge avancée de {seconds} s."));
        Ok(())
    })?;
    deliver_due(question.app, question.world).await;
    clock(question)
}
