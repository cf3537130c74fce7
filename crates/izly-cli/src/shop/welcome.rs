//! What the person who started the shop is told.

use izly_sandbox::{Account, Sandbox};
use serde::Serialize;

use super::Shop;

/// What a program that started the shop needs.
#[derive(Serialize)]
struct Ready<'a> {
    shop_url: &'a str,
    sandbox_url: &'a str,
    back_office_url: String,
    accounts: Vec<ReadyAccount<'a>>,
}

/// A test account of the local Izly. Its password opens nothing else, and stands on Izly's pages as well.
#[derive(Serialize)]
struct ReadyAccount<'a> {
    name: &'a str,
    login: &'a str,
    phone: &'a str,
    password: &'a str,
    balance_cents: u64,
}

/// Says where everything is: one line of JSON, or a few for a person.
pub(super) fn say(shop: &Shop, sandbox: &Sandbox) {
    let accounts = sandbox.accounts();
    if shop.output.is_json() {
        shop.output.json_line(&Ready {
            shop_url: &shop.origin,
            sandbox_url: &shop.izly,
            back_office_url: shop.back_office(),
            accounts: accounts.iter().map(ready).collect(),
        });
        return;
    }
    for line in [
        "A small shop that takes Izly is open. Open this address in a browser:".to_owned(),
        String::new(),
        format!("  {}/", shop.origin),
        String::new(),
        "Izly is played by the built-in sandbox: no real money moves. Log in and pay on its pages as".to_owned(),
        String::new(),
    ] {
        shop.output.line(&line);
    }
    let width = accounts.iter().map(|account| account.email.chars().count()).max().unwrap_or_default();
    for account in &accounts {
        shop.output.line(&told(account, width));
    }
    for line in [
        String::new(),
        format!("What Izly sees of it, its back office: {}", shop.back_office()),
        "Ctrl-C ends it; nothing is kept.".to_owned(),
    ] {
        shop.output.line(&line);
    }
}

fn ready(account: &Account) -> ReadyAccount<'_> {
    let Account { name, email, phone, password, balance_cents, .. } = account;
    ReadyAccount { name, login: email, phone, password, balance_cents: *balance_cents }
}

fn told(account: &Account, width: usize) -> String {
    let Account { email, password, purpose, .. } = account;
    format!("  {email:width$}  password {password}  ({purpose})")
}
