//! The shop's own record of an order, and the only ways in which it changes.

use izly::{Error, ErrorKind, OperationId, Order, Outcome, PaidPayment, PendingPayment, RefundTarget, Status};
use zeroize::Zeroizing;

use super::catalogue::Product;
use super::session::Owner;
use super::timeline::{Ending, Event, Timeline};

/// An order. Only [`Sale::settle`] makes it paid, and only a [`PaidPayment`] gets in there.
pub(super) struct Sale {
    pub(super) order: Order,
    pub(super) product: &'static Product,
    pub(super) owner: Owner,
    state: State,
    operation: Option<OperationId>,
    /// Izly's page for it. It holds a token, so it is for this order's own browser alone.
    payment_page: Option<Zeroizing<String>>,
    timeline: Timeline,
}

/// Where an order stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum State {
    /// Stored; Izly is being asked for a payment.
    Creating,
    /// Izly gave no payment.
    NotCreated(Outcome),
    /// The student may pay.
    Waiting,
    /// Credited.
    Paid(RefundTarget),
    /// A refund is under way: nobody else may ask for one.
    Refunding(RefundTarget),
    /// A refund was asked for, and nobody knows what became of it.
    RefundUnknown(RefundTarget),
    Refunded,
    /// Izly says that it will not be paid.
    Unpaid(Unpaid),
}

/// Why an order will not be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unpaid {
    Cancelled,
    Refused,
}

/// What came of a payment that Izly confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Settled {
    Credited,
    AlreadyCredited,
}

impl Sale {
    pub(super) fn new(order: Order, product: &'static Product, owner: Owner) -> Self {
        let mut timeline = Timeline::default();
        timeline.add(Event::Stored);
        Sale { order, product, owner, state: State::Creating, operation: None, payment_page: None, timeline }
    }

    pub(super) fn state(&self) -> &State {
        &self.state
    }

    pub(super) fn operation(&self) -> Option<OperationId> {
        self.operation
    }

    pub(super) fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// Izly's page, for as long as there is something to pay.
    pub(super) fn payment_page(&self) -> Option<&str> {
        match self.state {
            State::Waiting => self.payment_page.as_ref().map(|page| page.as_str()),
            _ => None,
        }
    }

    /// Whether nothing is expected to happen any more, so that the record may be forgotten to make room.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.state, State::NotCreated(_) | State::Paid(_) | State::Refunded | State::Unpaid(_))
    }

    /// Notes something that changes nothing.
    pub(super) fn note(&mut self, event: Event) {
        self.timeline.add(event);
    }

    /// Izly created the payment. A callback may have been faster: what is paid stays paid.
    pub(super) fn attach(&mut self, pending: PendingPayment) {
        self.operation.get_or_insert(pending.operation_id);
        self.payment_page = Some(Zeroizing::new(pending.authorization_url));
        if self.state == State::Creating {
            self.state = State::Waiting;
        }
        self.timeline.add(Event::Created(pending.operation_id));
    }

    pub(super) fn creation_failed(&mut self, outcome: Outcome) {
        if self.state == State::Creating {
            self.state = State::NotCreated(outcome);
        }
        self.timeline.add(Event::NotCreated(outcome));
    }

    /// Izly confirmed the payment: credits the order, unless that was done before. In a real shop this is one database
    /// transaction, in which the operation id is claimed under a unique index.
    pub(super) fn settle(&mut self, paid: &PaidPayment) -> Settled {
        match self.state {
            // Whatever was believed before: Izly says that it is paid.
            State::Creating | State::NotCreated(_) | State::Waiting | State::Unpaid(_) => {
                self.operation = Some(paid.operation_id());
                self.state = State::Paid(paid.into());
                self.timeline.add(Event::Credited);
                Settled::Credited
            }
            State::Paid(_) | State::Refunding(_) | State::RefundUnknown(_) | State::Refunded => {
                self.timeline.add(Event::AlreadyCredited);
                Settled::AlreadyCredited
            }
        }
    }

    /// Izly was asked, and did not confirm. `NotPaid` is followed by [`Sale::ended`], which knows more.
    pub(super) fn not_settled(&mut self, error: &Error) {
        self.timeline.add(match error.kind() {
            ErrorKind::NotFinal => Event::StillWaiting,
            ErrorKind::Mismatch => Event::NotThisOrder,
            _ => Event::NotRead,
        });
    }

    /// Izly says that the payment ended like this, without being paid now.
    pub(super) fn ended(&mut self, status: &Status) {
        let (ending, unpaid) = match status {
            Status::Refund => (Ending::Refunded, None),
            Status::Cancelled => (Ending::Cancelled, Some(Unpaid::Cancelled)),
            _ => (Ending::Refused, Some(Unpaid::Refused)),
        };
        match (&self.state, unpaid) {
            (_, None) => self.state = State::Refunded,
            (State::Creating | State::Waiting, Some(unpaid)) => self.state = State::Unpaid(unpaid),
            // What is paid cannot become cancelled. It is noted, and a person may wonder.
            (_, Some(_)) => {}
        }
        self.timeline.add(Event::Ended(ending));
    }

    /// Claims the refund, before anything is sent. `None` when there is nothing to refund, or somebody else is at it.
    pub(super) fn claim_refund(&mut self) -> Option<RefundTarget> {
        let State::Paid(target) = &self.state else { return None };
        let target = target.clone();
        self.state = State::Refunding(target.clone());
        self.timeline.add(Event::RefundClaimed);
        Some(target)
    }

    /// How the refund that was claimed ended.
    pub(super) fn refund_ended(&mut self, outcome: Result<(), Outcome>) {
        let State::Refunding(target) = &self.state else { return };
        let target = target.clone();
        let (state, event) = match outcome {
            Ok(()) => (State::Refunded, Event::Refunded),
            Err(Outcome::NotSent) => (State::Paid(target), Event::RefundNotSent),
            Err(Outcome::Rejected) => (State::Paid(target), Event::RefundRefused),
            Err(Outcome::Unknown) => (State::RefundUnknown(target), Event::RefundUnknown),
        };
        self.state = state;
        self.timeline.add(event);
    }

    /// Izly was asked what became of a refund, and says that the payment stands like this.
    pub(super) fn refund_looked_up(&mut self, status: &Status) {
        match (&self.state, status) {
            (_, Status::Refund) => self.ended(status),
            (State::RefundUnknown(target), Status::Completed) => {
                self.state = State::Paid(target.clone());
                self.timeline.add(Event::RefundNotFound);
            }
            // A refund under way tells its own end; a status that says neither leaves the question open.
            _ => self.timeline.add(Event::RefundUndecided),
        }
    }
}

