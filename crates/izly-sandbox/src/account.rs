//! The students' test accounts, each named after its state.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::world::{Refusal, World};

/// The password of every test account. Any other one plays the "wrong password" scene.
pub const PASSWORD: &str = "izly-sandbox";

/// Wrong passwords in a row before an account is blocked (*observed* in public CROUS card software).
pub(crate) const ALLOWED_ATTEMPTS: u8 = 3;

/// The largest number that an account is given: what JSON keeps everywhere.
pub(crate) const LARGEST_NUMBER: u64 = (1 << 53) - 1;

/// What an account may do. Only debts are *documented* ("pas d'impayés à régulariser"); the other states are those of
/// public CROUS card software (*observed*), and what each forbids is *our invention*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AccountState {
    /// Logs in and pays, as far as the balance goes.
    Active,
    /// Logs in, but has debts to settle before it may pay.
    UnpaidDebts,
    /// Neither logs in nor pays, even with the right password. Three wrong passwords lead here.
    Blocked,
    /// *En opposition*: its owner has reported a loss. Neither logs in nor pays.
    Opposed,
    /// *Gelé*: logs in, does not pay.
    Frozen,
    /// *Clôturé*: neither logs in nor pays.
    Closed,
    /// *Non confirmé*: its owner never finished to open it. Neither logs in nor pays.
    Unconfirmed,
}

impl AccountState {
    /// The name of the state, as the ready line and the admin API have it: `active`, `unpaid_debts`, `blocked`, …
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::UnpaidDebts => "unpaid_debts",
            Self::Blocked => "blocked",
            Self::Opposed => "opposed",
            Self::Frozen => "frozen",
            Self::Closed => "closed",
            Self::Unconfirmed => "unconfirmed",
        }
    }

    /// Why it may not log in.
    pub(crate) fn keeps_out(self) -> Option<Refusal> {
        match self {
            Self::Active | Self::UnpaidDebts | Self::Frozen => None,
            Self::Blocked => Some(Refusal::Blocked),
            Self::Opposed => Some(Refusal::Opposed),
            Self::Closed => Some(Refusal::Closed),
            Self::Unconfirmed => Some(Refusal::Unconfirmed),
        }
    }

    /// Why it may not pay.
    pub(crate) fn keeps_from_paying(self) -> Option<Refusal> {
        match self {
            Self::UnpaidDebts => Some(Refusal::UnpaidDebts),
            Self::Frozen => Some(Refusal::Frozen),
            other => other.keeps_out(),
        }
    }
}

/// A student's account. Everything in it is made up.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Which scene the account plays: `riche`, `solde-insuffisant`, …
    pub name: String,
    /// What it is for, in French, as the pages show it.
    pub purpose: String,
    /// The e-mail address, which is one of the two identifiers it logs in with.
    pub email: String,
    /// The phone number, the other identifier.
    pub phone: String,
    /// The password.
    pub password: String,
    /// What it may do.
    pub state: AccountState,
    /// Money left, in centimes.
    pub balance_cents: u64,
    /// Wrong passwords since the last right one.
    pub failed_attempts: u8,
    /// The electronic money account: `User.Id` in callbacks, `CustomerSmoneyId` in readings.
    pub smoney_id: String,
    /// The CROUS client code: `CodeClient`, `ClientCode`, `CustomerClientCode`.
    pub client_code: String,
    /// `RightHolderId` in the user's details.
    pub right_holder_id: u64,
    /// `Tarif` in the user's details: 1 for a student, 98 for a scholarship holder (*observed*).
    pub rate: u64,
}

impl Account {
    /// The account with this number: what nobody chooses follows from it.
    pub(crate) fn numbered(number: u64, name: &str, email: &str) -> Self {
        Self {
            name: name.to_owned(),
            purpose: String::new(),
            email: email.to_owned(),
            // 06 39 98 xx xx is the range kept aside in France for fiction.
            phone: format!("063998{number:04}"),
            password: PASSWORD.into(),
            state: AccountState::Active,
            balance_cents: 0,
            failed_attempts: 0,
            smoney_id: (6_000_050_616 + number).to_string(),
            client_code: format!("etu{number:05}"),
            right_holder_id: 1_254 + number,
            rate: 1,
        }
    }

    /// The fields that cannot be so, and the rule that each breaks.
    pub(crate) fn problems(&self) -> Vec<(&'static str, &'static str)> {
        let Self { name, purpose, email, phone, password, client_code, balance_cents, rate, .. } = self;
        let is_short = |text: &str, most: usize| text.chars().count() <= most;
        let rules = [
            (
                "name",
                is_name(name),
                "must be 1 to 100 letters, digits, dots, dashes and underscores, a letter or digit first",
            ),
            ("email", is_email(email), "must be an e-mail address"),
            ("phone", is_phone(phone), "must be ten digits: 0, then one that is not 0"),
            ("password", !password.is_empty() && is_short(password, 100), "must be 1 to 100 characters"),
            ("purpose", is_short(purpose, 10_000), "must be at most 10000 characters"),
            ("client_code", is_client_code(client_code), "must be 1 to 100 letters and digits"),
            ("balance_cents", *balance_cents <= LARGEST_NUMBER, "must be less than 2^53"),
            ("rate", *rate <= LARGEST_NUMBER, "must be less than 2^53"),
            ("failed_attempts", self.failed_attempts <= ALLOWED_ATTEMPTS, "must be 3 or less"),
        ];
        rules.into_iter().filter(|(_, is_right, _)| !is_right).map(|(field, _, rule)| (field, rule)).collect()
    }

