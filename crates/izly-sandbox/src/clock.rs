//! The sandbox's clock: virtual by default, so that dates are the same on each run.

use std::fmt;
use std::time::Duration;

use jiff::SignedDuration;
use jiff::civil::{DateTime, date};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Which clock dates come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ClockMode {
    /// Starts on 2026-01-05 at 09:00:00 and advances by one second each time something is created (a code, a token, a
    /// payment, a refund). Never moves by itself.
    #[default]
    Virtual,
    /// The machine's local time. Replies then differ from run to run.
    Real,
}

/// A local date and time without a zone, as Izly writes them (*documented*: no zone appears anywhere).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(DateTime);

impl Date {
    /// `2021-12-09T18:53:34`, as in the reading of a payment.
    pub fn iso(self) -> String {
        self.0.strftime("%Y-%m-%dT%H:%M:%S").to_string()
    }

    /// `03/05/2021 15:37:30`, as in the creation of a payment and in callbacks.
    pub fn french(self) -> String {
        self.0.strftime("%d/%m/%Y %H:%M:%S").to_string()
    }

    /// The seconds of the minute.
    pub(crate) fn second(self) -> i8 {
        self.0.second()
    }

    /// This date and `seconds` more. Saturates at the end of the calendar.
    pub(crate) fn plus(self, seconds: u64) -> Self {
        let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
        Self(self.0.saturating_add(SignedDuration::from_secs(seconds)))
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.iso())
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iso())
    }
}

/// Says what time it is.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Clock {
    mode: ClockMode,
    virtual_now: Date,
    /// What `advance` has added, to either clock.
    advanced_seconds: u64,
}

impl Clock {
    /// The most seconds that an administrator adds at once. Ten years: beyond it a slip of the finger.
    pub(crate) const LONGEST_ADVANCE: u64 = 315_360_000;

    pub(crate) fn new(mode: ClockMode) -> Self {
        let start = date(2026, 1, 5).at(9, 0, 0, 0);
        Self { mode, virtual_now: Date(start), advanced_seconds: 0 }
    }

    pub(crate) fn mode(&self) -> ClockMode {
        self.mode
    }

    pub(crate) fn set_mode(&mut self, mode: ClockMode) {
        self.mode = mode;
    }

    /// All that was ever added by hand, which is what makes a waiting callback due.
    pub(crate) fn advanced_seconds(&self) -> u64 {
        self.advanced_seconds
    }

    pub(crate) fn now(&self) -> Date {
        match self.mode {
            ClockMode::Virtual => self.virtual_now,
            ClockMode::Real => Date(jiff::Zoned::now().datetime()).plus(self.advanced_seconds),
        }
    }

    /// The date of a thing being created: two things never share one under the virtual clock.
    pub(crate) fn tick(&mut self) -> Date {
        self.virtual_now = self.virtual_now.plus(1);
        self.now()
    }

    pub(crate) fn advance(&mut self, by: Duration) {
        self.virtual_now = self.virtual_now.plus(by.as_secs());
        self.advanced_seconds = self.advanced_seconds.saturating_add(by.as_secs());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_virtual_clock_moves_only_when_told() {
        let mut clock = Clock::new(ClockMode::Virtual);
        assert_eq!(clock.now().iso(), "2026-01-05T09:00:00");
        assert_eq!(clock.now(), clock.now());
        assert_eq!(clock.tick().french(), "05/01/2026 09:00:01");
        clock.advance(Duration::from_hours(24));
        assert_eq!(clock.now().iso(), "2026-01-06T09:00:01");
    }

    #[test]
    fn the_real_clock_can_be_advanced_too() {
        let mut clock = Clock::new(ClockMode::Real);
        let before = clock.now();
        clock.advance(Duration::from_hours(1));
        assert!(clock.now() >= before.plus(3600));
    }

    #[test]
    fn an_absurd_advance_saturates() {
        let mut clock = Clock::new(ClockMode::Virtual);
        clock.advance(Duration::MAX);
        assert!(clock.now().iso().starts_with("9999-"));
    }
}
