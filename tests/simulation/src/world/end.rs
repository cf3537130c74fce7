//! When everything has settled: what must be true then.

use crate::rules::Rule;
use crate::server::{RICHES, Truth};
use crate::shop::{Sale, State};
use crate::world::{Ending, World};

impl World {
    pub(super) fn end(self) -> Ending {
        if !self.chronicle.is_broken() {
            self.check_operations();
            self.check_orders();
            self.check_money();
        }
        let breach = self.chronicle.breach();
        let story = breach.as_ref().map(|seen| self.chronicle.story(&seen.order)).unwrap_or_default();
        Ending { digest: self.digest(), numbers: self.chronicle.numbers(), story, breach }
    }

    fn check_operations(&self) {
        for (operation, truth) in self.line.server().ledger.all() {
            let sale = self.shop.look(|tables| tables.find(&truth.order_id));
            if let Some((rule, what)) = fate(operation, truth, sale.as_ref()) {
                self.chronicle.break_rule(rule, &truth.order_id, || what);
            }
        }
    }

    fn check_orders(&self) {
        let sales: Vec<Sale> = self.shop.look(|tables| tables.orders().cloned().collect());
        for sale in sales {
            if matches!(sale.state, State::Open | State::Refunding) {
                let what = || format!("it is still {:?}", sale.state);
                self.chronicle.break_rule(Rule::EverythingEnds, sale.order.id(), what);
            }
            self.chronicle.count(match sale.state {
                State::Open => "order open in the end",
                State::Paid => "order paid in the end",
                State::Refunding => "order being refunded in the end",
                State::Refunded => "order refunded in the end",
                State::Abandoned => "order abandoned in the end",
            });
        }
    }

    fn check_money(&self) {
        let server = self.line.server();
        let taken = |truth: &Truth| truth.amount_cents * u64::from(truth.debits);
        let given = |truth: &Truth| truth.amount_cents * u64::from(truth.refunds);
        let (debited, refunded) = server
            .ledger
            .all()
            .fold((0, 0), |(debited, refunded), (_, truth)| (debited + taken(truth), refunded + given(truth)));
        let (begun, left) = (RICHES + 20 + refunded, server.money() + debited);
        if begun != left {
            let what = || format!("the students should have {begun} centimes, debits included, and have {left}");
            self.chronicle.break_rule(Rule::NoMoneyAppears, "", what);
        }
    }

    /// FNV-1a over the end of each order and operation.
    fn digest(&self) -> u64 {
        let orders: Vec<String> = self.shop.look(|tables| {
            let end = |sale: &Sale| format!("{} {:?} {:?};", sale.order.id(), sale.state, sale.settled_by);
            tables.orders().map(end).collect()
        });
        let server = self.line.server();
        let end = |(id, truth): (u64, &Truth)| format!("{id} {} {} {:?};", truth.debits, truth.refunds, truth.paid_at);
        let operations: Vec<String> = server.ledger.all().map(end).collect();
        let text = orders.concat() + &operations.concat();
        text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }
}

/// The rule that an operation's end breaks.
fn fate(operation: u64, truth: &Truth, sale: Option<&Sale>) -> Option<(Rule, String)> {
    let state = sale.map(|sale| sale.state);
    let is_settled_by_it =
        sale.and_then(|sale| sale.settled_by).is_some_and(|settled_by| settled_by.get() == operation);
    let is_refunded = state == Some(State::Refunded) && is_settled_by_it;
    let what = |what: &str| format!("operation {operation} was {what}, and the order is {state:?}");
    match (truth.debits, truth.refunds) {
        (0, 0) if is_settled_by_it => Some((Rule::NoCreditWithoutDebit, what("never debited"))),
        (0, _) => None,
        (_, 0) if !is_settled_by_it => Some((Rule::NoLostDebit, what("debited"))),
        (_, 0) if is_refunded => Some((Rule::NoLostRefund, what("not refunded"))),
        (_, 1..) if !is_refunded => Some((Rule::NoGoodsAndMoney, what("refunded"))),
        _ => None,
    }
}
