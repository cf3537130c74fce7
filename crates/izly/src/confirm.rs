//! The one way an order becomes paid.

use std::fmt;

use crate::date::Date;
use crate::error::{Error, ErrorKind, Outcome, Retry};
use crate::money::Cents;
use crate::order::{OperationId, Order};
use crate::protocol::sealed::Sealed;
use crate::protocol::{Call, CallName, Callback, Partner, Payment, PendingPayment, Request, read_request};
use crate::status::Status;
use crate::wire::Object;

/// A payment that Izly itself says is completed, for the order it was compared with.
///
/// [`Client::confirm`](crate::Client::confirm) (or the call [`Confirm`] behind it) is its only constructor: a value of
/// this type means that the operation was read back from Izly with the partner's own key, and that its number, order,
/// amount, payee and status were all as they should be. Credit an order on this type, and on nothing else.
///
/// It does not say that the order was not credited already: two callbacks for one payment give two of these. Claim the
/// operation id under a uniqueness rule, in the same database transaction as the credit.
#[derive(Clone, PartialEq, Eq)]
pub struct PaidPayment {
    payment: Payment,
}

impl PaidPayment {
    /// Izly's number for the payment: the one to claim under a uniqueness rule.
    pub fn operation_id(&self) -> OperationId {
        self.payment.operation_id
    }

    /// The partner's reference, equal to the order's.
    pub fn order_id(&self) -> &str {
        &self.payment.order_id
    }

    /// The amount paid, equal to the order's.
    pub fn amount(&self) -> Cents {
        self.payment.amount
    }

    /// When the operation was created.
    pub fn date(&self) -> Option<&Date> {
        self.payment.date.as_ref()
    }

    /// All that Izly said.
    pub fn payment(&self) -> &Payment {
        &self.payment
    }
}

impl fmt::Debug for PaidPayment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PaidPayment").field(&self.payment).finish()
    }
}

/// Something that names an operation: a callback, a pending payment, or the bare number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OperationReference(OperationId);

impl From<OperationId> for OperationReference {
    fn from(id: OperationId) -> Self {
        OperationReference(id)
    }
}

impl From<&Callback> for OperationReference {
    fn from(callback: &Callback) -> Self {
        OperationReference(callback.operation_id())
    }
}

impl From<&PendingPayment> for OperationReference {
    fn from(pending: &PendingPayment) -> Self {
        OperationReference(pending.operation_id)
    }
}

/// Reads a payment and compares it with an order.
#[derive(Debug)]
pub struct Confirm<'a> {
    operation_id: OperationId,
    order: &'a Order,
}

impl<'a> Confirm<'a> {
    /// The confirmation of this operation for this order.
    pub fn new(operation: impl Into<OperationReference>, order: &'a Order) -> Self {
        Confirm { operation_id: operation.into().0, order }
    }

    fn compare(&self, partner: &Partner, payment: &Payment) -> Result<(), Error> {
        if payment.order_id != self.order.id() {
            return Err(mismatch("order_id", "the operation belongs to another order".to_owned()));
        }
        self.compare_amount(partner, payment.amount)?;
        match &payment.beneficiary.identifier {
            Some(payee) if payee != partner.identifier() => {
                Err(mismatch("payee", format!("the operation pays `{payee}`, not this partner")))
            }
            _ => Ok(()),
        }
    }

    fn compare_amount(&self, partner: &Partner, read: Cents) -> Result<(), Error> {
        let due = self.order.amount();
        if read == due {
            return Ok(());
        }
        let message = format!("the operation is for {read} euros, the order for {due}");
        let (read, due) = (u64::from(read.get()), u64::from(due.get()));
        if read == due * 100 || read * 100 == due {
            let unit = partner.wire().reply_amounts;
            let hint = "off by exactly 100, as if the switch `reply_amounts` should not be";
            let message = format!("{message}: {hint} {unit:?}");
            return Err(mismatch("amount", message).with_advice(Retry::Fix));
        }
        Err(mismatch("amount", message))
    }
}

/// Final: this operation does not pay this order, and asking again will not change it.
fn mismatch(field: &'static str, message: String) -> Error {
    Error::new(ErrorKind::Mismatch, Outcome::Rejected, "payment", message).with_field(field)
}

/// Whether an operation of this status is paid; if not, whether it still may be.
fn judge_status(payment: &Payment) -> Result<(), Error> {
    let status = &payment.status;
    let (kind, outcome, message) = match (status, &payment.error_text) {
        (Status::Completed, None) => return Ok(()),
        (Status::Completed, Some(_)) => {
            (ErrorKind::NotFinal, Outcome::Unknown, "its status is Completed, yet it reports an error".to_owned())
        }
        (status, _) if status.is_final() => (ErrorKind::NotPaid, Outcome::Rejected, format!("its status is {status}")),
        (status, _) => (ErrorKind::NotFinal, Outcome::Unknown, format!("its status is {status}: ask again later")),
    };
    Err(Error::new(kind, outcome, "payment", message))
}

impl Sealed for Confirm<'_> {}

impl Call for Confirm<'_> {
    type Output = PaidPayment;
    const OBJECTS: &'static [&'static str] = Payment::OBJECTS;

    fn name(&self) -> CallName {
        CallName::Confirm
    }

    fn request(&self, partner: &Partner) -> Result<Request, Error> {
        Ok(read_request(partner, self.operation_id))
    }

    fn decode(&self, partner: &Partner, reply: Object<'_>) -> Result<PaidPayment, Error> {
        let payment = Payment::decode(self.operation_id, partner, reply)?;
        self.compare(partner, &payment)?;
        judge_status(&payment)?;
        Ok(PaidPayment { payment })
    }
}
