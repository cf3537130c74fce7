//! The partner: its recipe, its database, and its way to both.

mod planted;
mod recipe;
mod tables;

pub(crate) use planted::{answer, checkout, come_back, reconcile, refund};
pub(crate) use tables::{Sale, State, Tables};

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use izly::{ApiKey, Client, Environment};
use izly_sandbox::InMemory;

use crate::chance::{Chance, Stream};
use crate::chronicle::Chronicle;
use crate::plant::Plant;
use crate::rules::Rule;
use crate::server::{LastCall, Line};
use crate::shop::tables::Voucher;
use crate::time::Millis;

/// Below the shortest pause between two attempts, so that a read is never repeated by itself: the pause would be slept
/// for real.
const DEADLINE: Duration = Duration::from_millis(50);

/// What can go wrong for the partner.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// A call to Izly.
    Izly(izly::Error),
    /// The database did not answer: what was asked of it may or may not be done.
    Database,
    /// The callback names no order of this shop.
    UnknownOrder,
    /// The order is not open any more.
    NotOpen,
    /// Another operation has settled the order: a person must look.
    PaidTwice,
}

impl From<izly::Error> for Trouble {
    fn from(error: izly::Error) -> Self {
        Self::Izly(error)
    }
}

/// What a worker sends off before it has ended. Only planted mistakes do that.
#[derive(Debug)]
pub(crate) enum Early {
    /// The student is sent to this page.
    Page(String),
    /// The callback is accepted.
    Accepted,
}

/// What all workers of a partner share: nothing but the database is remembered.
#[derive(Debug)]
pub(crate) struct Shop {
    client: Client,
    line: Line,
    tables: RefCell<Tables>,
    chance: RefCell<Chance>,
    chronicle: Chronicle,
    plant: Option<Plant>,
    is_calm: Cell<bool>,
    early: RefCell<Vec<Early>>,
}

impl Shop {
    pub(crate) fn new(
        seed: u64,
        world: u64,
        line: Line,
        chronicle: Chronicle,
        plant: Option<Plant>,
    ) -> Result<Self, izly::Error> {
        let environment = Environment::url(InMemory::BASE_URL)?;
        let key = ApiKey::new(line.server().api_key())?;
        let client = Client::builder(environment, key).deadline(DEADLINE).transport(line.clone()).build()?;
        Ok(Self {
            client,
            line,
            tables: RefCell::default(),
            chance: RefCell::new(Chance::new(seed, world, Stream::Shop)),
            chronicle,
            plant,
            is_calm: Cell::new(false),
            early: RefCell::default(),
        })
    }

    /// From here on the database always answers.
    pub(crate) fn calm_down(&self) {
        self.is_calm.set(true);
    }

    /// The tables as they are, for whoever judges.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&Tables) -> T) -> T {
        look(&self.tables.borrow())
    }

    /// What the worker sent off since the last time somebody asked.
    pub(crate) fn take_early(&self) -> Vec<Early> {
        self.early.take()
    }

    pub(crate) fn now(&self) -> Millis {
        self.chronicle.now()
    }

    /// One transaction: all of `work` or nothing of it. Sometimes the database is gone before, and sometimes after, when
    /// nobody can tell.
    pub(crate) async fn database<T>(&self, work: impl FnOnce(&mut Tables) -> T) -> Result<T, Trouble> {
        step().await;
        if self.fails("database gone before a transaction") {
            return Err(Trouble::Database);
        }
        let result = self.transact(work);
        let is_gone = self.fails("database gone after a transaction");
        step().await;
        if is_gone { Err(Trouble::Database) } else { Ok(result) }
    }

    /// One call to Izly. Its outcome is held against what Izly did.
    pub(crate) async fn izly<T>(&self, call: impl FnOnce(&Client) -> Result<T, izly::Error>) -> Result<T, izly::Error> {
        step().await;
        self.line.server().last_call = None;
        let result = call(&self.client);
        let last = self.line.server().last_call.take();
        if let Some(last) = last {
            self.judge(&last, result.as_ref().err());
        }
        step().await;
        result
    }

    /// What goes wrong, for the story of an order.
    pub(crate) fn tell(&self, order_id: &str, what: impl FnOnce() -> String) {
        self.chronicle.tell_of_worker(order_id, what);
    }

    fn fails(&self, how: &'static str) -> bool {
        let fails = !self.is_calm.get() && self.chance.borrow_mut().one_in(300);
        if fails {
            self.chronicle.count(how);
        }
        fails
    }

    fn transact<T>(&self, work: impl FnOnce(&mut Tables) -> T) -> T {
        let mut tables = self.tables.borrow_mut();
        tables.now = self.chronicle.now();
        let before = tables.vouchers().len();
        let result = work(&mut tables);
        for voucher in &tables.vouchers()[before..] {
            self.check_credit(&tables, voucher);
        }
        result
    }

    fn judge(&self, last: &LastCall, error: Option<&izly::Error>) {
        if let Some(lie) = last.lie(error.map(izly::Error::outcome)) {
            let what = || format!("the client says that {lie}: {error:?}");
            self.chronicle.break_rule(Rule::HonestOutcome, &last.order_id, what);
        }
        if last.is_write && last.sent > 1 {
            self.chronicle.break_rule(Rule::WritesAreSentOnce, &last.order_id, || format!("sent {} times", last.sent));
        }
    }

    fn check_credit(&self, tables: &Tables, voucher: &Voucher) {
        let Voucher { order_id, operation_id, amount_cents } = voucher;
        self.chronicle.count("order credited");
        self.tell(order_id, || format!("credits the order, operation {operation_id}, {amount_cents} centimes"));
        let server = self.line.server();
        let is_covered = server.ledger.get(*operation_id).is_some_and(|truth| {
            truth.debits == 1 && truth.order_id == *order_id && truth.amount_cents == *amount_cents
        });
        if !is_covered {
            let truth = server.ledger.get(*operation_id);
            let what = || format!("credited {amount_cents} centimes by operation {operation_id}, which is {truth:?}");
            self.chronicle.break_rule(Rule::NoCreditWithoutDebit, order_id, what);
        }
        if tables.vouchers().iter().filter(|other| other.order_id == *order_id).count() > 1 {
            self.chronicle.break_rule(Rule::NoSecondCredit, order_id, || "credited a second time".to_owned());
        }
    }
}

/// A place where the worker may be slow, or die.
async fn step() {
    let mut has_paused = false;
    poll_fn(move |_| {
        if has_paused {
            return Poll::Ready(());
        }
        has_paused = true;
        Poll::Pending
    })
    .await;
}
