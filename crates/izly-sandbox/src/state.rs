//! The in-memory Izly: what it knows, without any HTTP. The calls are in `login.rs` and `payment.rs`.

use std::collections::BTreeMap;

use crate::account::{ALLOWED_ATTEMPTS, Account, AccountState};
use crate::clock::Clock;
use crate::journal::Journal;
use crate::login::Grants;
use crate::mint::Mint;
use crate::partner::Partner;
use crate::payment::PaymentRecord;
use crate::wire::Wire;

/// A partner, by its place in [`State::partners`]. Codes, tokens and payments belong to exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PartnerId(pub(crate) usize);

/// An account, by its place in [`State::accounts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AccountId(pub(crate) usize);

/// Everything the sandbox knows. Lives behind one mutex, which is never held while a callback is delivered.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) partners: Vec<Partner>,
    pub(crate) accounts: Vec<Account>,
    pub(crate) wire: Wire,
    pub(crate) clock: Clock,
    pub(crate) mint: Mint,
    pub(crate) grants: Grants,
    pub(crate) payments: BTreeMap<u64, PaymentRecord>,
    pub(crate) journal: Journal,
}

/// Why Izly turns a student away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// No such account, or not its password: one message for both, so that nobody learns who has an account.
    WrongPassword,
    /// The third wrong password in a row.
    NowBlocked,
    Blocked,
    UnpaidDebts,
    InsufficientBalance,
}

impl Refusal {
    /// What the page says. The words are *our invention*.
    pub(crate) fn message(self) -> &'static str {
        match self {
            Self::WrongPassword => "Identifiant ou mot de passe incorrect.",
            Self::NowBlocked => "Mot de passe incorrect pour la troisième fois : votre compte est désormais bloqué.",
            Self::Blocked => "Votre compte est bloqué.",
            Self::UnpaidDebts => "Vous avez des impayés à régulariser : le paiement n'est pas possible pour le moment.",
            Self::InsufficientBalance => "Le solde de votre compte est insuffisant pour ce paiement.",
        }
    }

    /// `Error.Code` in the callback. The numbers are *our invention*: the guide only fixes 0.
    pub(crate) fn code(self) -> u64 {
        match self {
            Self::WrongPassword | Self::NowBlocked => 9100,
            Self::InsufficientBalance => 9101,
            Self::UnpaidDebts => 9102,
            Self::Blocked => 9103,
        }
    }
}

impl State {
    pub(crate) fn partner(&self, id: PartnerId) -> &Partner {
        &self.partners[id.0]
    }

    pub(crate) fn account(&self, id: AccountId) -> &Account {
        &self.accounts[id.0]
    }

    pub(crate) fn partner_named(&self, identifier: &str) -> Option<PartnerId> {
        self.partners.iter().position(|partner| partner.identifier == identifier).map(PartnerId)
    }

    pub(crate) fn partner_with_key(&self, api_key: &str) -> Option<PartnerId> {
        self.partners.iter().position(|partner| partner.api_key() == api_key).map(PartnerId)
    }

    /// Applies a change to a partner. What the API key is made of stays: clients already hold the key.
    pub(crate) fn update_partner(&mut self, id: PartnerId, change: impl FnOnce(&mut Partner)) {
        let partner = &mut self.partners[id.0];
        let (identifier, secret) = (partner.identifier.clone(), partner.secret.clone());
        change(partner);
        partner.identifier = identifier;
        partner.secret = secret;
    }

    /// Checks identifier and password, and counts the wrong ones. The account's state is the caller's business.
    pub(crate) fn authenticate(&mut self, identifier: &str, password: &str) -> Result<AccountId, Refusal> {
        let index =
            self.accounts.iter().position(|account| account.answers_to(identifier)).ok_or(Refusal::WrongPassword)?;
        let account = &mut self.accounts[index];
        if account.password == password {
            account.failed_attempts = 0;
            return Ok(AccountId(index));
        }
        if account.state == AccountState::Blocked {
            return Err(Refusal::WrongPassword);
        }
        account.failed_attempts += 1;
        if account.failed_attempts < ALLOWED_ATTEMPTS {
            return Err(Refusal::WrongPassword);
        }
        account.state = AccountState::Blocked;
        Err(Refusal::NowBlocked)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::account::{PASSWORD, default_accounts};
    use crate::clock::ClockMode;
    use crate::mint::TokenStyle;

    /// A fresh Izly with two partners.
    pub(crate) fn state() -> State {
        let second = Partner { identifier: "Laverie-2-2-2-2".into(), ..Partner::default() };
        State {
            partners: vec![Partner::default(), second],
            accounts: default_accounts(),
            wire: Wire::default(),
            clock: Clock::new(ClockMode::Virtual),
            mint: Mint::new(0, TokenStyle::Plain),
            grants: Grants::default(),
            payments: BTreeMap::new(),
            journal: Journal::default(),
        }
    }

    #[test]
    fn the_third_wrong_password_blocks() {
        let mut state = state();
        let login = "riche@example.fr";
        assert_eq!(state.authenticate(login, "a"), Err(Refusal::WrongPassword));
        assert_eq!(state.authenticate(login, "b"), Err(Refusal::WrongPassword));
        assert_eq!(state.authenticate(login, "c"), Err(Refusal::NowBlocked));
        assert_eq!(state.accounts[0].state, AccountState::Blocked);
        assert_eq!(state.authenticate(login, "d"), Err(Refusal::WrongPassword));
    }

    #[test]
    fn a_right_password_resets_the_count() {
        let mut state = state();
        for password in ["a", "b", PASSWORD, "c", "d"] {
            let _ = state.authenticate("riche@example.fr", password);
        }
        assert_eq!(state.accounts[0].state, AccountState::Active);
        assert_eq!(state.accounts[0].failed_attempts, 2);
    }

    #[test]
    fn an_unknown_account_reads_like_a_wrong_password() {
        assert_eq!(state().authenticate("personne@example.fr", PASSWORD), Err(Refusal::WrongPassword));
    }

    #[test]
    fn the_key_of_a_partner_cannot_change_under_its_clients() {
        let mut state = state();
        let key = state.partners[0].api_key();
        state.update_partner(PartnerId(0), |partner| {
            partner.identifier = "other".into();
            partner.secret = "sandbox_other".into();
            partner.approved = false;
        });
        assert_eq!(state.partners[0].api_key(), key);
        assert!(!state.partners[0].approved);
    }
}
