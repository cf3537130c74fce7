//! Codes and tokens: who may act for which student, and until when.

use std::collections::BTreeMap;
use std::fmt;

use crate::account::AccountState;
use crate::clock::Date;
use crate::state::{AccountId, PartnerId, Refusal, State};
use crate::wire::RefreshReply;

/// Seconds a code can be exchanged for. *Our invention*: the guide is silent.
const CODE_LIFETIME: u64 = 300;

/// Seconds an access token works (*documented* by the sample).
pub(crate) const ACCESS_LIFETIME: u64 = 1797;

/// The scope bit mask of the authorization URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ScopeMask(u32);

impl ScopeMask {
    const USER_DETAILS: u32 = 1;
    const PAYMENTS: u32 = 16_384;

    /// Reads the mask. Which bits exist is *documented* by two samples only: 1 and 16385.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        text.parse().ok().filter(|mask| mask & (Self::USER_DETAILS | Self::PAYMENTS) != 0).map(Self)
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
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grant {
    partner: PartnerId,
    pub(crate) account: AccountId,
    pub(crate) scope: ScopeMask,
}

/// A grant and the moment it stops working.
#[derive(Debug, Clone, Copy)]
struct Expiring {
    grant: Grant,
    until: Date,
}

/// The codes and tokens in force.
#[derive(Default)]
pub(crate) struct Grants {
    codes: BTreeMap<String, Expiring>,
    access: BTreeMap<String, Expiring>,
    refresh: BTreeMap<String, Grant>,
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

/// What the token endpoint hands out.
pub(crate) struct NewTokens {
    pub(crate) access: String,
    pub(crate) refresh: Option<String>,
    pub(crate) scope: ScopeMask,
}

impl State {
    /// Logs a student in and makes the code for the way back. Debts do not matter here: logging in costs nothing (*our
    /// invention*; the guide ties debts to the payment).
    pub(crate) fn log_in(
        &mut self,
        partner: PartnerId,
        scope: ScopeMask,
        identifier: &str,
        password: &str,
    ) -> Result<String, Refusal> {
        let account = self.authenticate(identifier, password)?;
        if self.account(account).state == AccountState::Blocked {
            return Err(Refusal::Blocked);
        }
        let until = self.clock.tick().plus(CODE_LIFETIME);
        let code = self.mint.token(partner.0);
        self.grants.codes.retain(|_, code| code.until > self.clock.now());
        self.grants.codes.insert(code.clone(), Expiring { grant: Grant { partner, account, scope }, until });
        Ok(code)
    }

    /// Exchanges a code, once. `None`: unknown, used, expired, or another partner's, which is left alone.
    pub(crate) fn exchange_code(&mut self, partner: PartnerId, code: &str) -> Option<NewTokens> {
        let found = *self.grants.codes.get(code)?;
        if found.grant.partner != partner || found.until <= self.clock.now() {
            return None;
        }
        self.grants.codes.remove(code);
        let access = self.new_access(found.grant);
        let refresh = self.new_refresh(found.grant);
        Some(NewTokens { access, refresh: Some(refresh), scope: found.grant.scope })
    }

    /// Renews an access token. `None`: unknown, replaced, or another partner's refresh token.
    pub(crate) fn refresh(&mut self, partner: PartnerId, token: &str) -> Option<NewTokens> {
        let grant = *self.grants.refresh.get(token).filter(|grant| grant.partner == partner)?;
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
        let token = self.mint.token(grant.partner.0);
        self.grants.access.retain(|_, access| access.until > self.clock.now());
        self.grants.access.insert(token.clone(), Expiring { grant, until });
        token
    }

    fn new_refresh(&mut self, grant: Grant) -> String {
        let token = self.mint.token(grant.partner.0);
        self.grants.refresh.insert(token.clone(), grant);
        token
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::account::PASSWORD;
    use crate::state::tests::state;

    const FIRST: PartnerId = PartnerId(0);
    const SECOND: PartnerId = PartnerId(1);

    fn code(state: &mut State) -> String {
        state.log_in(FIRST, ScopeMask(1), "riche@example.fr", PASSWORD).unwrap()
    }

    #[test]
    fn a_code_works_once() {
        let mut state = state();
        let code = code(&mut state);
        assert!(state.exchange_code(FIRST, &code).is_some());
        assert!(state.exchange_code(FIRST, &code).is_none());
    }

    #[test]
    fn another_partner_cannot_use_or_spend_a_code() {
        let mut state = state();
        let code = code(&mut state);
        assert!(state.exchange_code(SECOND, &code).is_none());
        assert!(state.exchange_code(FIRST, &code).is_some());
    }

    #[test]
    fn codes_and_access_tokens_expire_to_the_second() {
        let mut state = state();
        let early = code(&mut state);
        state.clock.advance(Duration::from_secs(CODE_LIFETIME - 1));
        let tokens = state.exchange_code(FIRST, &early).unwrap();
        let late = code(&mut state);
        state.clock.advance(Duration::from_secs(CODE_LIFETIME));
        assert!(state.exchange_code(FIRST, &late).is_none());

        let passed_since = CODE_LIFETIME + 1;
        state.clock.advance(Duration::from_secs(ACCESS_LIFETIME - passed_since - 1));
        assert!(state.bearer(&tokens.access).is_some());
        state.clock.advance(Duration::from_secs(1));
        assert!(state.bearer(&tokens.access).is_none());
    }

    #[test]
    fn the_three_answers_to_a_refresh() {
        let mut state = state();
        let code = code(&mut state);
        let first = state.exchange_code(FIRST, &code).unwrap().refresh.unwrap();
        assert!(state.refresh(SECOND, &first).is_none());

        let second = state.refresh(FIRST, &first).unwrap().refresh.unwrap();
        assert_ne!(first, second);
        assert!(state.refresh(FIRST, &first).is_none(), "a replaced token must stop working");

        state.wire.refresh = RefreshReply::Same;
        assert_eq!(state.refresh(FIRST, &second).unwrap().refresh.as_ref(), Some(&second));

        state.wire.refresh = RefreshReply::Absent;
        assert!(state.refresh(FIRST, &second).unwrap().refresh.is_none());
        assert!(state.refresh(FIRST, &second).is_some(), "the old token must stay good");
    }

    #[test]
    fn a_blocked_account_cannot_log_in_but_debts_do_not_matter() {
        let mut state = state();
        let mut log_in = |who| state.log_in(FIRST, ScopeMask(1), who, PASSWORD);
        assert_eq!(log_in("bloque@example.fr"), Err(Refusal::Blocked));
        assert!(log_in("impayes@example.fr").is_ok());
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
