//! One partner's Izly, in memory: what it knows, without any HTTP. The calls are in `login.rs` and `payment.rs`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::account::{ALLOWED_ATTEMPTS, Account, AccountState};
use crate::callback::{CallbackSettings, Waiting};
use crate::clock::{Clock, ClockMode};
use crate::fault::{FaultKind, Faults};
use crate::journal::Journal;
use crate::login::Grants;
use crate::mint::Mint;
use crate::partner::Partner;
use crate::payment::PaymentRecord;
use crate::wire::Wire;

/// An account, by its place in [`World::accounts`]. Accounts are never removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AccountId(pub(crate) usize);

/// What every world begins with.
#[derive(Debug, Clone)]
pub(crate) struct Beginning {
    pub(crate) seed: u64,
    /// Where operation ids begin, if not near the guide's samples.
    pub(crate) first_operation: Option<u64>,
    pub(crate) accounts: Vec<Account>,
    pub(crate) wire: Wire,
    pub(crate) clock: ClockMode,
    pub(crate) callbacks: CallbackSettings,
    pub(crate) faults: Faults,
}

/// Everything the sandbox knows about one partner. Nothing is shared between partners, not even the students' accounts,
/// so that tests with a partner each can share a sandbox. Lives behind one mutex, which is never held while a callback
/// is delivered.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct World {
    pub(crate) partner: Partner,
    pub(crate) accounts: Vec<Account>,
    pub(crate) wire: Wire,
    pub(crate) clock: Clock,
    pub(crate) mint: Mint,
    pub(crate) grants: Grants,
    pub(crate) payments: BTreeMap<u64, PaymentRecord>,
    pub(crate) faults: Faults,
    pub(crate) callbacks: CallbackSettings,
    /// Callbacks that are not delivered yet.
    pub(crate) waiting: Vec<Waiting>,
    pub(crate) last_delivery: u64,
    #[serde(skip)]
    pub(crate) journal: Journal,
    /// Which of the worlds in this place it is; given by [`Worlds`](crate::worlds::Worlds).
    #[serde(skip)]
    pub(crate) life: u64,
    /// The fault that the request being answered was given.
    #[serde(skip)]
    playing: Option<FaultKind>,
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
    Opposed,
    Frozen,
    Closed,
    Unconfirmed,
}

impl Refusal {
    /// What the page says. The words are *our invention*.
    pub(crate) fn message(self) -> &'static str {
        match self {
            Self::WrongPassword => "Identifiant ou mot de passe incorrect.",
            Self::NowBlocked => "Mot de passe incorrect pour la troisième fois : votre compte est désormais bloqué.",
            Self::Blocked => "Votre compte est bloqué.",
            Self::UnpaidDebts => "Vous avez des impayés à régulariser : le paiement n’est pas possible pour le moment.",
            Self::InsufficientBalance => "Le solde de votre compte est insuffisant pour ce paiement.",
            Self::Opposed => "Votre compte est en opposition.",
            Self::Frozen => "Votre compte est gelé : le paiement n’est pas possible pour le moment.",
            Self::Closed => "Votre compte est clôturé.",
            Self::Unconfirmed => "L’ouverture de votre compte n’a pas été confirmée.",
        }
    }

    /// `Error.Code` in the callback. The numbers are *our invention*: the guide only fixes 0.
    pub(crate) fn code(self) -> u64 {
        match self {
            Self::WrongPassword | Self::NowBlocked => 9100,
            Self::InsufficientBalance => 9101,
            Self::UnpaidDebts => 9102,
            Self::Blocked => 9103,
            // 9104 is a payment that its student has cancelled.
            Self::Opposed => 9105,
            Self::Frozen => 9106,
            Self::Closed => 9107,
            Self::Unconfirmed => 9108,
        }
    }
}

impl World {
    /// A world as it begins. The first partner's ids are those of the seed alone.
    pub(crate) fn new(partner: Partner, beginning: &Beginning, is_first: bool) -> Self {
        // Ids, codes and tokens of two partners must not be the same ones.
        let (number, apart) = if is_first { (0, 0) } else { (1 + fnv(&partner.identifier), fnv(&partner.identifier)) };
        Self {
            accounts: beginning.accounts.clone(),
            wire: beginning.wire.clone(),
            clock: Clock::new(beginning.clock),
            mint: Mint::new(beginning.seed ^ apart, number, beginning.first_operation),
            grants: Grants::default(),
            payments: BTreeMap::new(),
            faults: beginning.faults.clone(),
            callbacks: beginning.callbacks.clone(),
            waiting: Vec::new(),
            last_delivery: 0,
            journal: Journal::default(),
            life: 0,
            playing: None,
            partner,
        }
    }

