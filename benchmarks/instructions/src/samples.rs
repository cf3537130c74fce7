//! The texts that are read, and answers as large as they are wanted.

use std::fmt::Write as _;

pub(crate) const CALLBACK: &str = include_str!("../../samples/callback.json");
pub(crate) const PAYMENT: &str = include_str!("../../samples/payment.json");
const PENDING: &str = include_str!("../../samples/pending.json");
/// What Izly answers when it knows no such operation (protocol §5).
pub(crate) const FAULT: &str =
    r#"{"Code":356,"ErrorMessage":"Opération introuvable","Title":"L'opération ne peut pas aboutir","Priority":2}"#;

/// The answer to a payment, from this environment.
pub(crate) fn pending(base: &str) -> String {
    PENDING.replace("{base}", base)
}

/// A payment with one more text in it, so that it has this size.
pub(crate) fn padded(size: usize) -> String {
    const AROUND: usize = r#","Padding":"""#.len();
    let padding = "x".repeat(size.saturating_sub(PAYMENT.len() + AROUND));
    PAYMENT.replacen('}', &format!(r#","Padding":"{padding}"}}"#), 1)
}

/// A payment with so many more fields.
pub(crate) fn with_fields(count: usize) -> String {
    let fields = (0..count).fold(String::new(), |mut fields, number| {
        // Writing to a text cannot fail.
        let _ = write!(fields, r#","Field{number}":{number}"#);
        fields
    });
    PAYMENT.replacen('}', &format!("{fields}}}"), 1)
}
