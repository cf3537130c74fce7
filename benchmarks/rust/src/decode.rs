//! The decoding: from the bytes of a body to values.
//!
//! The peers decode into structs with the exact names of the samples, whose texts are borrowed from the body, and convert
//! nothing: amounts and dates stay texts wherever the library allows it. izly gives owned and checked values.

pub(crate) mod izly;
pub(crate) mod serde_json;
mod shapes;
pub(crate) mod simd_json;
pub(crate) mod sonic_rs;

use crate::Failure;

/// What is read of each result to prove that it was decoded.
struct Proof<'a> {
    /// In centimes; where it is left as a text, the length of that.
    amount: u64,
    order_id: &'a str,
    operation_id: u64,
    minute: u64,
}

impl Proof<'_> {
    fn number(&self) -> u64 {
        self.amount + length(self.order_id) + self.operation_id % 10 + self.minute
    }
}

fn length(text: &str) -> u64 {
    text.len() as u64
}

/// The minute in a date that is a text: at the same place in both of Izly's forms.
fn minute(date: &str) -> Result<u64, Failure> {
    Ok(date.get(14..16).ok_or("the date is too short")?.parse()?)
}

/// The centimes in a float of euros, for the libraries that give a number as nothing else.
// No amount of a sample is negative or beyond what a float holds.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn centimes(euros: f64) -> u64 {
    (euros * 100.0).round() as u64
}
