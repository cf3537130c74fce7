//! Splitting an input that has more than one part. Lines, so that a person can read and write a corpus.

/// The first line as text, and all that follows it. What is not text, or has no second line, is no such input.
pub(crate) fn first_line(input: &[u8]) -> Option<(&str, &[u8])> {
    let end = input.iter().position(|byte| *byte == b'\n')?;
    let line = std::str::from_utf8(&input[..end]).ok()?;
    Some((line, &input[end + 1..]))
}

/// The same where both parts are texts.
pub(crate) fn two_texts(input: &[u8]) -> Option<(&str, &str)> {
    let (first, rest) = first_line(input)?;
    Some((first, std::str::from_utf8(rest).ok()?))
}
