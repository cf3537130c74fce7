//! One partner with its students and its Izly, from the first click until everything has settled.

mod end;
mod network;
mod workers;

use std::collections::BTreeMap;
use std::rc::Rc;

use izly::{Cents, Order};

use crate::chance::{Chance, Stream};
use crate::chronicle::{Chronicle, Detail, Seen};
use crate::events::{Deed, Event, Events, Visit};
use crate::plan::Plan;
use crate::plant::Plant;
use crate::rules::Rule;
use crate::server::{Line, POOR, RICH, Server};
use crate::shop::{Shop, State};
use crate::student;
use crate::time::{DAY, HOUR, MINUTE, Millis};
use crate::world::workers::{Purpose, Workers};

/// The students of a world come within this time.
const RUSH: Millis = 6 * HOUR;

/// The job's rhythm.
const JOB_EVERY: Millis = 10 * MINUTE;

/// By then every student has paid, every callback come, every refund been asked for; and nothing goes wrong any more, or
/// nobody could say that what is lost stays lost.
const CALM_FROM: Millis = 10 * DAY;

/// By then everything must have ended: the last look at an order comes before it is twice as old as its life.
const END: Millis = 16 * DAY;

/// How a world ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ending {
    pub(crate) breach: Option<Seen>,
    pub(crate) numbers: BTreeMap<&'static str, u64>,
    /// The end of each order, in a number: two runs of one seed agree.
    pub(crate) digest: u64,
    /// The story of the order whose rule was broken.
    pub(crate) story: Vec<String>,
}

/// Why a world cannot be played at all.
pub(crate) type Obstacle = Box<dyn std::error::Error + Send + Sync>;

/// Plays a world to its end, or to the first breach.
pub(crate) fn play(plan: &Plan, number: u64, detail: Detail) -> Result<Ending, Obstacle> {
    let mut world = World::new(plan, number, detail)?;
    world.populate(plan.checkouts_of(number));
    world.run();
    Ok(world.end())
}

struct World {
    chronicle: Chronicle,
    line: Line,
    shop: Rc<Shop>,
    plant: Option<Plant>,
    chance: Chance,
    students: Chance,
    outsider: Chance,
    events: Events,
    workers: Workers,
    /// When Izly tries a callback again that was not accepted.
    retries: Vec<Millis>,
    orders: u64,
    is_calm: bool,
}

impl World {
    fn new(plan: &Plan, number: u64, detail: Detail) -> Result<Self, Obstacle> {
        let (seed, chronicle) = (plan.seed, Chronicle::new(detail));
        let line = Line::new(Server::new(seed, number, chronicle.clone())?);
        line.server().calm_from = CALM_FROM;
        let shop = Rc::new(Shop::new(seed, number, line.clone(), chronicle.clone(), plan.plant)?);
        let mut chance = Chance::new(seed, number, Stream::World);
        let retries = network::retries(&mut chance);
        Ok(Self {
            chronicle,
            line,
            shop,
            plant: plan.plant,
            chance,
            students: Chance::new(seed, number, Stream::Students),
            outsider: Chance::new(seed, number, Stream::Outsider),
            events: Events::default(),
            workers: Workers::default(),
            retries,
            orders: 0,
            is_calm: false,
        })
    }

    /// Everybody who comes by themselves.
    fn populate(&mut self, checkouts: u64) {
        for _ in 0..checkouts {
            self.events.plan(self.students.below(RUSH), Event::Click { before: None });
        }
        for _ in 0..checkouts / 2 {
            self.events.plan(self.outsider.below(RUSH + HOUR), Event::Forge);
        }
        self.events.plan(JOB_EVERY, Event::Job);
    }

    fn run(&mut self) {
        while let Some((now, event)) = self.events.next() {
            self.chronicle.turn_to(now, None);
            if !self.is_calm && now >= CALM_FROM {
                self.is_calm = true;
                self.shop.calm_down();
            }
            self.happen(event);
            self.bring_about_what_izly_set_off();
            if self.chronicle.is_broken() {
                return;
            }
        }
    }

    fn now(&self) -> Millis {
        self.chronicle.now()
    }

