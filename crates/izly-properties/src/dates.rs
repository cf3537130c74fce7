//! Dates (protocol §6), against a calendar that is not ours.

use izly::{CivilDateTime, Date};

/// A date keeps its text; what is read of it is a day that exists, prints as it came, and is read whenever it is one.
pub fn dates(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let date = Date::read(text);
    assert_eq!((date.text(), date.to_string().as_str()), (text, text));
    match date.civil() {
        Some(civil) => {
            assert_prints_as_it_came(&civil, text);
            assert_eq!(Date::read(civil.to_string()).civil(), Some(civil), "{civil}");
            let known = jiff(&civil).unwrap_or_else(|error| panic!("{text} was read as {civil}: {error}"));
            assert_eq!(known.to_string(), civil.to_string());
        }
        None => assert!(!is_a_date(text), "{text} is a date"),
    }
}

fn jiff(civil: &CivilDateTime) -> Result<jiff::civil::DateTime, jiff::Error> {
    let small = |number: u8| i8::try_from(number).unwrap_or(i8::MAX);
    jiff::civil::DateTime::new(
        i16::try_from(civil.year).unwrap_or(i16::MAX),
        small(civil.month),
        small(civil.day),
        small(civil.hour),
        small(civil.minute),
        small(civil.second),
        i32::try_from(civil.nanosecond).unwrap_or(i32::MAX),
    )
}

/// The figures, written in the form they came in, are what stood there.
fn assert_prints_as_it_came(civil: &CivilDateTime, text: &str) {
    let CivilDateTime { year, month, day, hour, minute, second, nanosecond, .. } = *civil;
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    let day_first = format!("{day:02}/{month:02}/{year:04} {time}");
    let year_first = format!("{year:04}-{month:02}-{day:02}T{time}");
    let rest = text.strip_prefix(&day_first).or_else(|| text.strip_prefix(&year_first));
    let rest = rest.unwrap_or_else(|| panic!("{text} was read as {civil}"));
    let fraction = rest.strip_prefix('.').unwrap_or_default();
    let fraction = fraction.split(['Z', '+', '-']).next().unwrap_or_default();
    assert_eq!(format!("{fraction:0<9}"), format!("{nanosecond:09}"), "{text} was read as {civil}");
}

/// Whether the text is one of the two forms, without fraction and offset, of a day that exists.
fn is_a_date(text: &str) -> bool {
    let is_written_so = |form: &str| {
        let fits = |(letter, place): (u8, u8)| if place == b'0' { letter.is_ascii_digit() } else { letter == place };
        text.len() == form.len() && text.bytes().zip(form.bytes()).all(fits)
    };
    let form = if is_written_so("00/00/0000 00:00:00") {
        "%d/%m/%Y %H:%M:%S"
    } else if is_written_so("0000-00-00T00:00:00") {
        "%Y-%m-%dT%H:%M:%S"
    } else {
        return false;
    };
    // The calendar knows a year 0 and leap seconds; this protocol does not.
    let has_year = !text.contains("/0000 ") && !text.starts_with("0000-");
    has_year && !text.ends_with(":60") && jiff::civil::DateTime::strptime(form, text).is_ok()
}
