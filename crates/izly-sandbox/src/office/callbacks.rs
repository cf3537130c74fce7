//! *Callbacks*: how they are delivered, which ones wait, and how the others ended.

use askama::Template;

use crate::callback::{Delivery, Waiting};
use crate::http::Reply;
use crate::mask;
use crate::office::field::{Field, typed};
use crate::office::form::Problems;
use crate::office::frame::{Frame, Place};
use crate::office::visit::{self, Visit};
use crate::office::words::{self, Badge};
use crate::office::{actions, callback_form};

/// Ended callbacks on the page, the newest first.
const SHOWN: usize = 100;

#[derive(Template)]
#[template(path = "office/callbacks.html")]
struct Callbacks {
    frame: Frame,
    fields: Vec<Field>,
    url: String,
    is_forwarded: bool,
    page: String,
    queued: Vec<Queued>,
    ended: Vec<Ended>,
}

/// A callback that waits.
pub(super) struct Queued {
    pub(super) id: u64,
    pub(super) operation: u64,
    pub(super) attempt: u32,
    pub(super) url: String,
    pub(super) due: String,
    pub(super) is_on_its_way: bool,
}

impl Queued {
    pub(super) fn new(waiting: &Waiting) -> Self {
        Self {
            id: waiting.id,
            operation: waiting.operation_id,
            attempt: waiting.attempt,
            url: mask::text(&waiting.url),
            due: if waiting.in_flight { "en cours d’envoi".to_owned() } else { words::due(waiting.due) },
            is_on_its_way: waiting.in_flight,
        }
    }
}

/// A callback that has ended.
pub(super) struct Ended {
    pub(super) id: u64,
    pub(super) operation: u64,
    pub(super) attempt: u32,
    pub(super) url: String,
    pub(super) date: String,
    pub(super) outcome: Badge,
    pub(super) error: Option<String>,
    pub(super) payment: String,
}

impl Ended {
    pub(super) fn new(delivery: &Delivery, visit: &Visit<'_>) -> Self {
        Self {
            id: delivery.id,
            operation: delivery.operation_id,
            attempt: delivery.attempt,
            url: mask::text(&delivery.url),
            date: delivery.date.french(),
            outcome: words::outcome(delivery),
            error: delivery.error.as_deref().map(words::delivery_error),
            payment: visit.link(&format!("paiements/{}", delivery.operation_id), ""),
        }
    }
}

pub(super) fn show(visit: &Visit<'_>) -> Option<Reply> {
    let fields = visit.look(|world| callback_form::fields(&world.callbacks))?;
    render(visit, 200, fields)
}

fn render(visit: &Visit<'_>, status: u16, fields: Vec<Field>) -> Option<Reply> {
    let frame = visit.frame(Place::Callbacks)?.with_problems(&fields);
    let forward = visit.app.settings.forward_to.clone();
    let page = visit.look(|world| Callbacks {
        frame,
        fields,
        is_forwarded: forward.is_some(),
        page: visit.link(Place::Callbacks.name(), ""),
        url: forward.unwrap_or_else(|| world.partner.callback_url.clone()),
        queued: world.waiting.iter().map(Queued::new).collect(),
        ended: world.journal.deliveries().iter().rev().take(SHOWN).map(|ended| Ended::new(ended, visit)).collect(),
    })?;
    Some(visit::page(status, &page))
}

pub(super) async fn submit(visit: &Visit<'_>) -> Option<Reply> {
    let form = visit.form();
    let event = match form.action().as_str() {
        "enregistrer" => return save(visit),
        "delivrer" => actions::deliver(visit.app, visit.id, form.text("callback").parse().ok()?).await,
        "rejouer" => actions::replay(visit.app, visit.id, form.text("callback").parse().ok()?).await,
        _ => return Some(super::foreign_form()),
    };
    Some(visit.done(Place::Callbacks.name(), event?))
}

fn save(visit: &Visit<'_>) -> Option<Reply> {
    let form = visit.form();
    let mut problems = Problems::default();
    let Some(settings) = callback_form::read(form, &mut problems) else {
        let fields = visit.look(|world| callback_form::fields(&world.callbacks))?;
        return render(visit, 422, typed(fields, form, &problems));
    };
    let event = visit.change(|world| {
        let text = format!("Réglages des callbacks : {}.", callback_form::in_words(&settings));
        world.callbacks = settings;
        world.note(text)
    })?;
    Some(visit.done(Place::Callbacks.name(), event))
}
