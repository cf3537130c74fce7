//! What izly may cost at most, beside its peers: the promises that the figures are held against.

use serde::{Deserialize, Serialize};

use crate::statistics::Spread;

/// A promise.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// What it promises, for people.
    pub title: &'static str,
    /// What is looked at.
    pub rule: Rule,
    /// The most that it may be; the least for a share.
    pub limit: f64,
}

/// How a figure is taken from the results.
#[derive(Debug, Clone, Copy)]
pub enum Rule {
    /// The first contender of a comparison over another.
    Ratio(&'static str, &'static str),
    /// The first contender's time on the clock over another's, in milliseconds more.
    MillisecondsMore(&'static str, &'static str),
    /// The share of what so many threads could do at the very most with a server that takes so many milliseconds.
    ShareOfIdeal(&'static str, f64, f64),
    /// A file's size in megabytes.
    Megabytes(&'static str),
    /// How many of these modules the import of the package brings along.
    Modules,
}

/// All of them, as the design has them.
pub const BUDGETS: &[Budget] = &[
    ratio("Python, a kept connection's read, CPU, over pycurl", "python_read", "pycurl", 0.8),
    ratio("Python, a kept connection's read, CPU, over requests", "python_read", "requests", 0.06),
    ratio("Python, a kept connection's read, CPU, over a bare socket", "python_read", "socket", 2.0),
    ratio("Python, callback decoded, over msgspec with a hook", "python_callback", "msgspec", 0.7),
    ratio("Python, the same over msgspec that leaves the amount as izly does", "python_callback", "msgspec_same", 0.7),
    ratio("Python, callback decoded, over pydantic", "python_callback", "pydantic", 0.3),
    ratio("Rust, callback decoded, over serde_json", "rust_callback", "serde_json", 1.5),
    ratio("PHP, callback decoded, over json_decode and readonly objects", "php_callback", "json_decode", 0.7),
    ratio(
        "PHP, the same over objects that leave amount and date as izly does",
        "php_callback",
        "json_decode_same",
        0.7,
    ),
    ratio("PHP, a kept connection's read, CPU, over ext-curl", "php_read", "curl", 1.0),
    ratio("C, a kept connection's read, CPU, over libcurl", "c_read", "curl", 1.2),
    Budget {
        title: "Python, 64 threads, a server of 50 ms: share of the ideal",
        rule: Rule::ShareOfIdeal("python_threads", 64.0, 50.0),
        limit: 0.95,
    },
    Budget {
        title: "`import izly`: milliseconds above a bare interpreter",
        rule: Rule::MillisecondsMore("python_import", "none"),
        limit: 5.0,
    },
    Budget { title: "`import izly`: how many of ssl, asyncio and requests it loads", rule: Rule::Modules, limit: 0.0 },
    Budget { title: "libizly.so, stripped, in megabytes", rule: Rule::Megabytes("libizly.so"), limit: 2.2 },
    Budget { title: "the wheel, in megabytes", rule: Rule::Megabytes("wheel"), limit: 1.3 },
];

const fn ratio(title: &'static str, comparison: &'static str, peer: &'static str, limit: f64) -> Budget {
    Budget { title, rule: Rule::Ratio(comparison, peer), limit }
}

/// What became of a promise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// What was promised.
    pub title: String,
    /// The most, or the least.
    pub limit: f64,
    /// What was measured.
    pub measured: Spread,
    /// Whether the promise is kept, by the median.
    pub is_met: bool,
}

impl Budget {
    /// Holds a figure against it.
    pub fn judge(&self, measured: Spread) -> Verdict {
        let is_met = match self.rule {
            Rule::ShareOfIdeal(..) => measured.median >= self.limit,
            _ => measured.median <= self.limit,
        };
        Verdict { title: self.title.to_owned(), limit: self.limit, measured, is_met }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::COMPARISONS;

    #[test]
    fn a_promise_is_kept_or_not() {
        let exactly = |figure| Spread { low: 0.0, median: figure, high: 9.0 };
        let ratio = ratio("", "c_read", "curl", 1.2);
        assert!(ratio.judge(exactly(1.2)).is_met && !ratio.judge(exactly(1.21)).is_met);
        let share = Budget { title: "", rule: Rule::ShareOfIdeal("", 64.0, 50.0), limit: 0.95 };
        assert!(share.judge(exactly(0.95)).is_met && !share.judge(exactly(0.94)).is_met);
    }

    #[test]
    fn every_promise_names_what_is_measured() {
        for budget in BUDGETS {
            let (Rule::Ratio(name, peer) | Rule::MillisecondsMore(name, peer)) = budget.rule else { continue };
            let comparison = COMPARISONS.iter().find(|comparison| comparison.name == name);
            let is_there = |comparison: &crate::plan::Comparison| {
                comparison.contenders.iter().skip(1).any(|contender| contender.name == peer)
            };
            assert!(comparison.is_some_and(is_there), "{}", budget.title);
        }
    }
}
