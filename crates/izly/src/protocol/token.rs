//! Tokens: a code for the first ones, a refresh token for the next (protocol §3.2, §3.3).

use std::fmt;

use crate::encoding::push_encoded;
use crate::error::{Error, Outcome};
use crate::protocol::{Call, CallName, Method, Partner, Request, Sealed};
use crate::secret::{AccessToken, AuthorizationCode, RefreshToken};
use crate::wire::{Extra, Object, ReadError};

/// What a login gives: the key to the student's details, and the means to renew it.
///
/// `Debug` shows no token. To keep them between requests, store `access.reveal()` and `refresh` encrypted, and rebuild
/// with [`Tokens::new`].
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tokens {
    /// Opens the student's details.
    pub access: AccessToken,
    /// Gets new tokens; `None` only if Izly never gave one.
    pub refresh: Option<RefreshToken>,
    /// What kind of token it is; the guide shows `Bearer`.
    pub token_type: Option<String>,
    /// How long the access token lives from the moment it was given, in seconds; 1797 in the guide.
    pub expires_in: Option<u64>,
    /// What was granted, as words: `users_details payments izly_pay` in the guide.
    pub scope: Option<String>,
    /// Fields of the reply this library does not know.
    pub extra: Extra,
}

impl Tokens {
    /// Tokens kept elsewhere.
    pub fn new(access: AccessToken, refresh: Option<RefreshToken>) -> Self {
        Tokens { access, refresh, token_type: None, expires_in: None, scope: None, extra: Extra::default() }
    }

    fn read(mut reply: Object<'_>) -> Result<Self, ReadError> {
        let mut tokens = Tokens {
            access: AccessToken::new(reply.required_string("access_token")?),
            refresh: reply.string("refresh_token")?.map(RefreshToken::new),
            token_type: reply.one_of("token_type", &["Bearer"])?,
            expires_in: reply.count("expires_in")?,
            scope: reply.string("scope")?,
            extra: Extra::default(),
        };
        reply.keep_unread(&mut tokens.extra);
        Ok(tokens)
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("access", &self.access)
            .field("refresh", &self.refresh)
            .field("expires_in", &self.expires_in)
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}

/// Trades the code of a login for tokens. A code works once.
#[derive(Debug)]
pub struct ExchangeCode<'a> {
    code: &'a AuthorizationCode,
}

impl<'a> ExchangeCode<'a> {
    /// The trade of this code.
    pub fn new(code: &'a AuthorizationCode) -> Self {
        ExchangeCode { code }
    }
}

impl Sealed for ExchangeCode<'_> {}

impl Call for ExchangeCode<'_> {
    type Output = Tokens;

    fn name(&self) -> CallName {
        CallName::ExchangeCode
    }

    fn request(&self, partner: &Partner) -> Result<Request, Error> {
        token_request(partner, "authorization_code&code", self.code.reveal())
    }

    fn decode(&self, _: &Partner, reply: Object<'_>) -> Result<Tokens, Error> {
        Tokens::read(reply).map_err(unreadable)
    }

    fn secrets(&self) -> Vec<&str> {
        vec![self.code.reveal()]
    }
}

/// Trades a refresh token for new tokens.
#[derive(Debug)]
pub struct RefreshTokens<'a> {
    refresh: &'a RefreshToken,
}

impl<'a> RefreshTokens<'a> {
    /// The trade of this refresh token.
    pub fn new(refresh: &'a RefreshToken) -> Self {
        RefreshTokens { refresh }
    }
}

impl Sealed for RefreshTokens<'_> {}

impl Call for RefreshTokens<'_> {
    type Output = Tokens;

    fn name(&self) -> CallName {
        CallName::Refresh
    }

    fn request(&self, partner: &Partner) -> Result<Request, Error> {
        token_request(partner, "refresh_token&refresh_token", self.refresh.reveal())
    }

    fn decode(&self, _: &Partner, reply: Object<'_>) -> Result<Tokens, Error> {
        let mut tokens = Tokens::read(reply).map_err(unreadable)?;
        // Whether refresh tokens rotate is not documented; one that is not replaced stays good.
        tokens.refresh.get_or_insert_with(|| self.refresh.clone());
        Ok(tokens)
    }

    fn secrets(&self) -> Vec<&str> {
        vec![self.refresh.reveal()]
    }
}

/// Parameters in the query and no body, as the guide shows.
fn token_request(partner: &Partner, grant: &str, secret: &str) -> Result<Request, Error> {
    if secret.is_empty() {
        let field = if grant.ends_with("code") { "code" } else { "refresh_token" };
        return Err(Error::invalid(field, "must not be empty"));
    }
    // Room for every byte as an escape, so that the secret is never left behind in an outgrown buffer.
    let mut target = zeroize::Zeroizing::new(String::with_capacity(96 + 3 * secret.len()));
    target.push_str("/oauth/Home/Token?grant_type=");
    target.push_str(grant);
    target.push('=');
    push_encoded(&mut target, secret);
    Ok(Request::with_key(partner, Method::Post, &target))
}

fn unreadable(error: ReadError) -> Error {
    error.into_error("tokens", Outcome::Unknown)
}
