//! The texts that are read.

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