    fn plan_after(&mut self, after: Millis, event: Event) {
        let at = self.now() + after;
        self.events.plan(at, event);
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Click { before } => self.click(before),
            Event::Resume(task) => self.resume(task),
            Event::Restart(worker) => self.workers.restart(worker),
            Event::Post(posting) => self.post(posting),
            Event::CallbackLost(operation) => self.line.server().callback_ended(operation),
            Event::Late(raw) => self.line.server().arrive_late(&raw),
            Event::Visit(visit) => self.visit(&visit),
            Event::ComeBack { order_id } => self.begin(Purpose::ComeBack { order_id }),
            Event::WantRefund { order_id, left } => self.want_refund(order_id, left),
            Event::Forge => self.forge(),
            Event::Job => self.job(),
        }
    }

    /// A click is a new order; under one planted mistake, the one from before.
    fn click(&mut self, before: Option<String>) {
        self.chronicle.count(if before.is_some() { "student goes back and pays again" } else { "checkout" });
        let again = before.filter(|_| self.plant == Some(Plant::SameOrderAgain));
        let placed = again.and_then(|id| self.shop.look(|tables| tables.find(&id)));
        let order = match placed {
            Some(sale) => Ok(sale.order),
            None => self.new_order(),
        };
        let Ok(order) = order else { return };
        self.chronicle.tell(order.id(), "student", || format!("clicks on Payer, {} euros", order.amount()));
        self.begin(Purpose::Checkout { order });
    }

    fn new_order(&mut self) -> Result<Order, izly::Error> {
        self.orders += 1;
        let cents = [150, 25, 320, 1_999, 100].get(usize::try_from(self.orders % 5).unwrap_or_default());
        Order::new(format!("order-{}", self.orders), Cents::new(cents.copied().unwrap_or(150))?)
    }

    /// A student has Izly's page before them.
    fn open_page(&mut self, url: &str, order_id: &str) {
        let target = url.strip_prefix(izly_sandbox::InMemory::BASE_URL).unwrap_or(url);
        for (after, event) in student::at_the_page(&mut self.students, target, order_id) {
            self.plan_after(after, event);
        }
    }

    fn visit(&mut self, visit: &Visit) {
        let (is_cancel, login, password, what) = match visit.deed {
            Deed::Approve => (false, RICH, None, "student approves"),
            Deed::Cancel => (true, RICH, None, "student cancels"),
            Deed::MistypePassword => (false, POOR, Some("x"), "student mistypes the password"),
            Deed::ApproveWithoutMoney => (false, POOR, None, "student approves without the money"),
        };
        self.chronicle.count(what);
        self.chronicle.tell(&visit.order_id, "student", || format!("{what}, at Izly's page"));
        self.line.server().submit(&visit.target, is_cancel, login, password);
    }

    /// Somebody asks, and asks again some hours later while the order still counts as paid.
    fn want_refund(&mut self, order_id: String, left: u8) {
        let is_paid = self.shop.look(|tables| tables.find(&order_id)).is_some_and(|sale| sale.state == State::Paid);
        if is_paid {
            self.chronicle.count("refund asked for");
            self.chronicle.tell(&order_id, "student", || "clicks on Rembourser".to_owned());
            self.begin(Purpose::Refund { order_id: order_id.clone() });
        }
        if left > 0 {
            let after = if self.chance.percent(30) { MINUTE * 3 } else { 3 * HOUR };
            self.plan_after(after, Event::WantRefund { order_id, left: left - 1 });
        }
    }

    fn job(&mut self) {
        let has_unfinished = self.shop.look(super::shop::Tables::has_unfinished);
        if self.now() >= END {
            return;
        }
        if has_unfinished || self.now() < CALM_FROM {
            self.plan_after(JOB_EVERY, Event::Job);
        }
        self.begin(Purpose::Job);
    }

    /// A callback was accepted: then the database must say so too.
    fn check_accepted(&self, body: &str) {
        let Ok(callback) = izly::Callback::parse(body.as_bytes()) else { return };
        let (operation, order_id) = (callback.operation_id(), callback.order_id().unwrap_or_default());
        let is_debited = self
            .line
            .server()
            .ledger
            .get(operation.get())
            .is_some_and(|truth| truth.debits > 0 && truth.refunds == 0 && truth.order_id == order_id);
        let settled_by = self.shop.look(|tables| tables.find(order_id)).and_then(|sale| sale.settled_by);
        if is_debited && settled_by != Some(operation) {
            let what = || format!("accepted a callback of operation {operation}, and settled nothing");
            self.chronicle.break_rule(Rule::AcceptedIsSettled, order_id, what);
        }
    }
}
