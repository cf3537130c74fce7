//! Random texts nobody can guess: session ids, form tokens, order ids.

use std::fmt::Write as _;

use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

/// A text that only one browser knows. No `Debug`, so that it is in no log by accident.
#[derive(Clone)]
pub(super) struct Secret(Zeroizing<String>);

impl Secret {
    /// 256 random bits.
    pub(super) fn random() -> Result<Self, getrandom::Error> {
        Ok(Secret(Zeroizing::new(hexadecimal::<32>()?)))
    }

    /// What a browser sent, which may be one or not.
    pub(super) fn received(text: &str) -> Self {
        Secret(Zeroizing::new(text.to_owned()))
    }

    /// The secret itself, for the browser it belongs to.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether this is it, in a time that tells nothing about where it differs.
    pub(super) fn is(&self, text: &str) -> bool {
        self.0.as_bytes().ct_eq(text.as_bytes()).into()
    }
}

/// A new order's id: 26 characters, nothing personal, never used twice. No hyphen, at which a page would break it.
pub(super) fn order_id() -> Result<String, getrandom::Error> {
    Ok(format!("bde_{}", hexadecimal::<11>()?))
}

fn hexadecimal<const BYTES: usize>() -> Result<String, getrandom::Error> {
    let mut bytes = Zeroizing::new([0_u8; BYTES]);
    getrandom::fill(&mut *bytes)?;
    let mut text = String::with_capacity(2 * BYTES);
    for byte in bytes.iter() {
        // Writing into a text cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_itself_and_nothing_else() {
        let (secret, other) = (Secret::random().unwrap(), Secret::random().unwrap());
        assert_eq!(secret.reveal().len(), 64);
        assert!(secret.is(secret.reveal()));
        for wrong in [other.reveal(), "", &secret.reveal()[..63], &format!("{}0", secret.reveal())] {
            assert!(!secret.is(wrong), "{wrong}");
        }
    }

    #[test]
    fn order_ids_are_what_the_sdk_recommends() {
        let id = order_id().unwrap();
        assert!((26..=36).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'), "{id}");
        assert_ne!(id, order_id().unwrap());
    }
}
