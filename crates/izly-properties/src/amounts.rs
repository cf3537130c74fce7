//! Amounts (protocol §6), against a decimal library.

use std::str::FromStr;

use bigdecimal::{BigDecimal, ToPrimitive};
use izly::protocol::{ReadPayment, Response};
use izly::{AmountUnit, Cents, OperationId, Wire};

use crate::partner::{answer, partner};

/// A text is an amount exactly when it is a plain decimal of at most two decimals in range, and then the one the decimal
/// library reads; an amount prints as what reads as it. The same of both units of a reply, as a text and as a number.
pub fn amounts(input: &[u8]) {
    if let Some(bytes) = input.first_chunk() {
        let cents = i64::from(i32::from_le_bytes(*bytes));
        assert_eq!(Cents::new(cents).is_ok(), cents >= 0);
        Cents::new(cents).into_iter().for_each(assert_prints_exactly);
    }
    let Ok(text) = std::str::from_utf8(input) else { return };
    assert_eq!(Cents::from_euros(text).ok().map(Cents::get), expected(text, 100), "{text}");
    for (unit, centimes) in [(AmountUnit::Euros, 100), (AmountUnit::Centimes, 1)] {
        // Nothing is trimmed from a text; around a number, white space is JSON's.
        let quoted = serde_json::Value::from(text).to_string();
        assert_eq!(read(unit, &quoted), expected(text, centimes), "{quoted} in {unit:?}");
        if serde_json::from_str::<serde_json::Number>(text).is_ok() {
            assert_eq!(read(unit, text), expected(text.trim_ascii(), centimes), "{text} in {unit:?}");
        }
    }
}

fn assert_prints_exactly(cents: Cents) {
    let text = cents.to_string();
    assert_eq!(
        BigDecimal::from_str(&text).map(|euros| euros * 100).ok(),
        Some(BigDecimal::from(cents.get())),
        "{text}"
    );
    assert_eq!(Cents::from_euros(&text).ok(), Some(cents), "{text}");
    assert_eq!(read(AmountUnit::Euros, &text), Some(cents.get()), "{text}");
    assert_eq!(read(AmountUnit::Centimes, &cents.get().to_string()), Some(cents.get()), "{text}");
}

/// What a text says in centimes when one of its unit is so many of them, by the decimal library.
fn expected(text: &str, centimes: u32) -> Option<u32> {
    let (whole, decimals) = text.split_once('.').map_or((text, None), |(whole, decimals)| (whole, Some(decimals)));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = is_digits(whole) && decimals.is_none_or(|decimals| is_digits(decimals) && decimals.len() <= 2);
    if !is_plain {
        return None;
    }
    let amount = BigDecimal::from_str(text).expect("digits, and perhaps a point between them") * centimes;
    let is_whole = amount.is_integer();
    amount.to_u32().filter(|cents| is_whole && *cents <= Cents::MAX.get())
}

/// An amount as the reply to a read has it.
fn read(unit: AmountUnit, literal: &str) -> Option<u32> {
    let mut wire = Wire::default();
    wire.reply_amounts = unit;
    let body = format!(r#"{{"OperationId":1,"OrderId":"a","OperationStatus":"Completed","Amount":{literal}}}"#);
    let call = ReadPayment::new(OperationId::new(1).expect("1 is a number"));
    answer(&call, &partner(wire), &Response::new(200, body)).ok().map(|payment| payment.amount.get())
}