    /// Whether `identifier` is the account's e-mail address or phone number, however people type them.
    pub fn answers_to(&self, identifier: &str) -> bool {
        let identifier = identifier.trim();
        let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
        let is_phone = !identifier.is_empty()
            && identifier.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '+'));
        if is_phone {
            let typed = digits(identifier);
            let national = typed.strip_prefix("33").map_or_else(|| typed.clone(), |rest| format!("0{rest}"));
            return national == digits(&self.phone);
        }
        identifier.eq_ignore_ascii_case(&self.email)
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("name", &self.name)
            .field("email", &self.email)
            .field("password", &"…")
            .field("state", &self.state)
            .field("balance_cents", &self.balance_cents)
            .field("failed_attempts", &self.failed_attempts)
            .finish_non_exhaustive()
    }
}

fn is_name(name: &str) -> bool {
    let rest = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    (1..=100).contains(&name.len()) && name.as_bytes()[0].is_ascii_alphanumeric() && name.bytes().all(rest)
}

fn is_email(email: &str) -> bool {
    let user = |byte: u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte);
    let host = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte);
    email.split_once('@').is_some_and(|(left, right)| {
        (1..=64).contains(&left.len())
            && (1..=189).contains(&right.len())
            && left.bytes().all(user)
            && right.bytes().all(host)
    })
}

fn is_phone(phone: &str) -> bool {
    let is_digits = phone.bytes().all(|byte| byte.is_ascii_digit());
    phone.len() == 10 && phone.starts_with('0') && !phone.starts_with("00") && is_digits
}

fn is_client_code(code: &str) -> bool {
    (1..=100).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

impl World {
    /// The most accounts of a world.
    pub(crate) const MOST_ACCOUNTS: usize = 1_000;

    /// What the next account to be opened begins as, with a phone number that is nobody's.
    pub(crate) fn next_account(&self, name: &str, email: &str) -> Account {
        let number = u64::try_from(self.accounts.len()).unwrap_or(u64::MAX).saturating_add(1);
        let mut account = Account::numbered(number, name, email);
        let is_taken = |phone: &str| self.accounts.iter().any(|account| account.phone == phone);
        let mut next = number;
        while is_taken(&account.phone) {
            next += 1;
            account.phone = Account::numbered(next, "", "").phone;
        }
        account
    }
}

/// The accounts of a fresh sandbox.
pub(crate) fn default_accounts() -> Vec<Account> {
    let scenes = [
        ("riche", "tout réussit", AccountState::Active, 10_000, 1),
        ("solde-insuffisant", "solde insuffisant : le paiement est refusé", AccountState::Active, 50, 1),
        (
            "impayes",
            "des impayés à régulariser : connexion possible, paiement refusé",
            AccountState::UnpaidDebts,
            5_000,
            1,
        ),
        ("bloque", "compte bloqué : tout est refusé", AccountState::Blocked, 5_000, 1),
        ("boursier", "étudiant boursier : tout réussit dans la limite du solde", AccountState::Active, 2_000, 98),
        ("personnel", "personnel du CROUS, au tarif des personnels : tout réussit", AccountState::Active, 5_000, 20),
        ("oppose", "compte en opposition : tout est refusé", AccountState::Opposed, 5_000, 1),
        ("gele", "compte gelé : connexion possible, paiement refusé", AccountState::Frozen, 5_000, 1),
        ("cloture", "compte clôturé : tout est refusé", AccountState::Closed, 0, 1),
        ("non-confirme", "ouverture du compte jamais confirmée : tout est refusé", AccountState::Unconfirmed, 0, 1),
    ];
    (1_u64..)
        .zip(scenes)
        .map(|(number, (name, purpose, state, balance_cents, rate))| Account {
            purpose: purpose.into(),
            state,
            balance_cents,
            rate,
            ..Account::numbered(number, name, &format!("{name}@example.fr"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_to_mail_and_phone_as_people_type_them() {
        let account = &default_accounts()[0];
        for identifier in
            ["riche@example.fr", " Riche@Example.fr ", "0639980001", "06 39 98 00 01", "+33 6 39 98 00 01"]
        {
            assert!(account.answers_to(identifier), "{identifier}");
        }
        for identifier in ["", " ", "riche", "0639980002", "+", "boursier@example.fr"] {
            assert!(!account.answers_to(identifier), "{identifier}");
        }
    }

    #[test]
    fn debug_hides_the_password() {
        assert!(!format!("{:?}", default_accounts()).contains(PASSWORD));
    }
}
