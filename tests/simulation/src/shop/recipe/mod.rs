//! The recipe of `docs/settle-once.md`, which shows these functions as they are. Each `await` is a place where the worker
//! may be slow, or die for good; nothing is remembered but what the database holds.

mod checkout;
mod reconciliation;
mod refund;
mod settlement;

pub(crate) use checkout::checkout;
pub(crate) use reconciliation::{come_back, look_again, reconcile};
pub(crate) use refund::refund;
pub(super) use refund::{end, look_at_refund};
pub(super) use settlement::settle;
pub(crate) use settlement::{answer, sale_of};
