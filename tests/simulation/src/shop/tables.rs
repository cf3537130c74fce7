//! The partner's database: four tables in memory. Each method is one transaction; the SQL that it stands for is beside
//! it, and whole in `docs/settle-once.md`.

use std::collections::{BTreeMap, BTreeSet};

use izly::{OperationId, Order, PaidPayment};

use crate::time::{HOUR, MINUTE, Millis};

/// How long after its claim a refund without a known end may be tried anew: far beyond the time that a worker can be
/// paused, a request can be under way, and a reading can lag behind.
pub(crate) const REFUND_LASTS: Millis = HOUR;

/// How soon an open order is looked at for the first time.
const FIRST_LOOK: Millis = 2 * MINUTE;

/// How far an order has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Open,
    Paid,
    Refunding,
    Refunded,
    Abandoned,
}

/// A row of `orders`, with the operation that settled it.
#[derive(Debug, Clone)]
pub(crate) struct Sale {
    pub(crate) order: Order,
    pub(crate) state: State,
    pub(crate) operation_id: Option<OperationId>,
    pub(crate) settled_by: Option<OperationId>,
    pub(crate) placed_at: Millis,
    look_at: Millis,
    refund_began_at: Millis,
}

/// What the student bought: the credit.
#[derive(Debug, Clone)]
pub(crate) struct Voucher {
    pub(crate) order_id: String,
    pub(crate) operation_id: u64,
    pub(crate) amount_cents: u64,
}

/// What a credit found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Credit {
    /// Nothing: the order is credited now.
    Made,
    /// This operation has settled the order before.
    MadeBefore,
    /// Another operation has.
    MadeByAnother,
}

/// A refund that nobody knows the end of.
#[derive(Debug, Clone)]
pub(crate) struct OpenRefund {
    pub(crate) order_id: String,
    pub(crate) operation_id: OperationId,
    /// Whoever began it has surely stopped.
    pub(crate) is_over: bool,
}

/// The tables.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    /// The database's clock.
    pub(crate) now: Millis,
    orders: BTreeMap<String, Sale>,
    /// `settlements`: the order of each operation. The other half of its uniqueness is `Sale::settled_by`.
    settlements: BTreeMap<u64, String>,
    vouchers: Vec<Voucher>,
    /// An index of the orders that are open or being refunded.
    unfinished: BTreeSet<String>,
}

impl Tables {
    /// `INSERT INTO orders (id, amount_cents, state, placed_at, look_at) VALUES (…)`
    pub(crate) fn place(&mut self, order: &Order) {
        let sale = Sale {
            order: order.clone(),
            state: State::Open,
            operation_id: None,
            settled_by: None,
            placed_at: self.now,
            look_at: self.now + FIRST_LOOK,
            refund_began_at: 0,
        };
        self.orders.insert(order.id().to_owned(), sale);
        self.unfinished.insert(order.id().to_owned());
    }

    /// `UPDATE orders SET operation_id = ? WHERE id = ? AND state = 'open'`; whether there was such a row.
    pub(crate) fn payment_created(&mut self, order_id: &str, operation_id: OperationId) -> bool {
        let sale = self.orders.get_mut(order_id).filter(|sale| sale.state == State::Open);
        sale.map(|sale| sale.operation_id = Some(operation_id)).is_some()
    }

    /// `SELECT … FROM orders LEFT JOIN settlements ON order_id = id WHERE id = ?`
    pub(crate) fn find(&self, order_id: &str) -> Option<Sale> {
        self.orders.get(order_id).cloned()
    }

    /// The claim and the credit, both or neither. `INSERT INTO settlements (operation_id, order_id)` with both columns
    /// unique; if that was refused, nothing else happens.
    pub(crate) fn credit(&mut self, paid: &PaidPayment) -> Credit {
        let operation_id = paid.operation_id();
        let settled_by = self.orders.get(paid.order_id()).and_then(|sale| sale.settled_by);
        match settled_by {
            Some(settled_by) if settled_by == operation_id => Credit::MadeBefore,
            Some(_) => Credit::MadeByAnother,
            None if self.settlements.contains_key(&operation_id.get()) => Credit::MadeByAnother,
            None => {
                self.credit_unguarded(paid.order_id(), operation_id, paid.amount().get().into());
                Credit::Made
            }
        }
    }

