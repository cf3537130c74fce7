//! Everything the shop asks Izly. All of it blocks, so the web side runs it on threads of its own.

use std::time::Duration;

use izly::{
    Callback, Error, ErrorKind, NewPayment, OperationId, Order, Outcome, PaidPayment, RefundTarget, Reply, Retry,
    State, Status,
};

use super::catalogue::Product;
use super::customer::Customer;
use super::sale::{self, Sale};
use super::session::Owner;
use super::timeline::Event;
use super::{PAYMENT_RETURN, Shop, secret};

/// How long a callback waits for a payment that is not final: Izly calls *during* the validation.
const PATIENCE: Duration = Duration::from_secs(2);

/// What came of a purchase.
pub(super) enum Purchase {
    /// The browser goes to Izly's page.
    Begun { payment_page: String },
    /// There is no payment; the order's page says why, and what that means.
    Failed { order_id: String },
    /// The order could not even be written down.
    Refused,
}

/// What the student is waiting to learn about an order.
enum Question {
    Payment { order: Order, operation: OperationId },
    Refund { operation: OperationId },
}

impl Shop {
    /// Sells a product: the order first, then the payment, then its number beside the order.
    pub(super) fn buy(&self, owner: Owner, product: &'static Product) -> Purchase {
        let Some(order) = self.store(owner, product) else { return Purchase::Refused };
        let id = order.id().to_owned();
        let payment = NewPayment::new(order)
            .message(product.name)
            .callback_parameter("commande", &id)
            .redirect_url(format!("{}{PAYMENT_RETURN}?commande={id}", self.origin));
        match self.client.create_payment(&payment) {
            Ok(pending) => {
                let payment_page = pending.authorization_url.clone();
                self.change(&id, |sale| sale.attach(pending));
                Purchase::Begun { payment_page }
            }
            Err(error) => {
                self.report("create payment", &error);
                self.change(&id, |sale| sale.creation_failed(error.outcome()));
                Purchase::Failed { order_id: id }
            }
        }
    }

    fn store(&self, owner: Owner, product: &'static Product) -> Option<Order> {
        let order = Order::new(secret::order_id().ok()?, product.price().ok()?).ok()?;
        self.books().store(Sale::new(order.clone(), product, owner)).ok()?;
        Some(order)
    }

    /// A callback: a claim by anyone. It says which order to look at; the rest comes from Izly.
    pub(super) fn callback(&self, body: &[u8]) -> Reply {
        let answer = match Callback::parse(body) {
            Ok(callback) => self.look_into(&callback),
            Err(error) => {
                self.report("callback", &error);
                Reply::rejected(3, "illisible").and_then(|reply| reply.with_status(400))
            }
        };
        // The codes above are not 0 and the status is one, so this is never used.
        answer.unwrap_or_else(|_| Reply::accepted())
    }

    fn look_into(&self, callback: &Callback) -> Result<Reply, Error> {
        let id = callback.order_id().unwrap_or_default();
        let order = self.change(id, |sale| {
            sale.note(Event::CallbackReceived);
            sale.order.clone()
        });
        // Not there yet, perhaps: no reason to say that all is well.
        let Some(order) = order else { return Reply::rejected(2, "commande inconnue") };
        let confirmed = self.client.confirm_within(PATIENCE, callback, &order);
        match self.conclude(&order, callback.operation_id(), confirmed) {
            Ok(()) => Ok(Reply::accepted()),
            // Another order's payment, or one that was cancelled, is dealt with: there is nothing to try again.
            Err(error) if error.retry() == Retry::No => Ok(Reply::accepted()),
            Err(_) => Reply::rejected(1, "non réglé"),
        }
    }

    /// The browser came back from Izly's page. That proves nothing, so Izly is asked: the order is settled even if its
    /// callback got lost.
    pub(super) fn came_back(&self, id: &str, owner: Owner) {
        self.ask(id, owner, Event::CameBack);
    }

    /// The student wants to know.
    pub(super) fn verify(&self, id: &str, owner: Owner) {
        self.ask(id, owner, Event::AskedByHand);
    }

