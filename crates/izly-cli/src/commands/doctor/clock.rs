//! Whether this machine's clock agrees with the server's.

use jiff::{SignedDuration, Timestamp};

use super::{Check, Verdict};

/// Tokens expire by the minute; below this nobody notices.
const TOLERATED: SignedDuration = SignedDuration::from_secs(60);

/// Compares with the `Date` header of the answer that the check before this one got.
pub(super) fn check(server_date: Option<&str>) -> Check {
    const NAME: &str = "clock";
    let parse = |date| jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(date).ok();
    let Some(date) = server_date.and_then(parse) else {
        return Check::new(NAME, Verdict::Warn, "the server does not say what time it is");
    };
    let ahead = Timestamp::now().duration_since(date);
    if ahead.abs() <= TOLERATED {
        return Check::new(NAME, Verdict::Ok, "agrees with the server's");
    }
    let direction = if ahead.is_negative() { "behind" } else { "ahead" };
    Check::new(NAME, Verdict::Warn, format!("{} s {direction} of the server's", ahead.abs().as_secs()))
        .advise("set the clock (NTP): certificates and tokens go by it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_is_tolerated_and_a_year_is_not() {
        let now = jiff::fmt::rfc2822::to_string(&Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC)).unwrap();
        assert_eq!(check(Some(&now)).verdict, Verdict::Ok);
        let old = check(Some("Sun, 05 Jan 2020 09:00:00 GMT"));
        assert!(old.verdict == Verdict::Warn && old.found.ends_with("ahead of the server's"), "{old:?}");
        for unreadable in [None, Some("yesterday")] {
            assert_eq!(check(unreadable).verdict, Verdict::Warn);
        }
    }
}
