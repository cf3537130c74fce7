//! One step of the story: why it exists, what travelled, what the SDK concluded, and whether that was to be expected.

use izly::{Error, ErrorKind, Outcome, Retry};
use serde_json::Value;

use super::exchange::Exchange;
use crate::output::error_record;

/// A step, being filled.
pub(super) struct Step {
    pub(super) number: usize,
    pub(super) part: &'static str,
    pub(super) title: &'static str,
    /// Why this step exists.
    pub(super) why: &'static str,
    /// What was arranged before, the way earlier steps show.
    pub(super) set_up: Option<String>,
    pub(super) exchanges: Vec<Exchange>,
    /// What the SDK, or the site with its help, concluded.
    pub(super) concluded: Vec<String>,
    pub(super) errors: Vec<Value>,
    /// What did not come as expected. Empty is good.
    pub(super) surprises: Vec<String>,
    checks: usize,
}

/// What an error should say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expected {
    pub(super) kind: ErrorKind,
    pub(super) outcome: Outcome,
    pub(super) retry: Retry,
}

impl Step {
    pub(super) fn new(number: usize, part: &'static str, title: &'static str, why: &'static str) -> Self {
        Step {
            number,
            part,
            title,
            why,
            set_up: None,
            exchanges: Vec::new(),
            concluded: Vec::new(),
            errors: Vec::new(),
            surprises: Vec::new(),
            checks: 0,
        }
    }

    /// A step that checked nothing has shown nothing.
    pub(super) fn is_as_expected(&self) -> bool {
        self.surprises.is_empty() && self.checks > 0
    }

    /// Notes what the SDK concluded.
    pub(super) fn conclude(&mut self, text: impl Into<String>) {
        self.concluded.push(text.into());
    }

    /// Notes that something must hold, and whether it does.
    pub(super) fn expect(&mut self, what: &str, holds: bool) {
        self.checks += 1;
        if !holds {
            self.surprises.push(format!("expected {what}"));
        }
    }

    /// Notes an error the SDK gave, and compares it with the one that was to come.
    pub(super) fn expect_error<T>(&mut self, result: Result<T, Error>, expected: Expected) -> Option<Error> {
        self.checks += 1;
        let Expected { kind, outcome, retry } = expected;
        match result {
            Ok(_) => {
                self.surprises.push(format!("expected the error {kind}, and it worked"));
                None
            }
            Err(error) => {
                if (error.kind(), error.outcome(), error.retry()) != (kind, outcome, retry) {
                    self.surprises.push(format!("expected kind {kind}, outcome {outcome}, retry {}", retry.as_str()));
                }
                self.note_error(&error);
                Some(error)
            }
        }
    }

    fn note_error(&mut self, error: &Error) {
        self.conclude(format!("Error: {error}"));
        self.conclude(format!("kind {}, outcome {}, retry {}", error.kind(), error.outcome(), error.retry().as_str()));
        self.errors.push(error_record(error).json());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOT_PAID: Expected = Expected { kind: ErrorKind::NotPaid, outcome: Outcome::Rejected, retry: Retry::No };

    fn step() -> Step {
        Step::new(1, "part", "title", "why")
    }

    #[test]
    fn a_step_that_checks_nothing_has_shown_nothing() {
        let mut step = step();
        assert!(!step.is_as_expected());
        step.expect("the sun to shine", true);
        assert!(step.is_as_expected());
        step.expect("rain", false);
        assert_eq!(step.surprises, ["expected rain"]);
        assert!(!step.is_as_expected());
    }

    #[test]
    fn an_error_must_be_the_one_that_was_to_come() {
        let mut missing = step();
        assert!(missing.expect_error(Ok(()), NOT_PAID).is_none());
        assert!(!missing.is_as_expected());
        let mut other = step();
        assert!(other.expect_error(izly::Cents::new(-1), NOT_PAID).is_some());
        assert_eq!(other.errors[0]["kind"], "invalid_input");
        assert!(other.surprises[0].contains("kind not_paid"), "{:?}", other.surprises);
    }
}
