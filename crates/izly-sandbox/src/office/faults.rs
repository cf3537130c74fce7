//! *Pannes*: the rules by which requests misbehave.

use askama::Template;

use crate::fault::{Fault, Faults as Rules};
use crate::http::Reply;
use crate::office::fault_form;
use crate::office::field::{Field, typed};
use crate::office::form::Problems;
use crate::office::frame::{Frame, Place};
use crate::office::visit::{self, Visit};
use crate::office::words;

#[derive(Template)]
#[template(path = "office/faults.html")]
struct Faults {
    frame: Frame,
    rules: Vec<Rule>,
    fields: Vec<Field>,
    kinds: Vec<Kind>,
}

/// A rule, in words.
struct Rule {
    id: u64,
    call: &'static str,
    kind: &'static str,
    when: String,
    seen: u64,
    fired: u64,
}

/// What a kind of fault does.
struct Kind {
    name: String,
    title: &'static str,
    effect: &'static str,
    calls: String,
}

impl Rule {
    fn new(fault: &Fault) -> Self {
        Self {
            id: fault.id,
            call: words::target(fault.call),
            kind: fault_form::title(fault.fault),
            when: fault_form::when(fault),
            seen: fault.seen,
            fired: fault.fired,
        }
    }
}

pub(super) fn show(visit: &Visit<'_>) -> Option<Reply> {
    render(visit, 200, fault_form::fields())
}

fn render(visit: &Visit<'_>, status: u16, fields: Vec<Field>) -> Option<Reply> {
    let kinds = crate::FaultKind::ALL.map(|kind| Kind {
        name: words::name_of(&kind),
        title: fault_form::title(kind),
        effect: fault_form::effect(kind),
        calls: fault_form::calls(kind),
    });
    let page = Faults {
        frame: visit.frame(Place::Faults)?.with_problems(&fields),
        rules: visit.look(|world| world.faults.rules().iter().map(Rule::new).collect())?,
        fields,
        kinds: kinds.into(),
    };
    Some(visit::page(status, &page))
}

pub(super) fn submit(visit: &Visit<'_>) -> Option<Reply> {
    let form = visit.form();
    let event = match form.action().as_str() {
        "ajouter" => return add(visit),
        "retirer" => {
            let id: u64 = form.text("panne").parse().ok()?;
            visit.change(|world| world.faults.remove(id).then(|| world.note(format!("Panne n° {id} retirée."))))??
        }
        "tout-retirer" => visit.change(|world| {
            world.faults.clear();
            world.note("Toutes les pannes sont retirées.")
        })?,
        _ => return Some(super::foreign_form()),
    };
    Some(visit.done(Place::Faults.name(), event))
}

fn add(visit: &Visit<'_>) -> Option<Reply> {
    let form = visit.form();
    let mut problems = Problems::default();
    let added = match fault_form::read(form, &mut problems) {
        Some(fault) => visit.change(|world| {
            let rule = Rule::new(world.faults.add(fault).ok()?);
            Some(world.note(format!("Panne n° {} ajoutée : {}, {} ; {}.", rule.id, rule.call, rule.kind, rule.when)))
        })?,
        None => None,
    };
    if let Some(event) = added {
        return Some(visit.done(Place::Faults.name(), event));
    }
    if problems.is_empty() {
        problems.add("kind", format!("Il y a déjà {} pannes : retirez-en une.", Rules::MOST));
    }
    render(visit, 422, typed(fault_form::fields(), form, &problems))
}
