//! What really happened to each payment, whatever anybody was told.

use std::collections::BTreeMap;

use izly_sandbox::{Date, PaymentRecord};

use crate::time::Millis;

/// The truth about an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Truth {
    pub(crate) order_id: String,
    pub(crate) amount_cents: u64,
    pub(crate) debits: u32,
    pub(crate) refunds: u32,
    /// When it was debited.
    pub(crate) paid_at: Option<Millis>,
    /// When it was last debited or refunded.
    pub(crate) changed_at: Option<Millis>,
    last_debit: Option<Date>,
    last_refund: Option<Date>,
}

/// All operations.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    truths: BTreeMap<u64, Truth>,
    /// In the order they were made, to pick from.
    operations: Vec<u64>,
    writes: u64,
}

impl Ledger {
    /// Takes note of a payment as it is now; gives what is new about it.
    pub(super) fn update(&mut self, payment: &PaymentRecord, now: Millis) -> Vec<&'static str> {
        let mut news = Vec::new();
        let (operations, writes) = (&mut self.operations, &mut self.writes);
        let truth = self.truths.entry(payment.operation_id).or_insert_with(|| {
            operations.push(payment.operation_id);
            *writes += 1;
            news.push("payment created");
            Truth {
                order_id: payment.order_id.clone(),
                amount_cents: payment.amount_cents,
                debits: 0,
                refunds: 0,
                paid_at: None,
                changed_at: None,
                last_debit: None,
                last_refund: None,
            }
        });
        // No two things share a date under the sandbox's clock: another date is another debit, or refund.
        if payment.paid != truth.last_debit {
            truth.last_debit = payment.paid;
            truth.debits += 1;
            (truth.paid_at, truth.changed_at) = (Some(now), Some(now));
            news.push("student debited");
        }
        if payment.refunded != truth.last_refund {
            truth.last_refund = payment.refunded;
            truth.refunds += 1;
            truth.changed_at = Some(now);
            *writes += 1;
            news.push("student refunded");
        }
        news
    }

    pub(crate) fn get(&self, operation_id: u64) -> Option<&Truth> {
        self.truths.get(&operation_id)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = (u64, &Truth)> {
        self.truths.iter().map(|(id, truth)| (*id, truth))
    }

    pub(crate) fn operations(&self) -> &[u64] {
        &self.operations
    }

    /// Creations and refunds that were carried out.
    pub(super) fn writes(&self) -> u64 {
        self.writes
    }
}
