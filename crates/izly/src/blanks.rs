//! Keeping secrets out of what a server says back.

use percent_encoding::percent_decode_str;
use zeroize::Zeroizing;

use crate::encoding::encoded;
use crate::protocol::Partner;
use crate::secret::REDACTED;

/// What is shorter is no secret, and stands in half the words there are.
const SHORTEST: usize = 4;

/// Below this many bytes a secret is blanked in a server's words only: in ours it would blank ordinary words.
const SHORT: usize = 8;

/// The texts that must not come back out of an error, however a server echoes them.
pub(crate) struct Blanks(Vec<Zeroizing<String>>);

impl Blanks {
    pub(crate) fn of(carried: &[&str], partner: &Partner) -> Self {
        let key = partner.api_key();
        let secret = key.secret();
        let own = [key.reveal(), secret.as_str()];
        Blanks::hiding(own.into_iter().chain(carried.iter().copied()))
    }

    /// These texts alone, for where no key is at hand.
    pub(crate) fn hiding<'s>(secrets: impl Iterator<Item = &'s str>) -> Self {
        let mut secrets: Vec<_> = secrets.map(|secret| Zeroizing::new(secret.to_owned())).collect();
        let escaped: Vec<_> = secrets.iter().map(|secret| Zeroizing::new(encoded(secret))).collect();
        let lower: Vec<_> = escaped.iter().map(|secret| Zeroizing::new(lower_escapes(secret))).collect();
        secrets.extend(escaped.into_iter().chain(lower));
        secrets.retain(|secret| secret.len() >= SHORTEST);
        // The longest first, or the end of a longer one would be left standing.
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        Blanks(secrets)
    }

    /// A server's words without the secrets; nothing of them where one is written in a way that cannot be cut out.
    pub(crate) fn clean(&self, text: &str) -> String {
        let mut text = text.to_owned();
        self.cut(&mut text, SHORTEST);
        if self.is_hidden_in(&text, SHORTEST) { REDACTED.to_owned() } else { text }
    }

    /// Our own words, which may quote what the server made up: a name, or its words where they could not be told apart
    /// from others that were blanked before.
    pub(crate) fn clean_message(&self, message: &mut String) {
        self.cut(message, SHORT);
        if self.is_hidden_in(message, SHORT) {
            REDACTED.clone_into(message);
        }
    }

    /// Blanks the secrets of at least this many bytes.
    fn cut(&self, text: &mut String, shortest: usize) {
        for secret in self.0.iter().filter(|secret| secret.len() >= shortest) {
            if text.contains(secret.as_str()) {
                *text = text.replace(secret.as_str(), REDACTED);
            }
        }
    }

    /// Whether a secret of at least this many bytes stands there once escapes of URLs, JSON and HTML are undone.
    fn is_hidden_in(&self, text: &str, shortest: usize) -> bool {
        let plain = Zeroizing::new(unescaped(text));
        let plain = Zeroizing::new(percent_decode_str(&plain).decode_utf8_lossy().into_owned());
        self.0.iter().any(|secret| secret.len() >= shortest && plain.contains(secret.as_str()))
    }
}

/// `%2B` to `%2b`: Izly writes its escapes so (protocol §3.1).
fn lower_escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters_of_escape = 0;
    for letter in text.chars() {
        if letters_of_escape > 0 {
            letters_of_escape -= 1;
            out.push(letter.to_ascii_lowercase());
        } else {
            letters_of_escape = if letter == '%' { 2 } else { 0 };
            out.push(letter);
        }
    }
    out
}

/// Undoes the escapes that JSON (`\u002B`, `\/`) and HTML (`&#43;`, `&#x2b;`) may put in place of a letter of Base64.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '&']) {
        out.push_str(&rest[..at]);
        let (letter, length) = escape_at(&rest[at..]);
        out.push(letter);
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    out
}

/// The letter that an escape stands for, and how long the escape is; the letter itself where there is none.
fn escape_at(text: &str) -> (char, usize) {
    let hex =
        |digits: Option<&str>| digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
    if let Some(letter) = text.strip_prefix("\\u").and_then(|rest| hex(rest.get(..4))) {
        return (letter, 6);
    }
    if text.starts_with("\\/") {
        return ('/', 2);
    }
    if let Some((number, _)) = text.strip_prefix("&#").and_then(|rest| rest.split_once(';')) {
        let letter = match number.strip_prefix(['x', 'X']) {
            Some(digits) => hex(Some(digits)),
            None => number.parse().ok().and_then(char::from_u32),
        };
        if let Some(letter) = letter {
            return (letter, "&#".len() + number.len() + 1);
        }
    }
    let first = text.chars().next().unwrap_or_default();
    (first, first.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blanks() -> Blanks {
        let secret = "MTs1+a/b=";
        Blanks([secret.to_owned(), encoded(secret), lower_escapes(&encoded(secret))].map(Zeroizing::new).into())
    }

    #[test]
    fn a_secret_is_found_however_it_is_written() {
        for written in [
            "MTs1+a/b=",
            "MTs1%2Ba%2Fb%3D",
            "MTs1%2ba%2fb%3d",
            r"MTs1\u002Ba\/b=",
            r"MTs1\u002ba\/b\u003d",
            "MTs1&#43;a&#x2F;b=",
            "MTs1%2ba/b&#61;",
        ] {
            let cleaned = blanks().clean(&format!("vous avez envoyé « {written} »"));
            assert!(!cleaned.contains("MTs1"), "{cleaned}");
        }
        let mut message = "the body holds `MTs1%2Ba%2fb&#61;` twice".to_owned();
        blanks().clean_message(&mut message);
        assert_eq!(message, REDACTED);
        assert_eq!(blanks().clean("code MTs1+a/b= inconnu"), "code *** inconnu");
        assert_eq!(blanks().clean(r"C:\u00e9 & co &#bad; 100 %"), r"C:\u00e9 & co &#bad; 100 %");
    }
}
