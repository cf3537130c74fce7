//! The line that tells whoever started the sandbox how to reach it.

use std::fmt;

use serde::Serialize;

use crate::account::Account;
use crate::partner::Partner;

/// Everything a program needs to use a sandbox that has just started. Serialises to one JSON object.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ReadyLine {
    /// `http://127.0.0.1:PORT`.
    pub base_url: String,
    /// The first partner's API key.
    pub api_key: String,
    /// The first partner's identifier.
    pub identifier: String,
    /// The test accounts.
    pub accounts: Vec<ReadyAccount>,
    /// Where things are.
    pub urls: ReadyUrls,
}

/// A test account.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ReadyAccount {
    /// Which scene it plays.
    pub name: String,
    /// The e-mail address to log in with.
    pub login: String,
    /// The phone number, the other login.
    pub phone: String,
    /// The password.
    pub password: String,
    /// What it may do, such as `active`, `unpaid_debts` or `blocked`.
    pub state: String,
    /// Money left, in centimes.
    pub balance_cents: u64,
}

/// The addresses of the sandbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ReadyUrls {
    /// The login page, ready to open in a browser.
    pub authorize: String,
    /// The token endpoint.
    pub token: String,
    /// The user's details.
    pub users: String,
    /// Payments.
    pub web_payments: String,
    /// Answers 200 with this object once the sandbox serves.
    pub ready: String,
    /// The back office, for people.
    pub back_office: String,
    /// The admin API, for programs.
    pub admin_api: String,
}

impl ReadyLine {
    pub(crate) fn new(base_url: &str, partner: &Partner, accounts: &[Account]) -> Self {
        let url = |path: &str| format!("{base_url}{path}");
        Self {
            base_url: base_url.to_owned(),
            api_key: partner.api_key(),
            identifier: partner.identifier.clone(),
            accounts: accounts.iter().map(ReadyAccount::new).collect(),
            urls: ReadyUrls {
                authorize: url(&partner.login_target()),
                token: url("/oauth/Home/Token"),
                users: url("/api/izly/users"),
                web_payments: url("/api/Izly/WebPayments"),
                ready: url("/_sandbox/ready"),
                back_office: url("/_sandbox"),
                admin_api: url("/_sandbox/api"),
            },
        }
    }
}

impl ReadyAccount {
    fn new(account: &Account) -> Self {
        Self {
            name: account.name.clone(),
            login: account.email.clone(),
            phone: account.phone.clone(),
            password: account.password.clone(),
            state: account.state.name().to_owned(),
            balance_cents: account.balance_cents,
        }
    }
}

impl fmt::Debug for ReadyLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadyLine")
            .field("base_url", &self.base_url)
            .field("api_key", &"…")
            .field("identifier", &self.identifier)
            .field("accounts", &self.accounts)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ReadyAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadyAccount")
            .field("name", &self.name)
            .field("login", &self.login)
            .field("password", &"…")
            .field("state", &self.state)
            .field("balance_cents", &self.balance_cents)
            .finish_non_exhaustive()
    }
}
