//! What must be true, whatever happens.

use std::fmt;

/// A rule that a world must keep. The first group is checked at each step, the second when everything has settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// An order is credited by an operation of its own, which was debited, with the amount that was.
    NoCreditWithoutDebit,
    /// An order is credited once.
    NoSecondCredit,
    /// A payment is refunded once.
    NoSecondRefund,
    /// `NotSent` and `Rejected` are never said of a write that was carried out, nor `Ok` of one that was not.
    HonestOutcome,
    /// No call sends a write twice.
    WritesAreSentOnce,
    /// A callback that is accepted is settled: in the database, not only in the worker's mind.
    AcceptedIsSettled,
    /// In the end, every debit is credited.
    NoLostDebit,
    /// In the end, an order whose money went back is no longer credited.
    NoGoodsAndMoney,
    /// In the end, an order that counts as refunded was.
    NoLostRefund,
    /// In the end, no order is open or being refunded.
    EverythingEnds,
    /// In the end, the students have as much less as was debited and not refunded.
    NoMoneyAppears,
}

impl Rule {
    /// The rule in a few words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoCreditWithoutDebit => "no credit without a debit",
            Self::NoSecondCredit => "no second credit",
            Self::NoSecondRefund => "no second refund",
            Self::HonestOutcome => "an honest outcome",
            Self::WritesAreSentOnce => "writes are sent once",
            Self::AcceptedIsSettled => "what is accepted is settled",
            Self::NoLostDebit => "no lost debit",
            Self::NoGoodsAndMoney => "not the goods and the money",
            Self::NoLostRefund => "no lost refund",
            Self::EverythingEnds => "everything ends",
            Self::NoMoneyAppears => "no money appears or disappears",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A rule that was broken: where, and how it came to that.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Breach {
    /// The rule.
    pub rule: Rule,
    /// The world in which it happened.
    pub world: u64,
    /// The order it is about; empty when it is about all of them.
    pub order: String,
    /// What was seen.
    pub what: String,
    /// All that happened to the order, step by step.
    pub story: Vec<String>,
    /// The command that plays it again.
    pub command: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "broken: {}", self.rule)?;
        writeln!(f, "  world {}, {}: {}\n", self.world, self.order, self.what)?;
        for line in &self.story {
            writeln!(f, "  {line}")?;
        }
        write!(f, "\nagain: {}", self.command)
    }
}
