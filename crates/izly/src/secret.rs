//! Texts that must not be seen: keys, codes, tokens, personal data.

use std::fmt;

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// What `Debug` shows in place of a secret.
pub(crate) const REDACTED: &str = "***";

/// Defines a secret text: redacted `Debug`, no `Display`, compared in constant time, wiped on drop, opened by one
/// loud method.
macro_rules! secret_text {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(Zeroizing<String>);

        impl $name {
            /// Wraps a text kept elsewhere, such as in a session or a database.
            pub fn new(text: impl Into<String>) -> Self {
                Self(Zeroizing::new(text.into()))
            }

            /// The secret itself. Every use of this method is a place to look at in a review.
            pub fn reveal(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                same_secret(&self.0, &other.0)
            }
        }

        impl Eq for $name {}

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), REDACTED)
            }
        }
    };
}

secret_text! {
    /// The one-time code a login returns (protocol §3.1). It is worth a token until it is exchanged.
    AuthorizationCode
}
secret_text! {
    /// Opens the student's details (protocol §3.2); lives about half an hour.
    AccessToken
}
secret_text! {
    /// Gets a new [`AccessToken`] (protocol §3.3). Store it encrypted.
    RefreshToken
}
secret_text! {
    /// The random text that ties a login's return to the browser that began it.
    ///
    /// Keep it in that browser's session between [`start_login`](crate::Client::start_login) and
    /// [`finish_login`](crate::Client::finish_login), and forget it after.
    ///
    /// ```
    /// use izly::State;
    ///
    /// let state = State::new("kept in the session");
    /// assert_eq!(format!("{state:?}"), "State(***)");
    /// assert_eq!(state.reveal(), "kept in the session");
    /// ```
    State
}
secret_text! {
    /// Personal data of a student: an e-mail address, a client code, a national student number.
    Personal
}

impl State {
    /// A fresh state of 256 random bits, in letters that need no escaping in a URL.
    pub(crate) fn random() -> Result<Self, getrandom::Error> {
        use base64::Engine as _;
        let mut bytes = Zeroizing::new([0_u8; 32]);
        getrandom::fill(&mut *bytes)?;
        Ok(Self::new(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(*bytes)))
    }
}

/// Whether two secrets are equal, in a time that tells nothing about where they differ.
pub(crate) fn same_secret(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_never_shows_the_text() {
        for shown in [
            format!("{:?}", AccessToken::new("t0p-secret")),
            format!("{:#?}", RefreshToken::new("t0p-secret")),
            format!("{:?}", Some(AuthorizationCode::new("t0p-secret"))),
            format!("{:?}", Personal::new("t0p-secret")),
        ] {
            assert!(!shown.contains("t0p-secret"), "{shown}");
            assert!(shown.contains(REDACTED), "{shown}");
        }
    }

    #[test]
    fn states_are_long_and_never_the_same() {
        let (a, b) = (State::random().unwrap(), State::random().unwrap());
        assert_ne!(a, b);
        assert_eq!(a.reveal().len(), 43);
        assert!(a.reveal().bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
    }
}
