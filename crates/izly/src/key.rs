//! The API key, and the identifier inside it.

use std::fmt;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::secret::{REDACTED, same_secret};

/// Standard Base64; the padding may be there or not, since keys get copied by hand.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What every secret of a sandbox key begins with, so that no real environment is ever given one.
const SANDBOX_PREFIX: &[u8] = b"sandbox_";

/// The partner's API key: Base64 of `identifier:secret` (protocol §1).
///
/// It is sent exactly as it is given, in `Authorization: Basic`, never encoded a second time. The partner's identifier
/// is read out of it, so the key alone is enough to build a client.
///
/// ```
/// use izly::ApiKey;
///
/// let key = ApiKey::from_parts("Aix Marseille-777-777-777-777", "s3cret")?;
/// assert_eq!(key.identifier(), "Aix Marseille-777-777-777-777");
/// assert_eq!(ApiKey::new(key.reveal())?, key);
/// assert!(!format!("{key:?}").contains("s3cret"));
/// # Ok::<(), izly::Error>(())
/// ```
#[derive(Clone)]
pub struct ApiKey {
    key: Zeroizing<String>,
    identifier: String,
    is_sandbox: bool,
}

impl ApiKey {
    /// The key as the back office shows it (*Clé d'API*).
    ///
    /// # Errors
    /// [`Configuration`](crate::ErrorKind::Configuration), field `api_key`, with the slip it looks like: white space
    /// around it, a leading `Basic`, not Base64, encoded twice, no `:` inside, an empty half, or an identifier that
    /// could not stand in a header. The message never holds the key.
    pub fn new(key: impl Into<String>) -> Result<Self, Error> {
        let key = Zeroizing::new(key.into());
        let decoded = decode(&key).map_err(|rule| Error::configuration("api_key", rule))?;
        let colon = decoded.iter().position(|b| *b == b':').unwrap_or(decoded.len());
        let identifier = read_identifier(&decoded[..colon])
            .map_err(|rule| Error::configuration("api_key", format!("holds an identifier that {rule}")))?;
        let secret = decoded.get(colon + 1..).unwrap_or_default();
        if secret.is_empty() {
            return Err(Error::configuration("api_key", "holds no secret after the `:`"));
        }
        Ok(ApiKey { identifier, is_sandbox: secret.starts_with(SANDBOX_PREFIX), key })
    }

    /// A key made from its two halves.
    ///
    /// # Errors
    /// [`Configuration`](crate::ErrorKind::Configuration), field `identifier` or `secret`: empty, a `:` in the
    /// identifier, or characters that could not stand in a header.
    pub fn from_parts(identifier: &str, secret: &str) -> Result<Self, Error> {
        read_identifier(identifier.as_bytes()).map_err(|rule| Error::configuration("identifier", rule))?;
        if identifier.contains(':') {
            return Err(Error::configuration("identifier", "must not hold a `:`"));
        }
        read_identifier(secret.as_bytes()).map_err(|rule| Error::configuration("secret", rule))?;
        let both = Zeroizing::new(format!("{identifier}:{secret}"));
        ApiKey::new(STANDARD.encode(both.as_bytes()))
    }

    /// The partner's identifier (*Identifiant de l'application client*), such as `Paris-78-78-78-78`. Not a secret.
    pub fn identifier(&self) -> &str {
        &self.identifier
    }

    /// Whether this is a key of the local sandbox, which the two real environments refuse.
    pub fn is_sandbox(&self) -> bool {
        self.is_sandbox
    }

    /// The half after the `:`, for blanking it where a server echoes it.
    pub(crate) fn secret(&self) -> Zeroizing<String> {
        let decoded = decode(&self.key).unwrap_or_default();
        let colon = decoded.iter().position(|b| *b == b':').map_or(decoded.len(), |at| at + 1);
        Zeroizing::new(String::from_utf8_lossy(&decoded[colon..]).into_owned())
    }

    /// The key itself. Every use of this method is a place to look at in a review.
    pub fn reveal(&self) -> &str {
        &self.key
    }
}

/// Base64 to `identifier:secret`, or the rule it breaks.
fn decode(key: &str) -> Result<Zeroizing<Vec<u8>>, &'static str> {
    if key.is_empty() {
        return Err("must not be empty");
    }
    if key.trim() != key {
        return Err("has white space around it");
    }
    if key.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("Basic ")) {
        return Err("must be given without `Basic `");
    }
    let decoded =
        Zeroizing::new(LENIENT.decode(key).map_err(|_| "is not Base64: give it as the back office shows it")?);
    if decoded.contains(&b':') {
        return Ok(decoded);
    }
    let again = LENIENT.decode(&*decoded).map(Zeroizing::new);
    if again.is_ok_and(|inner| inner.contains(&b':')) {
        return Err("was encoded twice: give it as the back office shows it");
    }
    Err("holds no `:`: it must be Base64 of `identifier:secret`")
}

/// The identifier goes raw into a header, so a line break would let a second header in.
fn read_identifier(bytes: &[u8]) -> Result<String, &'static str> {
    if bytes.is_empty() {
        return Err("must not be empty");
    }
    if bytes.iter().any(|b| matches!(b, b'\r' | b'\n')) {
        return Err("must not hold a line break");
    }
    if bytes.first() == Some(&b' ') || bytes.last() == Some(&b' ') {
        return Err("must not have white space around it");
    }
    if !bytes.iter().all(|b| (b' '..=b'~').contains(b)) {
        return Err("must be printable ASCII");
    }
    Ok(bytes.iter().map(|b| char::from(*b)).collect())
}

impl PartialEq for ApiKey {
    fn eq(&self, other: &Self) -> bool {
        same_secret(&self.key, &other.key)
    }
}

impl Eq for ApiKey {}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiKey")
            .field("identifier", &self.identifier)
            .field("secret", &format_args!("{REDACTED}"))
            .field("is_sandbox", &self.is_sandbox)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_slip_has_its_own_message() {
        let good = ApiKey::from_parts("Paris-78-78-78-78", "s3cret").unwrap();
        let key = good.reveal().to_owned();
        assert_eq!(key, "UGFyaXMtNzgtNzgtNzgtNzg6czNjcmV0");
        let twice = STANDARD.encode(&key);
        let no_colon = STANDARD.encode("Paris-78");
        let newline = STANDARD.encode("Paris\n78:s3cret");
        let accents = STANDARD.encode("Orléans:s3cret");
        let no_secret = STANDARD.encode("Paris:");
        let no_identifier = STANDARD.encode(":s3cret");
        let slips = [
            (String::new(), "must not be empty"),
            (format!("{key}\n"), "white space"),
            (format!("Basic {key}"), "without `Basic `"),
            ("pas du base64 !".to_owned(), "not Base64"),
            (twice, "twice"),
            (no_colon, "no `:`"),
            (newline, "line break"),
            (accents, "printable ASCII"),
            (no_secret, "no secret"),
            (no_identifier, "must not be empty"),
        ];
        for (slip, says) in slips {
            let error = ApiKey::new(slip.as_str()).unwrap_err();
            assert!(error.to_string().contains(says), "{error}");
            assert!(slip.is_empty() || !error.to_string().contains(slip.trim()), "{error}");
        }
    }

    #[test]
    fn knows_sandbox_keys() {
        assert!(ApiKey::from_parts("a b", "sandbox_1").unwrap().is_sandbox());
        assert!(!ApiKey::from_parts("a b", "1sandbox_").unwrap().is_sandbox());
    }
}
