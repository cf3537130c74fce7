//! Codes and tokens: who may act for which student, and until when.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::clock::Date;
use crate::recent::Recent;
use crate::wire::RefreshReply;
use crate::world::{AccountId, Refusal, World};

/// Seconds a code can be exchanged for. *Our invention*: the guide is silent.
const CODE_LIFETIME: u64 = 300;

/// Seconds an access token works (*documented* by the sample).
pub(crate) const ACCESS_LIFETIME: u64 = 1797;

/// The scope bit mask of the authorization URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ScopeMask(u32);

impl ScopeMask {
    const USER_DETAILS: u32 = 1;
    const PAYMENTS: u32 = 16_384;

    /// Reads the mask. Which bits exist is *documented* by two samples only: 1 and 16385.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        text.parse().ok().and_then(Self::new)
    }

    pub(crate) fn new(mask: u32) -> Option<Self> {
        (mask & (Self::USER_DETAILS | Self::PAYMENTS) != 0).then_some(Self(mask))
    }

    pub(crate) fn has_user_details(self) -> bool {
        self.0 & Self::USER_DETAILS != 0
    }

    /// The words of the token reply. Which bit gives which word is *our invention*.
    pub(crate) fn words(self) -> &'static str {
        match (self.has_user_details(), self.0 & Self::PAYMENTS != 0) {
            (true, true) => "users_details payments izly_pay",
            (false, true) => "payments izly_pay",
            _ => "users_details",
        }
    }
}

/// What a code or a token stands for.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Grant {
    pub(crate) account: AccountId,
    pub(crate) scope: ScopeMask,
}

/// A grant and the moment it stops working.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Expiring {
    grant: Grant,
    until: Date,
}

/// Codes and tokens of each kind that are kept; more than any test has in force at once.
const KEPT: usize = 10_000;

/// The codes and tokens in force.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Grants {
    codes: Recent<Expiring, KEPT>,
    access: Recent<Expiring, KEPT>,
    refresh: Recent<Grant, KEPT>,
}

impl fmt::Debug for Grants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Grants")
            .field("codes", &self.codes.len())
            .field("access", &self.access.len())
            .field("refresh", &self.refresh.len())
            .finish()
    }
}

impl Grants {
    /// Whether an access token was handed out here, in force or not.
    pub(crate) fn knows_access(&self, token: &str) -> bool {
        self.access.get(token).is_some()
    }

    /// Whose codes and tokens these are.
    pub(crate) fn accounts(&self) -> impl Iterator<Item = AccountId> {
        let expiring = self.codes.values().chain(self.access.values()).map(|found| found.grant.account);
        expiring.chain(self.refresh.values().map(|grant| grant.account))
    }
}

/// What the token endpoint hands out.
pub(crate) struct NewTokens {
    pub(crate) access: String,
    pub(crate) refresh: Option<String>,
    pub(crate) scope: ScopeMask,
}

impl World {
    /// *Se connecter*: the code that goes back to the partner.
    pub(crate) fn log_in(&mut self, scope: ScopeMask, identifier: &str, password: &str) -> Result<String, Refusal> {
        let account = self.authenticate(identifier, password)?;
        self.grant_code(account, scope)
    }

    /// A code for a student whose password was right, or is nobody's concern.
    pub(crate) fn grant_code(&mut self, account: AccountId, scope: ScopeMask) -> Result<String, Refusal> {
        if let Some(refusal) = self.account(account).state.keeps_out() {
            return Err(refusal);
        }
        let until = self.clock.tick().plus(CODE_LIFETIME);
        let code = self.mint.token(self.wire.token_style);
        self.grants.codes.insert(code.clone(), Expiring { grant: Grant { account, scope }, until });
        Ok(code)
    }

    /// Exchanges a code, once. `None`: unknown here, used, or expired.
    pub(crate) fn exchange_code(&mut self, code: &str) -> Option<NewTokens> {
        let found = *self.grants.codes.get(code)?;
        if found.until <= self.clock.now() {
            return None;
        }
        self.grants.codes.remove(code);
        let access = self.new_access(found.grant);
        let refresh = self.new_refresh(found.grant);
        Some(NewTokens { access, refresh: Some(refresh), scope: found.grant.scope })
    }