#[cfg(test)]
mod tests {
    use izly::protocol::{Call as _, Confirm, CreatePayment, Partner, Response};
    use izly::{ApiKey, Cents, Environment, NewPayment};

    use super::super::catalogue::PRODUCTS;
    use super::*;

    const KEY: (&str, &str) = ("Paris-78-78-78-78", "s3cret");

    fn partner() -> Partner {
        Partner::new(Environment::Preproduction, ApiKey::from_parts(KEY.0, KEY.1).unwrap()).unwrap()
    }

    fn order() -> Order {
        Order::new("bde-1", Cents::new(200).unwrap()).unwrap()
    }

    fn creating() -> Sale {
        Sale::new(order(), &PRODUCTS[0], Owner::default())
    }

    fn waiting() -> Sale {
        let body =
            r#"{"OperationSMoney": {"Id": 7}, "PaymentAuthorizationUrl": "https://rest-pp.izly.fr/pay?token=t"}"#;
        let payment = NewPayment::new(order());
        let mut sale = creating();
        sale.attach(CreatePayment::new(&payment).reply(&partner(), &Response::new(200, body)).unwrap());
        sale
    }

    /// What Izly says of operation 7 when it is asked.
    fn confirmed(status: &str) -> Result<PaidPayment, Error> {
        let body =
            format!(r#"{{"OperationId": 7, "Amount": 2.00, "OrderId": "bde-1", "OperationStatus": "{status}"}}"#);
        let (order, partner) = (order(), partner());
        Confirm::new(OperationId::new(7).unwrap(), &order).reply(&partner, &Response::new(200, body))
    }

    fn paid() -> Sale {
        let mut sale = waiting();
        assert_eq!(sale.settle(&confirmed("Completed").unwrap()), Settled::Credited);
        sale
    }

    fn events(sale: &Sale, name: &str) -> usize {
        sale.timeline().lines().iter().filter(|line| line.event.name() == name).count()
    }

    #[test]
    fn an_order_is_paid_once_whatever_arrives_twice() {
        let mut sale = paid();
        assert!(matches!(sale.state(), State::Paid(_)) && sale.payment_page().is_none() && sale.is_over());
        assert_eq!(sale.settle(&confirmed("Completed").unwrap()), Settled::AlreadyCredited);
        assert_eq!((events(&sale, "creditee"), events(&sale, "deja-creditee")), (1, 1));
    }

    #[test]
    fn a_callback_may_be_faster_than_the_reply_to_the_creation() {
        let mut sale = creating();
        assert!(!sale.is_over() && sale.payment_page().is_none());
        assert_eq!(sale.settle(&confirmed("Completed").unwrap()), Settled::Credited);
        let body =
            r#"{"OperationSMoney": {"Id": 7}, "PaymentAuthorizationUrl": "https://rest-pp.izly.fr/pay?token=t"}"#;
        let payment = NewPayment::new(order());
        sale.attach(CreatePayment::new(&payment).reply(&partner(), &Response::new(200, body)).unwrap());
        assert!(matches!(sale.state(), State::Paid(_)));
        assert_eq!(sale.operation(), OperationId::new(7).ok());
    }

    #[test]
    fn what_izly_does_not_confirm_changes_nothing() {
        let mut sale = waiting();
        assert!(sale.payment_page().is_some());
        sale.note(Event::CallbackReceived);
        sale.not_settled(&confirmed("Waiting").unwrap_err());
        sale.not_settled(&confirmed("TotalementInconnu").unwrap_err());
        assert_eq!((sale.state(), events(&sale, "pas-encore")), (&State::Waiting, 2));
        assert!(!sale.is_over());
    }

    #[test]
    fn a_payment_that_izly_ended_ends_the_order() {
        for (status, state) in [
            (Status::Cancelled, State::Unpaid(Unpaid::Cancelled)),
            (Status::Refused, State::Unpaid(Unpaid::Refused)),
            (Status::Refund, State::Refunded),
        ] {
            let mut sale = waiting();
            sale.ended(&status);
            assert_eq!((sale.state(), sale.is_over()), (&state, true));
        }
        let mut sale = paid();
        sale.ended(&Status::Cancelled);
        assert!(matches!(sale.state(), State::Paid(_)), "what is paid cannot become cancelled");
        sale.ended(&Status::Refund);
        assert_eq!(sale.state(), &State::Refunded);
    }

    #[test]
    fn izly_has_the_last_word_on_what_was_given_up() {
        let mut cancelled = waiting();
        cancelled.ended(&Status::Cancelled);
        let mut lost = creating();
        lost.creation_failed(Outcome::Unknown);
        assert_eq!(lost.state(), &State::NotCreated(Outcome::Unknown));
        for sale in [&mut cancelled, &mut lost] {
            assert_eq!(sale.settle(&confirmed("Completed").unwrap()), Settled::Credited);
        }
    }

    #[test]
    fn a_refund_is_claimed_once() {
        assert!(waiting().claim_refund().is_none());
        let mut sale = paid();
        let target = sale.claim_refund().unwrap();
        assert_eq!((target.operation_id().get(), target.order_id()), (7, "bde-1"));
        assert!(sale.claim_refund().is_none() && !sale.is_over());
        sale.refund_ended(Ok(()));
        assert_eq!(sale.state(), &State::Refunded);
        assert!(sale.claim_refund().is_none());
        // A late echo of anything leaves it as it is.
        sale.refund_ended(Err(Outcome::Unknown));
        assert_eq!(sale.settle(&confirmed("Completed").unwrap()), Settled::AlreadyCredited);
        assert_eq!((sale.state(), events(&sale, "remboursee")), (&State::Refunded, 1));
    }

    #[test]
    fn a_refund_that_did_not_happen_may_be_asked_for_again() {
        for outcome in [Outcome::NotSent, Outcome::Rejected] {
            let mut sale = paid();
            sale.claim_refund().unwrap();
            sale.refund_ended(Err(outcome));
            assert!(sale.claim_refund().is_some(), "{outcome}");
        }
    }

    #[test]
    fn an_unknown_refund_is_looked_up_first() {
        let unknown = || {
            let mut sale = paid();
            sale.claim_refund().unwrap();
            sale.refund_ended(Err(Outcome::Unknown));
            assert!(matches!(sale.state(), State::RefundUnknown(_)) && !sale.is_over());
            assert!(sale.claim_refund().is_none(), "nobody knows yet");
            sale
        };
        let mut happened = unknown();
        happened.refund_looked_up(&Status::Refund);
        assert_eq!(happened.state(), &State::Refunded);
        let mut did_not = unknown();
        did_not.refund_looked_up(&Status::Completed);
        assert!(did_not.claim_refund().is_some());
        let mut odd = unknown();
        odd.refund_looked_up(&Status::from("Bizarre"));
        assert!(odd.claim_refund().is_none());
    }

    #[test]
    fn a_look_during_a_refund_does_not_open_the_way_to_a_second_one() {
        let mut sale = paid();
        sale.claim_refund().unwrap();
        sale.refund_looked_up(&Status::Completed);
        assert!(matches!(sale.state(), State::Refunding(_)) && sale.claim_refund().is_none());
    }
}
