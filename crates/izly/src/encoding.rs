//! Percent-encoding, once on the way out and once on the way in, and the rules for texts that end up in URLs.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Everything but RFC 3986's unreserved characters. A space becomes `%20`, never `+` (protocol §3.1).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Appends `text` to `url`, percent-encoded as UTF-8 with upper-case hex.
pub(crate) fn push_encoded(url: &mut String, text: &str) {
    url.extend(utf8_percent_encode(text, RESERVED));
}

pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push_encoded(&mut out, text);
    out
}

/// Undoes percent-encoding once. `+` stays `+`: codes look like Base64, where it is a letter of its own.
pub(crate) fn decoded(text: &str) -> Result<Cow<'_, str>, &'static str> {
    if !has_whole_escapes(text) {
        return Err("holds a broken percent sequence");
    }
    percent_decode_str(text).decode_utf8().map_err(|_| "is not UTF-8")
}

fn has_whole_escapes(text: &str) -> bool {
    let is_hex = |byte: Option<u8>| byte.is_some_and(|b| b.is_ascii_hexdigit());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' && !(is_hex(bytes.next()) && is_hex(bytes.next())) {
            return false;
        }
    }
    true
}

/// Whether a text may stand in a URL as it is: RFC 3986 characters and whole escapes only. Browsers repair the rest,
/// each in its own way (a backslash becomes a slash), so the rest is refused.
pub(crate) fn is_url_text(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&b))
        && has_whole_escapes(text)
}

/// Whether a text may stand in the query of a URL as it is.
pub(crate) fn is_query_text(text: &str) -> bool {
    is_url_text(text) && !text.contains(['#', '[', ']'])
}

pub(crate) fn has_control_characters(text: &str) -> bool {
    text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_all_but_unreserved() {
        assert_eq!(encoded("Aix Marseille-777"), "Aix%20Marseille-777");
        assert_eq!(encoded("a+b/c="), "a%2Bb%2Fc%3D");
        assert_eq!(encoded("é~_.&@"), "%C3%A9~_.%26%40");
    }

    #[test]
    fn decodes_once() {
        assert_eq!(decoded("MTs1%3d").unwrap(), "MTs1=");
        assert_eq!(decoded("a+b%253D").unwrap(), "a+b%3D");
        for broken in ["%", "%4", "%zz", "a%2", "%ff"] {
            assert!(decoded(broken).is_err(), "{broken}");
        }
    }
}
