//! The partner's workers: each has several tasks under way, is sometimes slow, and dies between any two steps.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use izly::{Order, Reply};

use crate::chance::Chance;
use crate::events::{Event, Posting, TaskId};
use crate::shop::{self, Early, Shop, Trouble};
use crate::time::{MINUTE, Millis, SECOND};
use crate::world::World;

/// How many workers a partner has.
const WORKERS: usize = 4;

/// One in so many steps, the worker dies.
const DEATH: u64 = 250;

/// What a task is for.
#[derive(Debug)]
pub(super) enum Purpose {
    Checkout { order: Order },
    Callback(Posting),
    ComeBack { order_id: String },
    Refund { order_id: String },
    Job,
}

impl Purpose {
    /// The order whose story it belongs to.
    fn order_id(&self) -> &str {
        match self {
            Self::Checkout { order } => order.id(),
            Self::Callback(posting) => &posting.order_id,
            Self::ComeBack { order_id } | Self::Refund { order_id } => order_id,
            Self::Job => "",
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Checkout { .. } => "a checkout",
            Self::Callback(_) => "a callback",
            Self::ComeBack { .. } => "a student who is back",
            Self::Refund { .. } => "a refund",
            Self::Job => "the job",
        }
    }
}

/// What a task gives in the end.
#[derive(Debug)]
enum Done {
    Page(Result<String, Trouble>),
    Reply(Result<Reply, izly::Error>),
    Chore(Result<(), Trouble>),
}

struct Task {
    worker: usize,
    purpose: Purpose,
    work: Pin<Box<dyn Future<Output = Done>>>,
    /// A callback whose answer has gone already.
    is_answered: bool,
}

/// All workers, and what they have under way.
#[derive(Default)]
pub(super) struct Workers {
    tasks: BTreeMap<TaskId, Task>,
    last: TaskId,
    is_down: [bool; WORKERS],
}

impl Workers {
    pub(super) fn restart(&mut self, worker: usize) {
        self.is_down[worker] = false;
    }
}

impl World {
    /// Gives a task to a worker. One that is down takes none: the connection is refused.
    pub(super) fn begin(&mut self, purpose: Purpose) {
        let worker = usize::try_from(self.chance.below(WORKERS as u64)).unwrap_or_default();
        if self.workers.is_down[worker] {
            self.chronicle.count("worker is down");
            return self.give_up(purpose);
        }
        self.workers.last += 1;
        let task = self.workers.last;
        let work = work(Rc::clone(&self.shop), &purpose);
        self.workers.tasks.insert(task, Task { worker, purpose, work, is_answered: false });
        let after = pace(&mut self.chance);
        self.plan_after(after, Event::Resume(task));
    }

    /// A worker goes on until the next step, if it still lives.
    pub(super) fn resume(&mut self, id: TaskId) {
        let Some(mut task) = self.workers.tasks.remove(&id) else { return };
        self.chronicle.turn_to(self.now(), Some(task.worker));
        let polled = task.work.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        self.send_off(&mut task);
        match polled {
            Poll::Ready(done) => self.finish(task, done),
            Poll::Pending if !self.is_calm && self.chance.one_in(DEATH) => {
                let worker = task.worker;
                self.workers.tasks.insert(id, task);
                self.die(worker);
            }
            Poll::Pending => {
                self.workers.tasks.insert(id, task);
                let after = if self.is_calm { 1 } else { pace(&mut self.chance) };
                self.plan_after(after, Event::Resume(id));
            }
        }
    }

    /// What went before the task has ended.
    fn send_off(&mut self, task: &mut Task) {
        for early in self.shop.take_early() {
            match (early, &task.purpose) {
                (Early::Page(url), Purpose::Checkout { order }) => {
                    let order_id = order.id().to_owned();
                    self.open_page(&url, &order_id);
                }
                (Early::Accepted, Purpose::Callback(posting)) => {
                    task.is_answered = true;
                    let posting = posting.clone();
                    self.answered(posting, Some(&Reply::accepted()));
                }
                _ => {}
            }
        }
    }

    fn finish(&mut self, task: Task, done: Done) {
        let order_id = task.purpose.order_id().to_owned();
        match (done, task.purpose) {
            // The plant that sends its student off early has done so before.
            (Done::Page(Ok(url)), _) if self.plant != Some(crate::Plant::RedirectBeforeStore) => {
                self.open_page(&url, &order_id);
            }
            (Done::Reply(reply), Purpose::Callback(posting)) if !task.is_answered => {
                self.answered(posting, reply.ok().as_ref());
            }
            (Done::Page(Err(trouble)) | Done::Chore(Err(trouble)), purpose) => {
                let name = purpose.name();
                self.chronicle.tell_of_worker(&order_id, || format!("gives {name} up: {trouble:?}"));
            }
            _ => {}
        }
    }

    /// All that the worker had under way is gone; only the database is left.
    fn die(&mut self, worker: usize) {
        self.chronicle.count("worker dies");
        self.workers.is_down[worker] = true;
        let after = self.chance.between(SECOND, MINUTE);
        self.plan_after(after, Event::Restart(worker));
        let (dead, alive) =
            std::mem::take(&mut self.workers.tasks).into_iter().partition(|(_, task)| task.worker == worker);
        self.workers.tasks = alive;
        let dead: BTreeMap<TaskId, Task> = dead;
        for task in dead.into_values() {
            let name = task.purpose.name();
            self.chronicle.tell_of_worker(task.purpose.order_id(), || format!("dies in the middle of {name}"));
            if !task.is_answered {
                self.give_up(task.purpose);
            }
        }
    }

    /// What those do who waited for it.
    fn give_up(&mut self, purpose: Purpose) {
        match purpose {
            Purpose::Callback(posting) => self.answered(posting, None),
            // Half of the students click again: it is a new order.
            Purpose::Checkout { .. } if self.students.percent(50) => {
                let after = self.students.between(SECOND, MINUTE);
                self.plan_after(after, Event::Click { before: None });
            }
            _ => {}
        }
    }
}

fn work(shop: Rc<Shop>, purpose: &Purpose) -> Pin<Box<dyn Future<Output = Done>>> {
    match purpose {
        Purpose::Checkout { order } => {
            let order = order.clone();
            Box::pin(async move { Done::Page(shop::checkout(&shop, &order).await) })
        }
        Purpose::Callback(posting) => {
            let body = posting.body.clone();
            Box::pin(async move { Done::Reply(shop::answer(&shop, body.as_bytes()).await) })
        }
        Purpose::ComeBack { order_id } => {
            let order_id = order_id.clone();
            Box::pin(async move { Done::Chore(shop::come_back(&shop, &order_id).await) })
        }
        Purpose::Refund { order_id } => {
            let order_id = order_id.clone();
            Box::pin(async move { Done::Chore(shop::refund(&shop, &order_id).await) })
        }
        Purpose::Job => Box::pin(async move { Done::Chore(shop::reconcile(&shop).await) }),
    }
}

/// How long a step takes: some milliseconds, sometimes seconds; now and then a process stands still for minutes.
fn pace(chance: &mut Chance) -> Millis {
    match chance.below(1_000) {
        0..920 => chance.between(1, 20),
        920..985 => chance.between(20, 2 * SECOND),
        985..998 => chance.between(2 * SECOND, 30 * SECOND),
        _ => chance.between(30 * SECOND, 5 * MINUTE),
    }
}
