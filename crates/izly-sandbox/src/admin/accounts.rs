//! `accounts` and `logins`: the students.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::account::Account;
use crate::admin::problem::Problem;
use crate::admin::question::{Question, found, patched, read, with_status};
use crate::http::Reply;
use crate::login::ScopeMask;
use crate::routes;
use crate::world::{AccountId, World};

pub(super) fn list(question: &Question<'_>) -> Result<Reply, Problem> {
    question.read(|world| found(&json!({ "accounts": world.accounts })))
}

pub(super) fn add(question: &Question<'_>) -> Result<Reply, Problem> {
    const KNOWN: [&str; 9] =
        ["name", "email", "phone", "purpose", "password", "state", "balance_cents", "client_code", "rate"];
    let object = question.object()?;
    question.change(|world| {
        if world.accounts.len() >= World::MOST_ACCOUNTS {
            return Err(Problem::conflict(None, format!("there are {} accounts already", World::MOST_ACCOUNTS)));
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
    let template = world.next_account(&text("name")?, &text("email")?);
    checked(patched(&template, object, known)?)
}

fn checked(account: Account) -> Result<Account, Problem> {
    match account.problems().first() {
        Some((field, rule)) => Err(Problem::field(*field, *rule)),
        None => Ok(account),
    }
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
