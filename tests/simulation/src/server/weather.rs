//! What goes wrong with a call, and how probable that is.

use izly::Phase;
use izly::transport::Fault;

use super::{Call, Server};
use crate::time::{HOUR, MINUTE};

/// How long a reading may lag behind the truth.
const LAG: u64 = 2 * MINUTE;

/// How long an operation may have a status that nobody knows, after it was debited or refunded: until some batch has run.
const CLEARING: u64 = 6 * HOUR;

/// One in so many operations has such a time.
const CLEARED_LATER: u64 = 20;

/// How a call fares.
#[derive(Debug, Clone, Copy)]
pub(super) enum Weather {
    /// Well.
    Fine,
    /// It never left.
    Unsent(Fault),
    /// Izly itself misbehaves, as the sandbox's fault of this name does; if no answer is left, it is missed like this.
    Fault(&'static str, Fault),
    /// It arrives after its sender has given up.
    Late,
    /// Turned away before any work, HTTP 429.
    TooMany,
    /// Done, and answered with a web page under status 200.
    Page,
    /// Done, and answered with more than is accepted.
    TooLarge,
    /// Done, and answered with the result and an error at once.
    ErrorBeside,
    /// A reading from before.
    Stale,
}

const UNSENT: [Fault; 5] =
    [Fault::Resolve, Fault::Connect, Fault::Tls, Fault::Timeout(Phase::Connect), Fault::Timeout(Phase::Resolve)];

const MISSED: [Fault; 4] =
    [Fault::Disconnected, Fault::Timeout(Phase::Receive), Fault::Timeout(Phase::Send), Fault::Protocol];

/// What the sandbox does on demand to any call.
const FAULTS: [&str; 13] = [
    "drop_before_commit",
    "commit_then_drop",
    "server_error",
    "server_error; commit",
    "bad_gateway",
    "bad_gateway; commit",
    "empty_reply",
    "empty_reply; commit",
    "redirect",
    "redirect; commit",
    "truncated_json",
    "unknown_status",
    "comma_decimals",
];

/// What it does to a creation only.
const CREATION: [&str; 2] = ["foreign_authorization_url", "big_ids"];

impl Server {
    /// How the next call fares.
    pub(super) fn draw(&mut self, call: Call, operation: Option<u64>) -> Weather {
        if self.is_calm() {
            return Weather::Fine;
        }
        if self.is_out() {
            return self.unsent();
        }
        if call == Call::Read && self.is_clearing(operation) {
            return Weather::Fault("unknown_status", Fault::Protocol);
        }
        match self.chance.below(200) {
            0..4 => self.unsent(),
            4..18 => self.fault(&FAULTS),
            18..20 if call == Call::Create => self.fault(&CREATION),
            18..22 => Weather::Fault("extra_fields", Fault::Protocol),
            22..25 if call != Call::Read => Weather::Late,
            25 => Weather::TooMany,
            26 => Weather::Page,
            27 => Weather::TooLarge,
            28 => Weather::ErrorBeside,
            // Right after the student has paid, and never long after: what lags catches up.
            29..33 if call == Call::Read && self.has_just_changed(operation) => {
                Weather::Fault("stuck_waiting", Fault::Protocol)
            }
            33..45 if call == Call::Read && self.has_fresh_reading(operation) => Weather::Stale,
            _ => Weather::Fine,
        }
    }

    fn unsent(&mut self) -> Weather {
        Weather::Unsent(self.chance.pick(&UNSENT).copied().unwrap_or(Fault::Connect))
    }

    fn fault(&mut self, among: &[&'static str]) -> Weather {
        let fault = self.chance.pick(among).copied().unwrap_or("server_error");
        Weather::Fault(fault, self.chance.pick(&MISSED).copied().unwrap_or(Fault::Disconnected))
    }

    fn has_just_changed(&self, operation: Option<u64>) -> bool {
        let truth = operation.and_then(|id| self.ledger.get(id));
        let paid_at = truth.filter(|truth| truth.refunds == 0).and_then(|truth| truth.paid_at);
        paid_at.is_some_and(|at| self.chronicle.now() - at < LAG)
    }

    fn is_clearing(&self, operation: Option<u64>) -> bool {
        let id = operation.filter(|id| id % CLEARED_LATER == 0);
        let changed_at = id.and_then(|id| self.ledger.get(id)).and_then(|truth| truth.changed_at);
        changed_at.is_some_and(|at| self.chronicle.now() - at < CLEARING)
    }

    fn has_fresh_reading(&self, operation: Option<u64>) -> bool {
        let reading = operation.and_then(|id| self.readings.get(&id));
        reading.is_some_and(|(at, _)| self.chronicle.now() - at < LAG)
    }
}

impl Weather {
    /// A name to count by.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Unsent(_) => "never sent",
            Self::Fault(name, _) => name,
            Self::Late => "arrives late",
            Self::TooMany => "too many requests",
            Self::Page => "a page in place of JSON",
            Self::TooLarge => "too large",
            Self::ErrorBeside => "a result and an error",
            Self::Stale => "an old reading",
        }
    }
}
