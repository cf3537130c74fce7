//! Virtual time, in milliseconds since a world began.

/// A moment, or a length of time.
pub(crate) type Millis = u64;

pub(crate) const SECOND: Millis = 1_000;
pub(crate) const MINUTE: Millis = 60 * SECOND;
pub(crate) const HOUR: Millis = 60 * MINUTE;
pub(crate) const DAY: Millis = 24 * HOUR;

/// `2d 03:04:05.678`, for stories.
pub(crate) fn in_words(at: Millis) -> String {
    let (days, hours) = (at / DAY, at % DAY / HOUR);
    let (minutes, seconds, thousandths) = (at % HOUR / MINUTE, at % MINUTE / SECOND, at % SECOND);
    format!("{days}d {hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_read_as_clocks() {
        assert_eq!(in_words(0), "0d 00:00:00.000");
        assert_eq!(in_words(2 * DAY + 3 * HOUR + 4 * MINUTE + 5 * SECOND + 678), "2d 03:04:05.678");
    }
}
