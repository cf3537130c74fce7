//! *Comptes*: the students' accounts, and each of them to be changed.

use askama::Template;

use crate::http::Reply;
use crate::office::account_form;
use crate::office::field::Field;
use crate::office::form::Problems;
use crate::office::frame::{Frame, Place};
use crate::office::visit::{self, Visit};
use crate::office::words::{self, Badge};
use crate::pages::euros;
use crate::world::{AccountId, World};

#[derive(Template)]
#[template(path = "office/accounts.html")]
struct AccountsPage {
    frame: Frame,
    accounts: Vec<Card>,
    new: Vec<Field>,
    is_new_open: bool,
}

struct Card {
    index: usize,
    name: String,
    purpose: String,
    email: String,
    phone: String,
    password: String,
    balance: String,
    state: Badge,
    failed_attempts: u8,
    fields: Vec<Field>,
    is_open: bool,
}

/// A form that was refused: whose, and what is wrong with it.
enum Refused<'a> {
    Nothing,
    Change(usize, &'a Problems),
    Opening(&'a Problems),
}

pub(super) fn show(visit: &Visit<'_>) -> Option<Reply> {
    render(visit, 200, &Refused::Nothing)
}

pub(super) fn submit(visit: &Visit<'_>) -> Option<Reply> {
    match visit.form().action().as_str() {
        "modifier" => change(visit),
        "creer" => open(visit),
        _ => Some(super::foreign_form()),
    }
}

fn change(visit: &Visit<'_>) -> Option<Reply> {
    let form = visit.form();
    let name = form.text("compte");
    let index = visit.look(|world| world.accounts.iter().position(|account| account.name == name))??;
    let mut problems = Problems::default();
    let changed = visit.change(|world| {
        let new = account_form::change(form, &world.accounts[index], &mut problems)?;
        Some(world.change_account(AccountId(index), new))
    })?;
    match changed {
        Some(event) => Some(visit.done(Place::Accounts.name(), event)),
        None => render(visit, 422, &Refused::Change(index, &problems)),
    }
}

fn open(visit: &Visit<'_>) -> Option<Reply> {
    let form = visit.form();
    let mut problems = Problems::default();
    // Looked at and opened in one go: of two people with the same name in mind, one is told that it is taken.
    let opened = visit.change(|world| {
        let new = account_form::opening(form, world, &mut problems)?;
        Some(world.open_account(new))
    })?;
    match opened {
        Some(event) => Some(visit.done(Place::Accounts.name(), event)),
        None => render(visit, 422, &Refused::Opening(&problems)),
    }
}

fn render(visit: &Visit<'_>, status: u16, refused: &Refused<'_>) -> Option<Reply> {
    let frame = visit.frame(Place::Accounts)?;
    let accounts = visit.look(|world| cards(world, visit, refused))?;
    let (new, is_new_open) = match refused {
        Refused::Opening(problems) => (account_form::opening_fields(Some((visit.form(), problems))), true),
        _ => (account_form::opening_fields(None), false),
    };
    let wrong: Vec<Field> = accounts.iter().flat_map(|card| card.fields.clone()).chain(new.clone()).collect();
    let page = AccountsPage { frame: frame.with_problems(&wrong), accounts, new, is_new_open };
    Some(visit::page(status, &page))
}

fn cards(world: &World, visit: &Visit<'_>, refused: &Refused<'_>) -> Vec<Card> {
    let card = |(index, account): (usize, &crate::Account)| {
        let wrong = match refused {
            Refused::Change(wrong, problems) if *wrong == index => Some((visit.form(), *problems)),
            _ => None,
        };
        Card {
            index,
            name: account.name.clone(),
            purpose: account.purpose.clone(),
            email: account.email.clone(),
            phone: account.phone.clone(),
            password: account.password.clone(),
            balance: euros(account.balance_cents),
            state: words::state_badge(account.state),
            failed_attempts: account.failed_attempts,
            is_open: wrong.is_some(),
            fields: account_form::change_fields(index, account, wrong),
        }
    };
    world.accounts.iter().enumerate().map(card).collect()
}
