//! `accounts` and `logins`: the students.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::account::{ALLOWED_ATTEMPTS, Account};
use crate::admin::problem::Problem;
use crate::admin::question::{Question, found, patched, read, with_status};
use crate::http::Reply;
use crate::login::ScopeMask;
use crate::routes;
use crate::world::{AccountId, World};

/// The most accounts of a partner's world.
pub(crate) const MOST_ACCOUNTS: usize = 1_000;

/// The largest number: what JSON keeps everywhere.
const LARGEST: u64 = (1 << 53) - 1;

pub(super) fn list(question: &Question<'_>) -> Result<Reply, Problem> {
    question.read(|world| found(&json!({ "accounts": world.accounts })))
}

pub(super) fn add(question: &Question<'_>) -> Result<Reply, Problem> {
    const KNOWN: [&str; 9] =
        ["name", "email", "phone", "purpose", "password", "state", "balance_cents", "client_code", "rate"];
    let object = question.object()?;
    question.change(|world| {
        if world.accounts.len() >= MOST_ACCOUNTS {
            return Err(Problem::conflict(None, format!("there are {MOST_ACCOUNTS} accounts already")));
        }
        let account = new(world, object, &KNOWN)?;
        if let Some(field) = taken(world, &account) {
            return Err(Problem::conflict(Some(field), "is another account's"));
        }
        world.note(format!("Compte « {} » ajouté.", account.name));
        let reply = with_status(201, &account);
        world.accounts.push(account);
        Ok(reply)
    })
}

/// What this account would share with another one, and must not.
fn taken(world: &World, account: &Account) -> Option<&'static str> {
    let any = |same: &dyn Fn(&Account) -> bool| world.accounts.iter().any(same);
    if any(&|known| known.name == account.name) {
        return Some("name");
    }
    if any(&|known| known.answers_to(&account.email)) {
        return Some("email");
    }
    any(&|known| known.answers_to(&account.phone)).then_some("phone")
}

/// The account that a request names.
pub(super) fn named(world: &World, name: &str) -> Result<AccountId, Problem> {
    if name.is_empty() {
        return Err(Problem::field("account", "must not be empty"));
    }
    world.account_named(name).ok_or_else(|| Problem::absent("account", "there is no such account"))
}

fn new(world: &World, object: Map<String, Value>, known: &[&str]) -> Result<Account, Problem> {
    let text = |name: &'static str| match object.get(name) {
        Some(Value::String(text)) => Ok(text.clone()),
        Some(Value::Null) | None => Err(Problem::field(name, "is required")),
        Some(_) => Err(Problem::field(name, "must be a text")),
    };
    let number = u64::try_from(world.accounts.len()).unwrap_or(u64::MAX).saturating_add(1);
    let mut template = Account::numbered(number, &text("name")?, &text("email")?);
    // Somebody may have the next number already.
    let taken = |phone: &str| world.accounts.iter().any(|account| account.phone == phone);
    let mut next = number;
    while taken(&template.phone) {
        next += 1;
        template.phone = Account::numbered(next, "", "").phone;
    }
    checked(patched(&template, object, known)?)
}

pub(crate) fn checked(account: Account) -> Result<Account, Problem> {
    let Account { name, purpose, email, phone, password, client_code, balance_cents, rate, .. } = &account;
    let wrong = |field: &str, rule: &str| Err(Problem::field(field, rule));
    if !is_name(name) {
        return wrong(
            "name",
            "must be 1 to 100 letters, digits, dots, dashes and underscores, a letter or digit first",
        );
    }
    if !is_email(email) {
        return wrong("email", "must be an e-mail address");
    }
    if !(phone.len() == 10 && phone.starts_with('0') && !phone.starts_with("00") && all_digits(phone)) {
        return wrong("phone", "must be ten digits: 0, then one that is not 0");
    }
    if password.is_empty() || password.chars().count() > 100 {
        return wrong("password", "must be 1 to 100 characters");
    }
    if purpose.chars().count() > 10_000 {
        return wrong("purpose", "must be at most 10000 characters");
    }
    if client_code.is_empty() || client_code.len() > 100 || !client_code.bytes().all(|it| it.is_ascii_alphanumeric()) {
        return wrong("client_code", "must be 1 to 100 letters and digits");
    }
    for (field, number) in [("balance_cents", *balance_cents), ("rate", *rate)] {
        if number > LARGEST {
            return wrong(field, "must be less than 2^53");
        }
    }
    Ok(account)
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

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

pub(super) fn show(question: &Question<'_>) -> Result<Reply, Problem> {
    question.read(|world| match world.account_named(&question.variable) {
        Some(id) => Ok(found(world.account(id))),
        None => Err(Problem::not_found("account")),
    })?
}

pub(super) fn change(question: &Question<'_>) -> Result<Reply, Problem> {
    const KNOWN: [&str; 6] = ["state", "balance_cents", "password", "failed_attempts", "purpose", "rate"];
    let mut changes = question.object()?;
    // An account that is unblocked begins to count anew.
    if changes.get("state").is_some_and(|state| state == "active") {
        changes.entry("failed_attempts").or_insert_with(|| 0.into());
    }
    question.change(|world| {
        let id = world.account_named(&question.variable).ok_or_else(|| Problem::not_found("account"))?;
        let account = checked(patched(world.account(id), changes, &KNOWN)?)?;
        if account.failed_attempts > ALLOWED_ATTEMPTS {
            return Err(Problem::field("failed_attempts", "must be 3 or less"));
        }
        world.note(format!("Compte « {} » modifié.", account.name));
        let reply = found(&account);
        world.accounts[id.0] = account;
        Ok(reply)
    })
}

#[derive(Deserialize)]
struct Login {
    account: String,
    #[serde(default = "everything")]
    scope: u32,
    #[serde(default)]
    state: Option<String>,
}

/// The scope of the guide's example.
fn everything() -> u32 {
    16_385
}

/// A login without a page: where it sends the browser.
pub(super) fn log_in(question: &Question<'_>) -> Result<Reply, Problem> {
    let login: Login = read(question.object()?, &["account", "scope", "state"])?;
    let known = [1, 16_384, 16_385].contains(&login.scope);
    let scope = ScopeMask::new(login.scope).filter(|_| known);
    let scope = scope.ok_or_else(|| Problem::field("scope", "must be 1, 16384 or 16385"))?;
    question.change(|world| {
        if !world.partner.approved {
            return Err(Problem::conflict(None, "the partner is not approved"));
        }
        let account = named(world, &login.account)?;
        let code = world.grant_code(account, scope).map_err(|refusal| {
            Problem::conflict(Some("account"), format!("this account may not log in: {}", refusal.message()))
        })?;
        let text = format!("Connexion sans page : compte « {} ».", world.account(account).name);
        world.note(text);
        Ok(found(&json!({ "location": routes::login_location(world, login.state, scope, &code) })))
    })
}
