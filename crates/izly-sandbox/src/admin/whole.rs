//! `reset` and `snapshot`: a partner's world, or the whole sandbox, put back.

use crate::admin::problem::Problem;
use crate::admin::question::{Question, gone};
use crate::callback::wait_again;
use crate::http::Reply;
use crate::worlds::Saved;

pub(super) fn reset(question: &Question<'_>) -> Result<Reply, Problem> {
    let reset = question.app.worlds().reset(question.world);
    reset.ok_or_else(gone)?;
    question.app.changed();
    Ok(Reply::empty(204))
}

pub(super) fn snapshot(question: &Question<'_>) -> Reply {
    Reply::json_text(200, question.app.worlds().save())
}

pub(super) fn restore(question: &Question<'_>) -> Result<Reply, Problem> {
    question.object()?;
    let saved: Saved = serde_json::from_slice(&question.request.body)
        .map_err(|error| Problem::new(400, format!("this is no snapshot: {error}")))?;
    let restored = question.app.worlds().restore(saved);
    restored.map_err(|reason| Problem::new(400, format!("this snapshot cannot be restored: {reason}")))?;
    wait_again(question.app);
    question.app.changed();
    Ok(Reply::empty(204))
}
