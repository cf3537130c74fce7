//! The states of a payment.

use std::fmt;

/// The state of a payment, as Izly gives it.
///
/// The guide documents `Waiting`, `Completed` and `Refund`; the vendor's older API also knew the others named here
/// (protocol §6). Whatever else comes is kept as it came in [`Status::Other`], numbers included: the older API's
/// numbers are not documented for this one, so they decide nothing. **Only [`Status::Completed`] means paid.**
///
/// ```
/// use izly::Status;
///
/// assert!(Status::from("Completed").is_paid());
/// assert_eq!(Status::from("Gelé"), Status::Other("Gelé".to_owned()));
/// assert!(!Status::from("Gelé").is_final());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Status {
    /// Created; the student has not approved yet.
    Waiting,
    /// Paid.
    Completed,
    /// Paid, then refunded.
    Refund,
    /// Refused.
    Refused,
    /// Cancelled by the student.
    Cancelled,
    /// Being decided.
    WaitingForValidation,
    /// Anything else, as it came.
    Other(String),
}

impl Status {
    /// The state's name: the guide's spelling for a known one, the text as it came for another.
    pub fn as_str(&self) -> &str {
        match self {
            Status::Waiting => "Waiting",
            Status::Completed => "Completed",
            Status::Refund => "Refund",
            Status::Refused => "Refused",
            Status::Cancelled => "Cancelled",
            Status::WaitingForValidation => "WaitingForValidation",
            Status::Other(text) => text,
        }
    }

    /// Whether the student has paid. True of [`Status::Completed`] alone.
    pub fn is_paid(&self) -> bool {
        matches!(self, Status::Completed)
    }

    /// Whether the state can no longer turn into paid, or is paid already.
    ///
    /// An unknown state is not final: someone may have been debited, so a program must keep asking.
    pub fn is_final(&self) -> bool {
        matches!(self, Status::Completed | Status::Refund | Status::Refused | Status::Cancelled)
    }
}

impl From<&str> for Status {
    /// Reads a state's name, whatever its casing.
    fn from(text: &str) -> Self {
        static NAMES: [(&str, Status); 8] = [
            ("Completed", Status::Completed),
            ("Waiting", Status::Waiting),
            ("Refund", Status::Refund),
            ("Refunded", Status::Refund),
            ("Refused", Status::Refused),
            ("Cancelled", Status::Cancelled),
            ("Canceled", Status::Cancelled),
            ("WaitingForValidation", Status::WaitingForValidation),
        ];
        let known = NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
        known.map_or_else(|| Status::Other(text.to_owned()), |(_, status)| status.clone())
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_completed_is_paid() {
        for text in
            ["Waiting", "Refund", "Refused", "Cancelled", "WaitingForValidation", "1", "Complete", "completed ", ""]
        {
            assert!(!Status::from(text).is_paid(), "{text}");
        }
        assert!(Status::from("COMPLETED").is_paid());
    }

    #[test]
    fn unknown_states_are_kept_and_not_final() {
        assert_eq!(Status::from("3").as_str(), "3");
        assert!(!Status::from("3").is_final());
        assert!(Status::from("canceled").is_final());
    }
}