    /// The credit without its claim: only a planted mistake calls it alone.
    pub(super) fn credit_unguarded(&mut self, order_id: &str, operation_id: OperationId, amount_cents: u64) {
        self.settlements.insert(operation_id.get(), order_id.to_owned());
        if let Some(sale) = self.orders.get_mut(order_id) {
            (sale.state, sale.settled_by) = (State::Paid, Some(operation_id));
        }
        self.unfinished.remove(order_id);
        let operation_id = operation_id.get();
        self.vouchers.push(Voucher { order_id: order_id.to_owned(), operation_id, amount_cents });
    }

    /// `UPDATE orders SET state = 'abandoned' WHERE id = ? AND state = 'open'`
    pub(crate) fn abandon(&mut self, order_id: &str) {
        if self.change(order_id, State::Open, State::Abandoned) {
            self.unfinished.remove(order_id);
        }
    }

    /// `SELECT … FROM orders WHERE state = 'open' AND look_at <= ?`
    pub(crate) fn orders_to_look_at(&self) -> Vec<Sale> {
        let is_due = |sale: &&Sale| sale.state == State::Open && sale.look_at <= self.now;
        self.unfinished.iter().filter_map(|id| self.orders.get(id)).filter(is_due).cloned().collect()
    }

    /// `UPDATE orders SET look_at = ? + (? - placed_at) WHERE id = ?`: when it is twice as old.
    pub(crate) fn look_later(&mut self, order_id: &str) {
        let now = self.now;
        if let Some(sale) = self.orders.get_mut(order_id) {
            sale.look_at = now + (now - sale.placed_at);
        }
    }

    /// `UPDATE orders SET state = 'refunding', refund_began_at = ? WHERE id = ? AND state = 'paid'`; whoever changed the
    /// row gets the operation to refund, and nobody else.
    pub(crate) fn claim_refund(&mut self, order_id: &str) -> Option<OperationId> {
        if !self.change(order_id, State::Paid, State::Refunding) {
            return None;
        }
        self.unfinished.insert(order_id.to_owned());
        let now = self.now;
        self.orders.get_mut(order_id).and_then(|sale| {
            sale.refund_began_at = now;
            sale.settled_by
        })
    }

    /// `UPDATE orders SET state = ? WHERE id = ? AND state = 'refunding'`
    pub(crate) fn end_refund(&mut self, order_id: &str, state: State) {
        if self.change(order_id, State::Refunding, state) && state != State::Refunding {
            self.unfinished.remove(order_id);
        }
    }

    /// Without looking how it was: only a planted mistake does that.
    pub(super) fn set_state(&mut self, order_id: &str, state: State) {
        if let Some(sale) = self.orders.get_mut(order_id) {
            sale.state = state;
            self.unfinished.remove(order_id);
        }
    }

    /// `SELECT … FROM orders JOIN settlements ON order_id = id WHERE state = 'refunding'`
    pub(crate) fn open_refunds(&self) -> Vec<OpenRefund> {
        self.open_refunds_after(REFUND_LASTS)
    }

    pub(super) fn open_refunds_after(&self, lasts: Millis) -> Vec<OpenRefund> {
        let open = self.unfinished.iter().filter_map(|id| self.orders.get(id));
        open.filter(|sale| sale.state == State::Refunding)
            .filter_map(|sale| {
                let order_id = sale.order.id().to_owned();
                let is_over = self.now - sale.refund_began_at >= lasts;
                sale.settled_by.map(|operation_id| OpenRefund { order_id, operation_id, is_over })
            })
            .collect()
    }

    fn change(&mut self, order_id: &str, from: State, to: State) -> bool {
        let sale = self.orders.get_mut(order_id).filter(|sale| sale.state == from);
        sale.map(|sale| sale.state = to).is_some()
    }

    pub(crate) fn orders(&self) -> impl Iterator<Item = &Sale> {
        self.orders.values()
    }

    pub(crate) fn vouchers(&self) -> &[Voucher] {
        &self.vouchers
    }

    pub(crate) fn has_unfinished(&self) -> bool {
        !self.unfinished.is_empty()
    }
}
