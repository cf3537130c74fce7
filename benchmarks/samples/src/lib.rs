//! Answers as large as a benchmark wants them, made from the texts beside this crate.

use std::fmt::Write as _;

/// The sample with one more text in it, so that it has this many bytes, or as few more as that takes.
///
/// ```
/// let sample = izly_benchmark_samples::padded(r#"{"Amount":1.50}"#, 40);
/// assert_eq!(sample, r#"{"Amount":1.50,"Padding":"xxxxxxxxxxxx"}"#);
/// ```
pub fn padded(sample: &str, bytes: usize) -> String {
    const AROUND: usize = r#","Padding":"""#.len();
    let padding = "x".repeat(bytes.saturating_sub(sample.len() + AROUND));
    sample.replacen('}', &format!(r#","Padding":"{padding}"}}"#), 1)
}

/// The sample with so many more fields, which nobody knows.
///
/// ```
/// let sample = izly_benchmark_samples::with_fields(r#"{"Amount":1.50}"#, 2);
/// assert_eq!(sample, r#"{"Amount":1.50,"Field0":0,"Field1":1}"#);
/// ```
pub fn with_fields(sample: &str, count: usize) -> String {
    let fields = (0..count).fold(String::new(), |mut fields, number| {
        // Writing to a text cannot fail.
        let _ = write!(fields, r#","Field{number}":{number}"#);
        fields
    });
    sample.replacen('}', &format!("{fields}}}"), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_have_the_size_and_the_fields_that_they_should() {
        let sample = r#"{"Amount":1.50}"#;
        assert_eq!(padded(sample, 400).len(), 400);
        assert_eq!(with_fields(sample, 2), r#"{"Amount":1.50,"Field0":0,"Field1":1}"#);
        assert_eq!(with_fields(sample, 0), sample);
    }
}
