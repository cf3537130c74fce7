//! Mistakes that can be planted in the partner, to see that the rules catch them.

use std::fmt;
use std::str::FromStr;

/// A mistake of the partner's. Each is a function of `shop/planted`, which stands in for the right one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Plant {
    /// Believes the callback, and asks Izly afterwards.
    CreditBeforeConfirm,
    /// Looks whether the order is credited, then credits it, without a unique key.
    NoUniqueness,
    /// Sends a refund again when it does not know how the first one ended.
    RetryRefund,
    /// Credits the amount that the callback says.
    TrustCallbackAmount,
    /// Asks Izly whether the operation is paid, and credits the order that the callback names.
    TrustCallbackOrder,
    /// Answers 200, then settles.
    ReplyBeforeCommit,
    /// Sends the student to Izly's page, then stores the operation id.
    RedirectBeforeStore,
    /// Lets a student who comes back pay the same order with a second payment.
    SameOrderAgain,
    /// Refunds, then notes it: two clicks are two refunds.
    RefundWithoutClaim,
    /// Takes a refund of which it knows nothing for one that failed.
    UnknownIsFailure,
    /// Takes every status but `Refund` for a no.
    OtherStatusIsNo,
    /// Frees a claimed refund a minute after it began.
    ImpatientRefund,
    /// Has no job that looks at open orders.
    NoReconciliation,
    /// Has a job that passes over the orders without an operation id.
    SkipsOrdersWithoutOperation,
    /// Gives an order up after a quarter of an hour.
    GivesUpEarly,
}

impl Plant {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::CreditBeforeConfirm,
        Self::NoUniqueness,
        Self::RetryRefund,
        Self::TrustCallbackAmount,
        Self::TrustCallbackOrder,
        Self::ReplyBeforeCommit,
        Self::RedirectBeforeStore,
        Self::SameOrderAgain,
        Self::RefundWithoutClaim,
        Self::UnknownIsFailure,
        Self::OtherStatusIsNo,
        Self::ImpatientRefund,
        Self::NoReconciliation,
        Self::SkipsOrdersWithoutOperation,
        Self::GivesUpEarly,
    ];

    /// The name on the command line: `credit-before-confirm`, …
    pub const fn name(self) -> &'static str {
        match self {
            Self::CreditBeforeConfirm => "credit-before-confirm",
            Self::NoUniqueness => "no-uniqueness",
            Self::RetryRefund => "retry-refund",
            Self::TrustCallbackAmount => "trust-callback-amount",
            Self::TrustCallbackOrder => "trust-callback-order",
            Self::ReplyBeforeCommit => "reply-before-commit",
            Self::RedirectBeforeStore => "redirect-before-store",
            Self::SameOrderAgain => "same-order-again",
            Self::RefundWithoutClaim => "refund-without-claim",
            Self::UnknownIsFailure => "unknown-is-failure",
            Self::OtherStatusIsNo => "other-status-is-no",
            Self::ImpatientRefund => "impatient-refund",
            Self::NoReconciliation => "no-reconciliation",
            Self::SkipsOrdersWithoutOperation => "skips-orders-without-operation",
            Self::GivesUpEarly => "gives-up-early",
        }
    }
}

impl fmt::Display for Plant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Plant {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names = || Self::ALL.map(Self::name).join(", ");
        Self::ALL.into_iter().find(|plant| plant.name() == text).ok_or_else(|| format!("must be one of {}", names()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_mistakes() {
        for plant in Plant::ALL {
            assert_eq!(plant.name().parse(), Ok(plant));
        }
        assert!("none".parse::<Plant>().unwrap_err().contains("retry-refund"));
    }
}