    pub(crate) fn account(&self, id: AccountId) -> &Account {
        &self.accounts[id.0]
    }

    /// The account of this name, e-mail address or phone number.
    pub(crate) fn account_named(&self, name: &str) -> Option<AccountId> {
        let is_it = |account: &Account| account.name == name || account.answers_to(name);
        self.accounts.iter().position(is_it).map(AccountId)
    }

    /// Writes down what an administrator did. Returns its place on the timeline.
    pub(crate) fn note(&mut self, text: impl Into<String>) -> u64 {
        self.journal.note(self.clock.now(), text)
    }

    /// Applies a change to the partner. What the API key is made of stays: clients already hold the key.
    pub(crate) fn update_partner(&mut self, change: impl FnOnce(&mut Partner)) {
        let partner = &mut self.partner;
        let (identifier, secret) = (partner.identifier.clone(), partner.secret.clone());
        change(partner);
        partner.identifier = identifier;
        partner.secret = secret;
    }

    /// Does `work` while a fault is being played.
    pub(crate) fn playing<T>(&mut self, fault: Option<FaultKind>, work: impl FnOnce(&mut Self) -> T) -> T {
        self.playing = fault;
        let done = work(self);
        self.playing = None;
        done
    }

    /// Whether the request being answered was given this fault.
    pub(crate) fn plays(&self, fault: FaultKind) -> bool {
        self.playing == Some(fault)
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
        account.failed_attempts = account.failed_attempts.saturating_add(1);
        if account.failed_attempts < ALLOWED_ATTEMPTS {
            return Err(Refusal::WrongPassword);
        }
        account.state = AccountState::Blocked;
        Err(Refusal::NowBlocked)
    }
}

/// A number that an identifier decides, the same on every machine (FNV-1a).
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)) >> 8
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::account::{PASSWORD, default_accounts};
    use crate::wire::IdSize;

    pub(crate) fn beginning() -> Beginning {
        Beginning {
            seed: 0,
            first_operation: None,
            accounts: default_accounts(),
            wire: Wire::default(),
            clock: ClockMode::Virtual,
            callbacks: CallbackSettings::default(),
            faults: Faults::new(0),
        }
    }

    /// A fresh Izly.
    pub(crate) fn world() -> World {
        World::new(Partner::default(), &beginning(), true)
    }

    #[test]
    fn the_third_wrong_password_blocks() {
        let mut world = world();
        let login = "riche@example.fr";
        assert_eq!(world.authenticate(login, "a"), Err(Refusal::WrongPassword));
        assert_eq!(world.authenticate(login, "b"), Err(Refusal::WrongPassword));
        assert_eq!(world.authenticate(login, "c"), Err(Refusal::NowBlocked));
        assert_eq!(world.accounts[0].state, AccountState::Blocked);
        assert_eq!(world.authenticate(login, "d"), Err(Refusal::WrongPassword));
    }

    #[test]
    fn a_right_password_resets_the_count() {
        let mut world = world();
        for password in ["a", "b", PASSWORD, "c", "d"] {
            let _ = world.authenticate("riche@example.fr", password);
        }
        assert_eq!(world.accounts[0].state, AccountState::Active);
        assert_eq!(world.accounts[0].failed_attempts, 2);
    }

    #[test]
    fn an_unknown_account_reads_like_a_wrong_password() {
        assert_eq!(world().authenticate("personne@example.fr", PASSWORD), Err(Refusal::WrongPassword));
    }

    #[test]
    fn the_key_of_a_partner_cannot_change_under_its_clients() {
        let mut world = world();
        let key = world.partner.api_key();
        world.update_partner(|partner| {
            partner.identifier = "other".into();
            partner.secret = "sandbox_other".into();
            partner.approved = false;
        });
        assert_eq!(world.partner.api_key(), key);
        assert!(!world.partner.approved);
    }

    #[test]
    fn two_partners_never_get_the_same_ids() {
        let partner = |name: &str| Partner { identifier: name.into(), ..Partner::default() };
        let mut seen = std::collections::BTreeSet::new();
        for (name, first) in [("a", true), ("b", false), ("c", false), ("Laverie-2-2-2-2", false)] {
            let mut world = World::new(partner(name), &beginning(), first);
            assert!(seen.insert(world.mint.token(crate::TokenStyle::Plain)), "{name}");
            assert!(world.mint.operation_id(IdSize::Usual) > 586_000);
        }
    }
}
