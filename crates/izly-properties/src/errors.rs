//! What must hold of every error, whatever a server put into its answer.

use izly::Error;
use percent_encoding::percent_decode_str;

/// The longest line an error may be: 600 characters of a message, what stands before and after it, and an ellipsis.
const LONGEST_LINE: usize = 640;
/// As the documentation of `Error::raw_excerpt` says.
const LONGEST_EXCERPT: usize = 512;

/// One line of a bounded length, a short excerpt, and none of these secrets anywhere, not as the escapes of a URL either.
pub(crate) fn hold(error: &Error, secrets: &[&str]) {
    let line = error.to_string();
    assert!(line.chars().count() <= LONGEST_LINE, "{} characters: {line}", line.chars().count());
    assert!(!line.chars().any(char::is_control), "more than a line: {line:?}");
    let excerpt = error.raw_excerpt().unwrap_or_default();
    assert!(excerpt.len() <= LONGEST_EXCERPT, "an excerpt of {} bytes", excerpt.len());
    let debug = format!("{error:?}");
    let said = [error.api_message(), error.title(), error.oauth_error(), error.field()];
    let shown = [Some(&*line), Some(&*debug), Some(excerpt)];
    for text in shown.into_iter().chain(said).flatten() {
        // The same text where there is nothing to decode.
        let plain = percent_decode_str(text).decode_utf8_lossy();
        let texts = if plain == text { &[text][..] } else { &[text, &*plain][..] };
        let is_shown = |secret: &&str| texts.iter().any(|text| text.contains(secret));
        assert!(!secrets.iter().any(is_shown), "a secret is shown: {text}");
    }
}
