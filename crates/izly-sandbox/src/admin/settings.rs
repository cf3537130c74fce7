//! `wire` and `clock`.

use std::time::Duration;

use serde::Deserialize;

use crate::admin::problem::Problem;
use crate::admin::question::{Question, found, patched, read};
use crate::admin::views::ClockView;
use crate::callback::deliver_due;
use crate::clock::ClockMode;
use crate::http::Reply;
use crate::wire::{Profile, Wire};

/// The names of the switches.
const SWITCHES: [&str; 21] = [
    "create_amount",
    "callback_amount",
    "read_amount",
    "beneficiary_name",
    "casing",
    "dates",
    "echo_state",
    "refresh",
    "refund_slash",
    "token_form_body",
    "fault_status",
    "oauth_errors",
    "login_cancel",
    "strict_content_type",
    "callback_on_failure",
    "callback_on_cancel",
    "repeated_refunds",
    "operation_ids",
    "token_style",
    "unique_order_ids",
    "order_id_max_length",
];

/// Ten years: beyond it a slip of the finger.
const LONGEST_ADVANCE: u64 = 315_360_000;

pub(super) fn wire(question: &Question<'_>) -> Result<Reply, Problem> {
    question.read(|world| found(&world.wire))
}

pub(super) fn change_wire(question: &Question<'_>) -> Result<Reply, Problem> {
    let mut changes = question.object()?;
    let profile = changes.remove("profile").filter(|profile| !profile.is_null()).map(Profile::deserialize).transpose();
    let profile = profile.map_err(|error| Problem::field("profile", error.to_string()))?;
    question.change(|world| {
        let base = profile.map_or_else(|| world.wire.clone(), Wire::of);
        let wire: Wire = patched(&base, changes, &SWITCHES)?;
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
    if !(1..=LONGEST_ADVANCE).contains(&seconds) {
        return Err(Problem::field("seconds", format!("must be from 1 to {LONGEST_ADVANCE}")));
    }
    question.change(|world| {
        world.clock.advance(Duration::from_secs(seconds));
        world.note(format!("Horloge avancée de {seconds} s."));
        Ok(())
    })?;
    deliver_due(question.app, question.world).await;
    clock(question)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_switch_can_be_changed() {
        let serde_json::Value::Object(wire) = serde_json::to_value(Wire::default()).unwrap() else { panic!() };
        let mut names: Vec<&str> = wire.keys().map(String::as_str).collect();
        let mut switches = SWITCHES.to_vec();
        names.sort_unstable();
        switches.sort_unstable();
        assert_eq!(names, switches);
    }
}
