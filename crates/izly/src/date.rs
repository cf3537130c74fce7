//! Dates as Izly writes them: local civil time, no zone.

use std::fmt;

/// A date and time from a reply, kept as it was written and, where it can be, as numbers.
///
/// Izly documents no time zone, and writes two forms: `03/05/2021 15:37:30` (day first) when a payment is created, and
/// `2021-12-09T18:53:34` when it is read. A date that cannot be read never fails a payment: [`civil`](Date::civil) is
/// then `None` and [`text`](Date::text) still holds what came (protocol §6).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Date {
    text: String,
    civil: Option<CivilDateTime>,
}

impl Date {
    /// Reads a date as Izly writes it. Never fails: what cannot be read is still kept.
    ///
    /// ```
    /// use izly::Date;
    ///
    /// let date = Date::read("03/05/2021 15:37:30");
    /// assert_eq!(date.civil().map(|civil| civil.to_string()).as_deref(), Some("2021-05-03T15:37:30"));
    /// assert_eq!(Date::read("demain").civil(), None);
    /// ```
    pub fn read(text: impl Into<String>) -> Self {
        let text = text.into();
        let civil = CivilDateTime::read(&text);
        Date { text, civil }
    }

    /// The date as Izly wrote it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The date as numbers, as local civil time; an offset, if Izly wrote one, is only in [`text`](Date::text).
    pub fn civil(&self) -> Option<CivilDateTime> {
        self.civil
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Date({:?})", self.text)
    }
}

/// A date and a time of day, without a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct CivilDateTime {
    /// The year, 1 to 9999.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, 1 to 31, valid for its month.
    pub day: u8,
    /// The hour, 0 to 23.
    pub hour: u8,
    /// The minute, 0 to 59.
    pub minute: u8,
    /// The second, 0 to 59.
    pub second: u8,
    /// The fraction of the second in nanoseconds, 0 to 999 999 999.
    pub nanosecond: u32,
}

/// ISO 8601 without a zone: `2021-12-09T18:53:34`, with a fraction only if there is one.
impl fmt::Display for CivilDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CivilDateTime { year, month, day, hour, minute, second, nanosecond } = self;
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        if *nanosecond == 0 {
            return Ok(());
        }
        let fraction = format!("{nanosecond:09}");
        write!(f, ".{}", fraction.trim_end_matches('0'))
    }
}

impl CivilDateTime {
    /// Reads `dd/MM/yyyy HH:mm:ss` or ISO 8601, each with an optional fraction and offset.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut rest = Cursor(text.as_bytes());
        let day_first = text.as_bytes().get(2) == Some(&b'/');
        let (year, month, day) = if day_first {
            let (day, month) = (rest.digits(2)?, rest.after(b'/')?.digits(2)?);
            (rest.after(b'/')?.digits(4)?, month, day)
        } else {
            let (year, month) = (rest.digits(4)?, rest.after(b'-')?.digits(2)?);
            (year, month, rest.after(b'-')?.digits(2)?)
        };
        rest.after(if day_first { b' ' } else { b'T' })?;
        let (hour, minute) = (rest.digits(2)?, rest.after(b':')?.digits(2)?);
        let second = rest.after(b':')?.digits(2)?;
        let nanosecond = rest.fraction()?;
        rest.offset()?;
        let is_valid = rest.0.is_empty()
            && year >= 1
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day)
            && hour < 24
            && minute < 60
            && second < 60;
        // Each number below has at most two digits, so the narrowing cannot lose any.
        is_valid.then_some(CivilDateTime {
            year: u16::try_from(year).ok()?,
            month: u8::try_from(month).ok()?,
            day: u8::try_from(day).ok()?,
            hour: u8::try_from(hour).ok()?,
            minute: u8::try_from(minute).ok()?,
            second: u8::try_from(second).ok()?,
            nanosecond,
        })
    }
}

fn days_in_month(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// What is left to read of a date.
struct Cursor<'a>(&'a [u8]);

impl Cursor<'_> {
    /// Exactly `count` digits.
    fn digits(&mut self, count: usize) -> Option<u32> {
        let (head, tail) = self.0.split_at_checked(count)?;
        self.0 = tail;
        head.iter().try_fold(0, |sum, b| b.is_ascii_digit().then(|| sum * 10 + u32::from(b - b'0')))
    }

    fn after(&mut self, separator: u8) -> Option<&mut Self> {
        self.0 = self.0.strip_prefix(&[separator])?;
        Some(self)
    }

    /// An optional point and one to nine digits, as nanoseconds.
    fn fraction(&mut self) -> Option<u32> {
        if self.0.first() != Some(&b'.') {
            return Some(0);
        }
        self.after(b'.')?;
        let count = self.0.iter().take_while(|b| b.is_ascii_digit()).count();
        if !(1..=9).contains(&count) {
            return None;
        }
        let exponent = u32::try_from(9 - count).ok()?;
        Some(self.digits(count)? * 10_u32.pow(exponent))
    }

    /// An optional `Z`, `+02`, `+0200` or `+02:00`.
    fn offset(&mut self) -> Option<()> {
        match self.0.first() {
            None => return Some(()),
            Some(b'Z') => {
                self.after(b'Z')?;
                return Some(());
            }
            Some(sign @ (b'+' | b'-')) => self.after(*sign)?,
            Some(_) => return None,
        };
        let hours = self.digits(2)?;
        let minutes = match self.0.first() {
            None => 0,
            Some(b':') => self.after(b':')?.digits(2)?,
            Some(_) => self.digits(2)?,
        };
        (hours < 24 && minutes < 60).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_forms() {
        for (text, civil) in [
            ("03/05/2021 15:37:30", "2021-05-03T15:37:30"),
            ("2021-12-09T18:53:34", "2021-12-09T18:53:34"),
            ("2021-12-09T18:53:34.5", "2021-12-09T18:53:34.5"),
            ("2021-12-09T18:53:34.123456789Z", "2021-12-09T18:53:34.123456789"),
            ("2021-12-09T18:53:34+02:00", "2021-12-09T18:53:34"),
            ("2021-12-09T18:53:34+0200", "2021-12-09T18:53:34"),
            ("2021-12-09T18:53:34-02", "2021-12-09T18:53:34"),
            ("29/02/2024 00:00:00", "2024-02-29T00:00:00"),
            ("2000-02-29T23:59:59", "2000-02-29T23:59:59"),
        ] {
            assert_eq!(CivilDateTime::read(text).unwrap().to_string(), civil, "{text}");
        }
    }

    #[test]
    fn keeps_what_it_cannot_read() {
        for text in [
            "",
            "yesterday",
            "31/02/2021 10:00:00",
            "29/02/2023 10:00:00",
            "1900-02-29T10:00:00",
            "2021-13-01T10:00:00",
            "2021-12-09T24:00:00",
            "2021-12-09T10:60:00",
            "2021-12-09T10:00:60",
            "2021-12-09",
            "3/5/2021 15:37:30",
            "03/05/2021T15:37:30",
            "2021-12-09 18:53:34",
            "2021-12-09T18:53:34.",
            "2021-12-09T18:53:34.1234567890",
            "2021-12-09T18:53:34+2",
            "2021-12-09T18:53:34+02:",
            "2021-12-09T18:53:34 ",
            "0000-01-01T00:00:00",
            "2021-12-0９T18:53:34",
        ] {
            let date = Date::read(text.to_owned());
            assert_eq!(date.civil(), None, "{text}");
            assert_eq!(date.text(), text);
        }
    }
}
