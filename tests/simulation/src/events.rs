//! What is going to happen, in the order of time.

use std::collections::BTreeMap;

use crate::server::Raw;
use crate::time::Millis;

/// A job of a worker's, by the order in which they began.
pub(crate) type TaskId = u64;

/// Something that happens at a moment.
#[derive(Debug)]
pub(crate) enum Event {
    /// A student clicks on *Payer*; again, if there was an order before.
    Click { before: Option<String> },
    /// A worker goes on with a task.
    Resume(TaskId),
    /// A worker that died is there again.
    Restart(usize),
    /// A callback, or what looks like one, arrives at the shop.
    Post(Posting),
    /// Nobody will deliver this operation's callback any more.
    CallbackLost(u64),
    /// A request arrives that its sender has given up on.
    Late(Raw),
    /// A student sends the form of Izly's page.
    Visit(Visit),
    /// A student is back at the shop.
    ComeBack { order_id: String },
    /// Somebody wants the money back, and asks so many times more if it does not come.
    WantRefund { order_id: String, left: u8 },
    /// The outsider makes a callback up.
    Forge,
    /// It is time for the job.
    Job,
}

/// A student at Izly's page.
#[derive(Debug, Clone)]
pub(crate) struct Visit {
    /// Path and query.
    pub(crate) target: String,
    pub(crate) order_id: String,
    pub(crate) deed: Deed,
}

/// What a student does there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    Approve,
    Cancel,
    MistypePassword,
    ApproveWithoutMoney,
}

/// A callback on its way.
#[derive(Debug, Clone)]
pub(crate) struct Posting {
    /// The order it names, for the story.
    pub(crate) order_id: String,
    /// The operation, if it really comes from Izly.
    pub(crate) genuine: Option<u64>,
    pub(crate) body: String,
    /// When to try again if it is not accepted.
    pub(crate) retries: Vec<Millis>,
}

/// The events to come. Two of one moment happen in the order in which they were planned.
#[derive(Debug, Default)]
pub(crate) struct Events {
    queue: BTreeMap<(Millis, u64), Event>,
    planned: u64,
}

impl Events {
    pub(crate) fn plan(&mut self, at: Millis, event: Event) {
        self.planned += 1;
        self.queue.insert((at, self.planned), event);
    }

    pub(crate) fn next(&mut self) -> Option<(Millis, Event)> {
        self.queue.pop_first().map(|((at, _), event)| (at, event))
    }
}
