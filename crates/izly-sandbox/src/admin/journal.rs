//! `journal` and `emails`: the timeline.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::{Instant, timeout_at};

use crate::admin::problem::Problem;
use crate::admin::question::{Question, found};
use crate::admin::views;
use crate::fault::CallName;
use crate::http::Reply;
use crate::journal::Happening;
use crate::world::World;

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Request,
    Callback,
    Email,
    Event,
}

/// Which steps are wanted.
struct Filter {
    after: Option<u64>,
    limit: usize,
    kind: Option<Kind>,
    call: Option<CallName>,
    method: Option<String>,
    status: Option<u16>,
    operation_id: Option<u64>,
    reveal: bool,
}

impl Filter {
    fn read(question: &Question<'_>) -> Result<Self, Problem> {
        Ok(Self {
            after: after(question)?,
            limit: question.limit()?,
            kind: question.word("kind")?,
            call: question.word("call")?,
            method: method(question)?,
            status: status(question)?,
            operation_id: question.operation()?,
            reveal: question.parameter("reveal")?.unwrap_or(false),
        })
    }

    fn wants(&self, happening: &Happening<'_>) -> bool {
        let (kind, operation) = match happening {
            Happening::Request(entry) => (Kind::Request, entry.operation_id),
            Happening::Callback(delivery) => (Kind::Callback, Some(delivery.operation_id)),
            Happening::Email(_) => (Kind::Email, None),
            Happening::Event(_) => (Kind::Event, None),
        };
        let of_request = match happening {
            Happening::Request(entry) => {
                self.call.is_none_or(|call| entry.call == Some(call))
                    && self.method.as_ref().is_none_or(|method| entry.method.eq_ignore_ascii_case(method))
                    && self.status.is_none_or(|status| entry.status == status)
            }
            Happening::Callback(delivery) => {
                let answered = self.status.is_none_or(|status| delivery.status == Some(status));
                answered && self.call.is_none() && self.method.is_none()
            }
            _ => self.call.is_none() && self.method.is_none() && self.status.is_none(),
        };
        of_request
            && self.kind.is_none_or(|wanted| wanted == kind)
            && self.operation_id.is_none_or(|wanted| operation == Some(wanted))
    }

    /// The steps that are wanted, and how far whoever goes on from here has come: the first ones after a place, up to
    /// the first that has not ended, so that none is missed; or the last ones where no place is given.
    fn page(&self, world: &World) -> (Vec<Value>, u64) {
        let journal = &world.journal;
        let mut last = journal.last_settled();
        let mut steps = journal.after(self.after.unwrap_or(0));
        steps.retain(|step| self.wants(step));
        if self.after.is_none() {
            steps.drain(..steps.len().saturating_sub(self.limit));
        } else {
            steps.retain(|step| step.sequence() <= last);
        }
        if steps.len() > self.limit {
            steps.truncate(self.limit);
            last = steps.last().map_or(last, Happening::sequence);
        }
        let shown = |step: Happening<'_>| views::happening(step, &world.wire, self.reveal);
        (steps.into_iter().map(shown).collect(), last)
    }
}

fn after(question: &Question<'_>) -> Result<Option<u64>, Problem> {
    match question.parameter("after")? {
        Some(after) if after >= 1 << 53 => Err(Problem::field("after", "must be less than 2^53")),
        after => Ok(after),
    }
}

/// 0 is an answer that was never sent.
fn status(question: &Question<'_>) -> Result<Option<u16>, Problem> {
    match question.parameter("status")? {
        Some(status) if status >= 600 => Err(Problem::field("status", "must be less than 600")),
        status => Ok(status),
    }
}

fn method(question: &Question<'_>) -> Result<Option<String>, Problem> {
    match question.request.query_value("method") {
        Some(method) if !(1..=20).contains(&method.len()) || !method.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
            Err(Problem::field("method", "must be the name of a method"))
        }
        method => Ok(method),
    }
}

pub(super) async fn list(question: &Question<'_>) -> Result<Reply, Problem> {
    let filter = Filter::read(question)?;
    let wait = question.parameter("wait_ms")?.unwrap_or(0);
    if wait > 30_000 {
        return Err(Problem::field("wait_ms", "must be 30000 or less"));
    }
    let until = Instant::now() + Duration::from_millis(wait);
    // Before the first look, so that nothing can happen unseen between a look and the wait.
    let mut changes = question.app.watch();
    loop {
        let ((entries, last), newest) = question.read(|world| (filter.page(world), world.journal.last_sequence()))?;
        let is_over =
            !entries.is_empty() || filter.after.is_some_and(|after| newest < after) || Instant::now() >= until;
        if is_over {
            return Ok(found(&json!({ "entries": entries, "last": last })));
        }
        // Whether something changed or the time is up: another look tells.
        let _ = timeout_at(until, changes.changed()).await;
    }
}

pub(super) fn clear(question: &Question<'_>) -> Result<Reply, Problem> {
    question.change(|world| {
        world.journal.clear();
        Ok(Reply::empty(204))
    })
}

pub(super) fn emails(question: &Question<'_>) -> Result<Reply, Problem> {
    question.read(|world| found(&json!({ "emails": world.journal.emails() })))
}
