//! The partner's own record of a purchase, and Izly's number for a payment.

use std::fmt;

use crate::encoding::has_control_characters;
use crate::error::Error;
use crate::money::Cents;

/// What the partner sold: its own reference and the amount due.
///
/// The partner stores it **before** it creates the payment, and gives the same one to
/// [`Client::confirm`](crate::Client::confirm): what Izly says is compared with this, never with what a callback says.
///
/// ```
/// use izly::{Cents, Order};
///
/// let order = Order::new("order-42", Cents::new(150)?)?;
/// assert_eq!(order.id(), "order-42");
/// assert_eq!(order.amount().get(), 150);
/// # Ok::<(), izly::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Order {
    id: String,
    amount: Cents,
}

impl Order {
    /// The longest order id accepted, in characters. The guide sets no limit; production sends about 60.
    pub const MAX_ID_CHARS: usize = 100;

    /// An order of this reference and amount.
    ///
    /// The reference is sent as `ClientOrderId` (protocol §4.1). Keep it free of personal data and use each one once;
    /// 26 to 36 letters, digits, `-` and `_` are a good choice, though any text without control characters works.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput): field `order_id` when it is empty, longer than 100
    /// characters, holds a control character or has white space around it; field `amount` when it is zero.
    pub fn new(id: impl Into<String>, amount: Cents) -> Result<Self, Error> {
        let id = id.into();
        check_order_id(&id)?;
        if amount.get() == 0 {
            return Err(Error::invalid("amount", "must be at least 1 centime"));
        }
        Ok(Order { id, amount })
    }

    /// The partner's reference.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The amount due, taxes included.
    pub fn amount(&self) -> Cents {
        self.amount
    }
}

/// The rules of an order id, also for a refund of an order that is no longer at hand.
pub(crate) fn check_order_id(id: &str) -> Result<(), Error> {
    let rule = if id.is_empty() {
        "must not be empty"
    } else if id.chars().count() > Order::MAX_ID_CHARS {
        "must be at most 100 characters"
    } else if has_control_characters(id) {
        "must not hold control characters"
    } else if id.trim() != id {
        "must not have white space around it"
    } else {
        return Ok(());
    };
    Err(Error::invalid("order_id", rule))
}

/// Izly's number for a payment: what a callback names, and what is read, confirmed and refunded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationId(u64);

impl OperationId {
    /// An operation id kept elsewhere, such as in the partner's database.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput), field `operation_id`, outside 1 to 2⁶³ − 1.
    pub fn new(id: u64) -> Result<Self, Error> {
        if (1..=i64::MAX.unsigned_abs()).contains(&id) {
            Ok(OperationId(id))
        } else {
            Err(Error::invalid("operation_id", "must be 1 to 9223372036854775807"))
        }
    }

    /// The number, 1 to 2⁶³ − 1.
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl fmt::Display for OperationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for OperationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OperationId({})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_rules_name_their_field() {
        let cents = Cents::new(150).unwrap();
        for id in ["", " a", "a\u{a0}", "a\nb", &"x".repeat(101)] {
            assert_eq!(Order::new(id, cents).unwrap_err().field(), Some("order_id"), "{id:?}");
        }
        for id in ["order-42", "étudiant@univ/2 & co", &"é".repeat(100)] {
            assert_eq!(Order::new(id, cents).unwrap().id(), id);
        }
        assert_eq!(Order::new("a", Cents::new(0).unwrap()).unwrap_err().field(), Some("amount"));
    }

    #[test]
    fn operation_ids_fit_a_signed_integer() {
        assert!(OperationId::new(0).is_err());
        assert!(OperationId::new(1 << 63).is_err());
        assert_eq!(OperationId::new((1 << 63) - 1).unwrap().to_string(), "9223372036854775807");
    }
}
