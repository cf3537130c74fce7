//! Giving the money back, whole (protocol §4.5).

use crate::confirm::PaidPayment;
use crate::date::Date;
use crate::encoding::push_encoded;
use crate::error::{Error, ErrorKind, Outcome};
use crate::money::Cents;
use crate::order::{OperationId, check_order_id};
use crate::protocol::{Call, CallName, Method, Partner, Payment, Request, Sealed};
use crate::status::Status;
use crate::wire::{Extra, Object, ReadError};

/// What a refund undoes: the operation, and the order it was for.
///
/// A [`PaidPayment`] or a [`Payment`] is one; [`RefundTarget::new`] serves a program that has only kept the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundTarget {
    operation_id: OperationId,
    order_id: String,
}

impl RefundTarget {
    /// The payment of this operation and order.
    ///
    /// # Errors
    /// [`InvalidInput`](ErrorKind::InvalidInput), field `order_id`, as for [`Order::new`](crate::Order::new).
    pub fn new(operation_id: OperationId, order_id: impl Into<String>) -> Result<Self, Error> {
        let order_id = order_id.into();
        check_order_id(&order_id)?;
        Ok(RefundTarget { operation_id, order_id })
    }
}

impl RefundTarget {
    /// The operation to refund.
    pub fn operation_id(&self) -> OperationId {
        self.operation_id
    }

    /// The order it was for.
    pub fn order_id(&self) -> &str {
        &self.order_id
    }
}

impl From<&PaidPayment> for RefundTarget {
    fn from(paid: &PaidPayment) -> Self {
        RefundTarget { operation_id: paid.operation_id(), order_id: paid.order_id().to_owned() }
    }
}

impl From<&Payment> for RefundTarget {
    fn from(payment: &Payment) -> Self {
        RefundTarget { operation_id: payment.operation_id, order_id: payment.order_id.clone() }
    }
}

impl From<&RefundTarget> for RefundTarget {
    fn from(target: &RefundTarget) -> Self {
        target.clone()
    }
}

/// A refund that was made. The whole amount went back to the student.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refund {
    /// The operation that was refunded.
    pub operation_id: OperationId,
    /// The partner's reference, as echoed.
    pub order_id: Option<String>,
    /// The amount that went back, read in the unit of [`Wire::reply_amounts`](crate::Wire::reply_amounts).
    pub amount: Option<Cents>,
    /// When.
    pub date: Option<Date>,
    /// The operation's state now: [`Status::Refund`], or the reply would have been an error.
    pub status: Status,
    /// Izly's number for the debit (`IdTransactionDebitIzly`).
    pub transaction_id: Option<i64>,
    /// Fields of the reply this library does not know.
    pub extra: Extra,
}

impl Refund {
    fn read(partner: &Partner, mut reply: Object<'_>) -> Result<Self, ReadError> {
        let mut refund = Refund {
            operation_id: reply.required_id("OperationId")?,
            status: Status::from(&*reply.required_string("OperationStatus")?),
            order_id: reply.string("ClientOrderId")?,
            amount: reply.cents("Amount", partner.wire().reply_amounts)?,
            date: reply.date("RefundDate"),
            transaction_id: reply.spare_integer("IdTransactionDebitIzly"),
            extra: Extra::default(),
        };
        reply.keep_unread(&mut refund.extra);
        Ok(refund)
    }
}

/// Refunds a payment.
#[derive(Debug)]
pub struct RefundPayment {
    target: RefundTarget,
}

impl RefundPayment {
    /// The refund of this payment.
    pub fn new(target: impl Into<RefundTarget>) -> Self {
        RefundPayment { target: target.into() }
    }
}

impl Sealed for RefundPayment {}

impl Call for RefundPayment {
    type Output = Refund;

    fn name(&self) -> CallName {
        CallName::Refund
    }

    fn request(&self, partner: &Partner) -> Result<Request, Error> {
        let mut target = format!("/api/Izly/WebPayments/{}/Refund?clientOrderId=", self.target.operation_id);
        if partner.wire().refund_slash {
            target.push('/');
        }
        push_encoded(&mut target, &self.target.order_id);
        Ok(Request::payments(partner, Method::Post, &target))
    }

    fn decode(&self, partner: &Partner, reply: Object<'_>) -> Result<Refund, Error> {
        let refund = Refund::read(partner, reply).map_err(|error| error.into_error("refund", Outcome::Unknown))?;
        let asked = &self.target;
        let differs = |field, message: String| {
            Err(Error::new(ErrorKind::Mismatch, Outcome::Unknown, "refund", message).with_field(field))
        };
        if refund.operation_id != asked.operation_id {
            let message =
                format!("asked about operation {}, answered about {}", asked.operation_id, refund.operation_id);
            return differs("operation_id", message);
        }
        if refund.order_id.as_ref().is_some_and(|id| *id != asked.order_id) {
            return differs("order_id", "the reply is about another order".to_owned());
        }
        if refund.status != Status::Refund {
            let message = format!("the operation's status is {}, not Refund", refund.status);
            return Err(Error::new(ErrorKind::NotFinal, Outcome::Unknown, "refund", message));
        }
        Ok(refund)
    }
}