    /// Renews an access token. `None`: a refresh token that is unknown here, or replaced.
    pub(crate) fn refresh(&mut self, token: &str) -> Option<NewTokens> {
        let grant = *self.grants.refresh.get(token)?;
        let access = self.new_access(grant);
        let refresh = match self.wire.refresh {
            RefreshReply::New => {
                self.grants.refresh.remove(token);
                Some(self.new_refresh(grant))
            }
            RefreshReply::Same => Some(token.to_owned()),
            RefreshReply::Absent => None,
        };
        Some(NewTokens { access, refresh, scope: grant.scope })
    }

    /// Whom an access token stands for, while it works.
    pub(crate) fn bearer(&self, token: &str) -> Option<Grant> {
        let found = self.grants.access.get(token)?;
        (found.until > self.clock.now()).then_some(found.grant)
    }

    fn new_access(&mut self, grant: Grant) -> String {
        let until = self.clock.tick().plus(ACCESS_LIFETIME);
        let token = self.mint.token(self.wire.token_style);
        self.grants.access.insert(token.clone(), Expiring { grant, until });
        token
    }

    fn new_refresh(&mut self, grant: Grant) -> String {
        let token = self.mint.token(self.wire.token_style);
        self.grants.refresh.insert(token.clone(), grant);
        token
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::account::PASSWORD;
    use crate::world::tests::world;

    fn code(world: &mut World) -> String {
        world.log_in(ScopeMask(1), "riche@example.fr", PASSWORD).unwrap()
    }

    #[test]
    fn a_code_works_once() {
        let mut world = world();
        let code = code(&mut world);
        assert!(world.exchange_code(&code).is_some());
        assert!(world.exchange_code(&code).is_none());
    }

    #[test]
    fn codes_and_access_tokens_expire_to_the_second() {
        let mut world = world();
        let early = code(&mut world);
        world.clock.advance(Duration::from_secs(CODE_LIFETIME - 1));
        let tokens = world.exchange_code(&early).unwrap();
        let late = code(&mut world);
        world.clock.advance(Duration::from_secs(CODE_LIFETIME));
        assert!(world.exchange_code(&late).is_none());

        let passed_since = CODE_LIFETIME + 1;
        world.clock.advance(Duration::from_secs(ACCESS_LIFETIME - passed_since - 1));
        assert!(world.bearer(&tokens.access).is_some());
        world.clock.advance(Duration::from_secs(1));
        assert!(world.bearer(&tokens.access).is_none());
    }

    #[test]
    fn the_three_answers_to_a_refresh() {
        let mut world = world();
        let code = code(&mut world);
        let first = world.exchange_code(&code).unwrap().refresh.unwrap();

        let second = world.refresh(&first).unwrap().refresh.unwrap();
        assert_ne!(first, second);
        assert!(world.refresh(&first).is_none(), "a replaced token must stop working");

        world.wire.refresh = RefreshReply::Same;
        assert_eq!(world.refresh(&second).unwrap().refresh.as_ref(), Some(&second));

        world.wire.refresh = RefreshReply::Absent;
        assert!(world.refresh(&second).unwrap().refresh.is_none());
        assert!(world.refresh(&second).is_some(), "the old token must stay good");
    }

    #[test]
    fn which_accounts_may_log_in() {
        let mut world = world();
        let mut log_in = |who: &str| world.log_in(ScopeMask(1), &format!("{who}@example.fr"), PASSWORD);
        for (who, refusal) in [
            ("bloque", Refusal::Blocked),
            ("oppose", Refusal::Opposed),
            ("cloture", Refusal::Closed),
            ("non-confirme", Refusal::Unconfirmed),
        ] {
            assert_eq!(log_in(who), Err(refusal));
        }
        for who in ["riche", "impayes", "gele", "solde-insuffisant", "boursier", "personnel"] {
            assert!(log_in(who).is_ok(), "{who}");
        }
    }

    #[test]
    fn scope_masks() {
        let words = |text| ScopeMask::parse(text).map(ScopeMask::words);
        assert_eq!(words("1"), Some("users_details"));
        assert_eq!(words("16384"), Some("payments izly_pay"));
        assert_eq!(words("16385"), Some("users_details payments izly_pay"));
        for text in ["", "0", "2", "-1", "users_details", "99999999999"] {
            assert_eq!(words(text), None, "{text}");
        }
    }
}
