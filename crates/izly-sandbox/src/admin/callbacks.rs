//! `callbacks`, `deliveries` and `callback-settings`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::admin::problem::Problem;
use crate::admin::question::{Question, found, names_of, patched, read, read_with_options};
use crate::admin::views;
use crate::callback::{CallbackSettings, DeliveryOptions, announce, deliver, replay};
use crate::http::Reply;
use crate::partner::is_http_url;
use crate::routes;
use crate::world::World;

#[derive(Deserialize)]
struct Sending {
    operation_id: u64,
}

/// A callback out of thin air, at once: what Izly would say about the payment as it is now, or a lie about it.
pub(super) async fn send(question: &Question<'_>) -> Result<Reply, Problem> {
    let (sending, options): (Sending, _) = read_with_options(question.object()?, &["operation_id"])?;
    let options = DeliveryOptions { at_once: true, ..options };
    let announcement = question.decide(|world| {
        let announcement = routes::announce_as_it_is(question.app, world, sending.operation_id, &options);
        let missing = || Problem::absent("operation_id", "there is no such payment");
        let announcement = announcement.ok_or_else(missing)?;
        world.note(format!("Callback demandé : opération {}.", sending.operation_id));
        Ok(announcement)
    })?;
    let sent = announce(question.app, question.world, announcement).await;
    question.read(|world| found(&json!({ "deliveries": deliveries_of(world, &sent) })))
}

pub(super) fn list(question: &Question<'_>) -> Result<Reply, Problem> {
    #[derive(Deserialize, PartialEq)]
    #[serde(rename_all = "snake_case")]
    enum Kept {
        Waiting,
        Ended,
    }
    let operation = question.operation()?;
    let kept: Option<Kept> = question.word("state")?;
    let is_about = |id: u64| operation.is_none_or(|operation| operation == id);
    question.read(|world| {
        let ended = world.journal.deliveries().iter().filter(|_| kept != Some(Kept::Waiting));
        let waiting = world.waiting.iter().filter(|_| kept != Some(Kept::Ended));
        let mut deliveries: Vec<(u64, Value)> = ended
            .filter(|delivery| is_about(delivery.operation_id))
            .map(|delivery| (delivery.id, views::ended(delivery)))
            .collect();
        deliveries.extend(
            waiting
                .filter(|waiting| is_about(waiting.operation_id))
                .map(|waiting| (waiting.id, views::waiting(world, waiting))),
        );
        deliveries.sort_by_key(|(id, _)| *id);
        let deliveries: Vec<Value> = deliveries.into_iter().map(|(_, delivery)| delivery).collect();
        found(&json!({ "deliveries": deliveries }))
    })
}

pub(super) fn show(question: &Question<'_>) -> Result<Reply, Problem> {
    let id = question.number()?;
    let shown = question.read(|world| deliveries_of(world, &[id]).pop())?;
    shown.map(|delivery| found(&delivery)).ok_or_else(|| Problem::not_found("delivery"))
}

pub(super) async fn deliver_now(question: &Question<'_>) -> Result<Reply, Problem> {
    let id = question.number()?;
    let known = question.read(|world| !deliveries_of(world, &[id]).is_empty())?;
    if !known {
        return Err(Problem::not_found("delivery"));
    }
    match deliver(question.app, question.world, id).await {
        Some(delivery) => Ok(found(&views::ended(&delivery))),
        None => Err(Problem::conflict(None, "this callback does not wait")),
    }
}

#[derive(Deserialize)]
struct Again {
    #[serde(default)]
    callback_url: Option<String>,
}

pub(super) async fn replay_one(question: &Question<'_>) -> Result<Reply, Problem> {
    let id = question.number()?;
    let again: Again = read(question.optional_object()?, &["callback_url"])?;
    if again.callback_url.as_ref().is_some_and(|url| !is_http_url(url)) {
        return Err(Problem::field("callback_url", "must be an absolute http or https URL"));
    }
    let replayed = replay(question.app, question.world, id, again.callback_url.as_deref()).await;
    replayed.map(|delivery| found(&views::ended(&delivery))).ok_or_else(|| Problem::not_found("delivery"))
}

pub(super) fn settings(question: &Question<'_>) -> Result<Reply, Problem> {
    question.read(|world| found(&world.callbacks))
}

pub(super) fn change_settings(question: &Question<'_>) -> Result<Reply, Problem> {
    let changes = question.object()?;
    question.change(|world| {
        let settings: CallbackSettings = patched(&world.callbacks, changes, &names_of(&world.callbacks))?;
        settings.check()?;
        world.callbacks = settings;
        world.note("Réglages des callbacks modifiés.");
        Ok(found(&world.callbacks))
    })
}

/// The callbacks with these numbers, ended or not.
pub(super) fn deliveries_of(world: &World, ids: &[u64]) -> Vec<Value> {
    let one = |id: &u64| {
        let ended = world.journal.delivery(*id);
        let waiting = || world.waiting.iter().find(|waiting| waiting.id == *id);
        ended.map(views::ended).or_else(|| waiting().map(|waiting| views::waiting(world, waiting)))
    };
    ids.iter().filter_map(one).collect()
}