    fn ask(&self, id: &str, owner: Owner, why: Event) {
        let question = self.books().find_own(id, owner).and_then(|sale| {
            let question = question(sale)?;
            sale.note(why);
            Some(question)
        });
        match question {
            Some(Question::Payment { order, operation }) => {
                let confirmed = self.client.confirm(operation, &order);
                // What came of it is on the order's page.
                let _ = self.conclude(&order, operation, confirmed);
            }
            Some(Question::Refund { operation }) => self.look_refund_up(id, operation),
            None => {}
        }
    }

    /// Writes down what Izly said about an order's payment.
    fn conclude(
        &self,
        order: &Order,
        operation: OperationId,
        confirmed: Result<PaidPayment, Error>,
    ) -> Result<(), Error> {
        let error = match confirmed {
            Ok(paid) => {
                self.change(order.id(), |sale| sale.settle(&paid));
                return Ok(());
            }
            Err(error) => error,
        };
        self.report("confirm", &error);
        // Not paid, and never will be; the reason is worth another look.
        let ending = (error.kind() == ErrorKind::NotPaid).then(|| self.ending(operation)).flatten();
        self.change(order.id(), |sale| match &ending {
            Some(status) => sale.ended(status),
            None => sale.not_settled(&error),
        });
        Err(error)
    }

    fn ending(&self, operation: OperationId) -> Option<Status> {
        let payment = self.client.payment(operation).ok()?;
        (payment.status.is_final() && !payment.status.is_paid()).then_some(payment.status)
    }

    /// Gives the money back. The claim comes first: of two clicks, one finds nothing to claim.
    pub(super) fn refund(&self, id: &str, owner: Owner) {
        let claim = self.books().find_own(id, owner).and_then(Sale::claim_refund);
        let Some(target) = claim else { return };
        let Err(error) = self.client.refund(&target) else {
            self.change(id, |sale| sale.refund_ended(Ok(())));
            return;
        };
        self.report("refund", &error);
        // Refused: because it was refunded before, perhaps. Only the status tells.
        let was_refunded = error.outcome() == Outcome::Rejected && self.is_refunded(&target);
        self.change(id, |sale| {
            if was_refunded {
                sale.refund_looked_up(&Status::Refund);
            } else {
                sale.refund_ended(Err(error.outcome()));
            }
        });
    }

    fn is_refunded(&self, target: &RefundTarget) -> bool {
        self.client.payment(target.operation_id()).is_ok_and(|payment| payment.status == Status::Refund)
    }

    fn look_refund_up(&self, id: &str, operation: OperationId) {
        match self.client.payment(operation) {
            Ok(payment) => self.change(id, |sale| sale.refund_looked_up(&payment.status)),
            Err(error) => {
                self.report("read payment", &error);
                self.change(id, |sale| sale.note(Event::NotRead))
            }
        };
    }

    /// Finishes a login with what the browser brought back. The tokens are dropped at once: nothing more is asked.
    pub(super) fn finish_login(&self, raw_query: &str, state: &State) -> Result<Customer, Error> {
        let tokens = self.client.finish_login(raw_query, state)?;
        Ok(Customer::new(&self.client.user(&tokens.access)?))
    }

    fn change<T>(&self, id: &str, change: impl FnOnce(&mut Sale) -> T) -> Option<T> {
        self.books().find(id).map(change)
    }
}

/// What there is to ask Izly about an order, if anything.
fn question(sale: &Sale) -> Option<Question> {
    let operation = sale.operation()?;
    match sale.state() {
        sale::State::Creating | sale::State::Waiting => {
            Some(Question::Payment { order: sale.order.clone(), operation })
        }
        sale::State::RefundUnknown(_) => Some(Question::Refund { operation }),
        sale::State::NotCreated(_)
        | sale::State::Paid(_)
        | sale::State::Refunding(_)
        | sale::State::Refunded
        | sale::State::Unpaid(_) => None,
    }
}

#[cfg(test)]
mod tests;
