//! Money: integer centimes, and exact reading of decimal texts. No float anywhere.

use std::fmt;

use crate::error::Error;

/// An amount in centimes of a euro, from 0 to 2 147 483 647.
///
/// The upper end is that of the `Int` in which the guide declares amounts (protocol §4.1). A payment needs at least
/// one centime; [`Order::new`](crate::Order::new) sees to that.
///
/// ```
/// use izly::Cents;
///
/// let price = Cents::new(150)?;
/// assert_eq!(price.get(), 150);
/// assert_eq!(price.to_string(), "1.50");
/// assert_eq!(Cents::from_euros("1.50")?, price);
/// assert!(Cents::new(-1).is_err());
/// # Ok::<(), izly::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cents(u32);

impl Cents {
    /// The largest amount the protocol can express.
    pub const MAX: Cents = Cents(i32::MAX.unsigned_abs());

    /// An amount of so many centimes.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput), field `amount`, outside 0 to 2 147 483 647.
    pub fn new(cents: i64) -> Result<Self, Error> {
        match u32::try_from(cents) {
            Ok(cents) if cents <= Self::MAX.0 => Ok(Cents(cents)),
            _ => Err(Error::invalid("amount", "must be 0 to 2147483647 centimes")),
        }
    }

    /// Reads an amount in euros, exactly: digits, then at most two decimals after a point.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput), field `amount`: a sign, a comma, an exponent, a space, a
    /// third decimal, or a value out of range.
    pub fn from_euros(text: &str) -> Result<Self, Error> {
        AmountUnit::Euros.read(text).map_err(|rule| Error::invalid("amount", rule))
    }

    /// The number of centimes.
    pub const fn get(self) -> u32 {
        self.0
    }
}

/// Euros with two decimals and a point, `1.50`, whatever the locale.
impl fmt::Display for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}.{:02}", self.0 / 100, self.0 % 100))
    }
}

impl fmt::Debug for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cents({})", self.0)
    }
}

/// The unit of the amounts in Izly's replies (a [`Wire`](crate::Wire) switch).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum AmountUnit {
    /// `1.00` is one euro, as the guide's samples of a read show (protocol §4.4). The default.
    #[default]
    Euros,
    /// `100.00` is one euro, as callbacks in production have shown (protocol §4.3).
    Centimes,
}

impl AmountUnit {
    /// Reads a decimal literal of this unit, exactly. The error is the rule it breaks, to follow a field's name.
    pub(crate) fn read(self, literal: &str) -> Result<Cents, &'static str> {
        let (whole, decimals) = match literal.split_once('.') {
            None => (literal, ""),
            Some((_, "")) => return Err(SHAPE),
            Some(parts) => parts,
        };
        let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !is_digits(whole) || !is_digits(decimals) {
            return Err(SHAPE);
        }
        if decimals.len() > 2 {
            return Err("must have at most two decimals");
        }
        let padding = std::iter::repeat_n(b'0', 2 - decimals.len());
        let hundredths = whole.bytes().chain(decimals.bytes()).chain(padding).try_fold(0_u64, |sum, digit| {
            // Checked at each digit, so that a very long text can never wrap round.
            Some(sum * 10 + u64::from(digit - b'0')).filter(|sum| *sum <= MAX_HUNDREDTHS)
        });
        let hundredths = hundredths.ok_or(RANGE)?;
        let cents = match self {
            AmountUnit::Euros => hundredths,
            AmountUnit::Centimes if hundredths % 100 == 0 => hundredths / 100,
            AmountUnit::Centimes => return Err("must be a whole number of centimes"),
        };
        match u32::try_from(cents) {
            Ok(cents) if cents <= Cents::MAX.0 => Ok(Cents(cents)),
            _ => Err(RANGE),
        }
    }
}

const SHAPE: &str = "must be a plain decimal number such as 1.50";
const RANGE: &str = "is out of range";
/// The largest amount, written in the unit that gives the most hundredths.
const MAX_HUNDREDTHS: u64 = Cents::MAX.0 as u64 * 100;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_exactly_what_is_written() {
        for (text, cents) in [
            ("0", 0),
            ("1", 100),
            ("1.5", 150),
            ("1.00", 100),
            ("0.29", 29),
            ("4.35", 435),
            ("007.10", 710),
            ("21474836.47", 2_147_483_647),
        ] {
            assert_eq!(AmountUnit::Euros.read(text), Ok(Cents(cents)), "{text}");
        }
        for (text, cents) in [("200", 200), ("200.0", 200), ("200.00", 200), ("2147483647.00", 2_147_483_647)] {
            assert_eq!(AmountUnit::Centimes.read(text), Ok(Cents(cents)), "{text}");
        }
    }

    #[test]
    fn refuses_everything_else() {
        for text in [
            "",
            ".",
            "1.",
            ".5",
            "+1",
            "-1",
            "-0",
            "1e2",
            "1,50",
            " 1",
            "1 ",
            "1 000",
            "NaN",
            "inf",
            "0x10",
            "1.000",
            "1.234",
            "21474836.48",
            "99999999999999999999999",
            "１",
            "1.5.0",
            "1_0",
        ] {
            assert!(AmountUnit::Euros.read(text).is_err(), "{text:?}");
        }
        assert!(AmountUnit::Centimes.read("200.50").is_err());
        assert!(AmountUnit::Centimes.read("2147483648").is_err());
    }

    #[test]
    fn shows_euros() {
        assert_eq!(Cents(5).to_string(), "0.05");
        assert_eq!(Cents::MAX.to_string(), "21474836.47");
        assert_eq!(format!("{:>8}", Cents(150)), "    1.50");
    }
}
