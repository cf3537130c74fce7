//! What Izly says about a payment: the only thing that counts (protocol §4.4).

use std::fmt;

use crate::date::Date;
use crate::error::{Error, ErrorKind, Outcome};
use crate::money::Cents;
use crate::order::OperationId;
use crate::protocol::{Beneficiary, Call, CallName, Method, Partner, Request, Sealed};
use crate::secret::Personal;
use crate::status::Status;
use crate::wire::{Extra, Object, ReadError};

/// A payment as Izly describes it, for support desks and reconciliation.
///
/// It is not proof that an order is paid: only [`confirm`](crate::Client::confirm) compares it with the order.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Payment {
    /// Izly's number for the payment: the one that was asked for, or the reply would have been refused.
    pub operation_id: OperationId,
    /// The partner's reference.
    pub order_id: String,
    /// The amount, read in the unit of [`Wire::reply_amounts`](crate::Wire::reply_amounts).
    pub amount: Cents,
    /// Its state.
    pub status: Status,
    /// Izly's number for the debit (`IdTransactionDebitIzly`).
    pub transaction_id: Option<i64>,
    /// When it was created (`PaymentDate`).
    pub date: Option<Date>,
    /// The partner's message.
    pub message: Option<String>,
    /// The callback parameters (`ClientParameters`).
    pub callback_parameters: Option<String>,
    /// Whom it pays.
    pub beneficiary: Beneficiary,
    /// Who pays.
    pub customer: Customer,
    /// What went wrong, in Izly's words; `None` when nothing did.
    pub error_text: Option<String>,
    /// Fields of the reply this library does not know.
    pub extra: Extra,
}

/// The student who pays. All of it is personal.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Customer {
    /// The electronic money account (`CustomerSmoneyId`).
    pub account_id: Option<Personal>,
    /// The e-mail address.
    pub email: Option<Personal>,
    /// CROUS's code for the client.
    pub client_code: Option<Personal>,
}

impl Payment {
    /// The fields of a read that may be objects.
    pub(crate) const OBJECTS: &'static [&'static str] = &["Error", "Beneficiary"];

    fn read(partner: &Partner, mut reply: Object<'_>) -> Result<Self, ReadError> {
        let mut extra = Extra::default();
        // In the order of the guide's sample, in which each is found where the one before it ends.
        let payment = Payment {
            operation_id: reply.required_id("OperationId")?,
            transaction_id: reply.spare_integer("IdTransactionDebitIzly"),
            amount: reply.required_cents("Amount", partner.wire().reply_amounts)?,
            beneficiary: payee(&mut reply, &mut extra)?,
            customer: Customer {
                account_id: reply.spare_string("CustomerSmoneyId").map(Personal::new),
                email: reply.spare_string("CustomerEmail").map(Personal::new),
                client_code: reply.spare_string("CustomerClientCode").map(Personal::new),
            },
            status: Status::from(&*reply.required_text("OperationStatus")?),
            error_text: match reply.note("Error", &mut extra)?.failure() {
                Some(words) => Some(words),
                None => error_beside(&reply)?,
            },
            callback_parameters: reply.spare_string("ClientParameters"),
            message: reply.spare_string("Message"),
            date: reply.date("PaymentDate"),
            order_id: reply.required_string("OrderId")?,
            extra: Extra::default(),
        };
        reply.keep_unread(&mut extra);
        Ok(Payment { extra, ..payment })
    }

    /// Reads the reply to a read of `asked`, which must be about that operation.
    pub(crate) fn decode(asked: OperationId, partner: &Partner, reply: Object<'_>) -> Result<Self, Error> {
        let payment = Payment::read(partner, reply).map_err(|error| error.into_error("payment", Outcome::Unknown))?;
        if payment.operation_id == asked {
            return Ok(payment);
        }
        let message = format!("asked about operation {asked}, answered about {}", payment.operation_id);
        Err(Error::new(ErrorKind::Mismatch, Outcome::Unknown, "payment", message).with_field("operation_id"))
    }
}

/// The payee, under the flat names of a read or, should a read ever look like a creation, in an object of its own. It is
/// compared, so two that differ are an error.
fn payee(reply: &mut Object<'_>, extra: &mut Extra) -> Result<Beneficiary, ReadError> {
    let account_id = reply.spare_string("BeneficiarySmoneyId");
    let identifier = reply.string("BeneficiaryClientId")?;
    let nested = Beneficiary::read(reply, extra)?;
    match (&identifier, &nested.identifier) {
        (Some(flat), Some(inner)) if flat != inner => Err(reply.error("BeneficiaryClientId", "and Beneficiary differ")),
        _ => Ok(Beneficiary {
            account_id: account_id.or(nested.account_id),
            identifier: identifier.or(nested.identifier),
        }),
    }
}

/// What an error object of §5 says that stands beside the operation: a reply that tells of a payment and of a failure at
/// once must not confirm it, and one whose error cannot be read tells of it too. The fields stay among the unknown ones.
fn error_beside(reply: &Object<'_>) -> Result<Option<String>, ReadError> {
    if !reply.has("Code") && !reply.has("ErrorMessage") {
        return Ok(None);
    }
    let mut reply = reply.clone();
    let code = reply.integer("Code")?.filter(|code| *code != 0);
    let words = reply.string("ErrorMessage")?;
    Ok(words.or_else(|| code.map(|code| format!("code {code}"))))
}

impl fmt::Debug for Payment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payment")
            .field("operation_id", &self.operation_id)
            .field("order_id", &self.order_id)
            .field("amount", &self.amount)
            .field("status", &self.status)
            .field("date", &self.date)
            .finish_non_exhaustive()
    }
}

pub(crate) fn read_request(partner: &Partner, operation_id: OperationId) -> Request {
    Request::payments(partner, Method::Get, &format!("/api/Izly/WebPayments/{operation_id}"))
}

/// Reads a payment.
#[derive(Debug, Clone, Copy)]
pub struct ReadPayment {
    operation_id: OperationId,
}

impl ReadPayment {
    /// The read of this operation.
    pub fn new(operation_id: OperationId) -> Self {
        ReadPayment { operation_id }
    }
}

impl Sealed for ReadPayment {}

impl Call for ReadPayment {
    type Output = Payment;
    const OBJECTS: &'static [&'static str] = Payment::OBJECTS;

    fn name(&self) -> CallName {
        CallName::Payment
    }

    fn request(&self, partner: &Partner) -> Result<Request, Error> {
        Ok(read_request(partner, self.operation_id))
    }

    fn decode(&self, partner: &Partner, reply: Object<'_>) -> Result<Payment, Error> {
        Payment::decode(self.operation_id, partner, reply)
    }
}
