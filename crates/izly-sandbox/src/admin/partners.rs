//! `partners`: registrations.

use serde_json::{Map, Value, json};

use crate::admin::problem::Problem;
use crate::admin::question::{Question, found, patched, read, with_status};
use crate::admin::views;
use crate::http::Reply;
use crate::partner::Partner;
use crate::worlds::{MOST_PARTNERS, NotAdded};

/// What may be changed once a partner exists.
const CHANGEABLE: [&str; 9] = [
    "site_name",
    "callback_url",
    "login_redirect_url",
    "payment_redirect_url",
    "home_page_url",
    "approved",
    "izly_pay",
    "callback_allowed",
    "account_id",
];

pub(super) fn list(question: &Question<'_>) -> Reply {
    let worlds = question.app.worlds();
    let partners: Vec<Value> = worlds.all().map(|(_, world)| views::partner(&world.partner)).collect();
    found(&json!({ "partners": partners }))
}

pub(super) fn add(question: &Question<'_>) -> Result<Reply, Problem> {
    let object = question.object()?;
    if object.get("identifier").is_none_or(Value::is_null) {
        return Err(Problem::field("identifier", "is required"));
    }
    let known: Vec<&str> = CHANGEABLE.into_iter().chain(["type", "identifier", "secret"]).collect();
    let partner: Partner = read(object, &known)?;
    partner.check()?;
    let shown = views::partner(&partner);
    let added = question.app.worlds().add(partner);
    added.map_err(|reason| match reason {
        NotAdded::Taken => Problem::conflict(Some("identifier"), "another partner has this identifier"),
        NotAdded::Full => Problem::conflict(None, format!("there are {MOST_PARTNERS} partners already")),
    })?;
    question.app.changed();
    Ok(with_status(201, &shown))
}

pub(super) fn show(question: &Question<'_>) -> Result<Reply, Problem> {
    question.read(|world| found(&views::partner(&world.partner)))
}

pub(super) fn change(question: &Question<'_>) -> Result<Reply, Problem> {
    let changes: Map<String, Value> = question.object()?;
    question.change(|world| {
        let partner: Partner = patched(&world.partner, changes, &CHANGEABLE)?;
        partner.check()?;
        world.partner = partner;
        world.note("Inscription du partenaire modifiée.");
        Ok(found(&views::partner(&world.partner)))
    })
}

pub(super) fn remove(question: &Question<'_>) -> Result<Reply, Problem> {
    if !question.app.worlds().remove(question.world) {
        return Err(Problem::conflict(None, "the first partner cannot be removed"));
    }
    question.app.changed();
    Ok(Reply::empty(204))
}
