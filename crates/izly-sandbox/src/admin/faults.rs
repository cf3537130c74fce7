//! `faults`: which requests misbehave.

use serde_json::json;

use crate::admin::problem::Problem;
use crate::admin::question::{Question, found, read, with_status};
use crate::fault::Fault;
use crate::http::Reply;

pub(super) fn list(question: &Question<'_>) -> Result<Reply, Problem> {
    question.read(|world| found(&json!({ "faults": world.faults.rules() })))
}

pub(super) fn add(question: &Question<'_>) -> Result<Reply, Problem> {
    const KNOWN: [&str; 8] = ["call", "fault", "nth", "times", "probability", "operation_id", "commit", "delay_ms"];
    let object = question.object()?;
    if object.get("call").is_none_or(serde_json::Value::is_null) {
        // A file may leave it out; over the wire, a forgotten call must not mean all of them.
        return Err(Problem::field("call", "is required; `any` stands for all"));
    }
    let fault: Fault = read(object, &KNOWN)?;
    if !fault.can_happen() {
        // Each is right by itself, and the two do not go together.
        return Err(Problem::conflict(Some("fault"), "this call cannot misbehave like that"));
    }
    fault.check()?;
    question.change(|world| {
        let added = world.faults.add(fault).map_err(|(_, rule)| Problem::conflict(None, rule))?;
        let reply = with_status(201, added);
        world.note("Panne ajoutée.");
        Ok(reply)
    })
}

pub(super) fn clear(question: &Question<'_>) -> Result<Reply, Problem> {
    question.change(|world| {
        world.faults.clear();
        world.note("Toutes les pannes sont ôtées.");
        Ok(Reply::empty(204))
    })
}

pub(super) fn remove(question: &Question<'_>) -> Result<Reply, Problem> {
    let id = question.number()?;
    question.change(|world| {
        if !world.faults.remove(id) {
            return Err(Problem::not_found("fault"));
        }
        world.note("Panne ôtée.");
        Ok(Reply::empty(204))
    })
}
