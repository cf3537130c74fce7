//! The two forms about accounts: what they hold, and how they are read.

use crate::account::{ALLOWED_ATTEMPTS, Account};
use crate::office::actions::AccountChange;
use crate::office::field::{Choice, Control, Field, typed, within};
use crate::office::form::{Form, Problems, number};
use crate::office::{money, words};
use crate::world::World;

/// The most accounts that a partner's world holds.
const MOST: usize = 1_000;

/// The longest text of an account.
const LONGEST: usize = 200;

/// A form that was refused, and why.
type Wrong<'a> = Option<(Form<'a>, &'a Problems)>;

/// An account to be opened.
pub(super) struct Opening {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) purpose: String,
    pub(super) balance_cents: u64,
}

pub(super) fn change_fields(index: usize, account: &Account, wrong: Wrong<'_>) -> Vec<Field> {
    let states =
        words::STATES.into_iter().map(|state| Choice::new(words::name_of(&state), words::state_in_full(state)));
    let fields = vec![
        Field::new("etat", "État", words::name_of(&account.state), Control::Choice(states.collect())),
        Field::text("solde", "Solde, en euros", money::typed(account.balance_cents)).keyboard("decimal"),
        Field::text("essais", "Mots de passe erronés de suite", account.failed_attempts.to_string())
            .keyboard("numeric")
            .help(format!("Le compte est bloqué au {ALLOWED_ATTEMPTS}ᵉ.")),
        Field::text("nouveau_mot_de_passe", "Mot de passe", &account.password),
    ];
    finish(&format!("compte-{index}"), fields, wrong)
}

pub(super) fn opening_fields(wrong: Wrong<'_>) -> Vec<Field> {
    let fields = vec![
        Field::text("nom", "Nom du compte", "").help("Un mot qui dit son rôle, par exemple « premiere-annee »."),
        Field::text("email", "E-mail", "").keyboard("email").help("L’un de ses deux identifiants de connexion."),
        Field::text("role", "Ce qu’il permet d’essayer", ""),
        Field::text("solde", "Solde, en euros", "20,00").keyboard("decimal"),
    ];
    finish("nouveau", fields, wrong)
}

fn finish(prefix: &str, fields: Vec<Field>, wrong: Wrong<'_>) -> Vec<Field> {
    let fields = within(prefix, fields);
    match wrong {
        Some((form, problems)) => typed(fields, form, problems),
        None => fields,
    }
}

/// The change that was typed, if nothing is wrong with it.
pub(super) fn change(form: Form<'_>, problems: &mut Problems) -> Option<AccountChange> {
    let state = words::named(&form.text("etat"));
    if state.is_none() {
        problems.add("etat", "Choisissez un état.");
    }
    let balance_cents = problems.check("solde", money::parse(&form.text("solde")));
    let attempts = problems.check("essais", number(&form.text("essais"), 0, u8::MAX.into()));
    let password = problems.check("nouveau_mot_de_passe", filled(form.raw("nouveau_mot_de_passe").into_owned()));
    let failed_attempts = u8::try_from(attempts).ok()?;
    problems.is_empty().then_some(AccountChange { state: state?, balance_cents, failed_attempts, password })
}

/// The account that was typed, if nothing is wrong with it.
pub(super) fn opening(form: Form<'_>, world: &World, problems: &mut Problems) -> Option<Opening> {
    let (name, email, purpose) = (form.text("nom"), form.text("email"), form.text("role"));
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if name.is_empty() || name.len() > LONGEST || !name.chars().all(is_word) {
        problems.add("nom", "Saisissez un mot : des lettres, des chiffres, des tirets.");
    } else if world.account_named(&name).is_some() {
        problems.add("nom", "Un compte porte déjà ce nom.");
    }
    if !is_email(&email) {
        problems.add("email", "Saisissez une adresse e-mail, par exemple nom@example.fr.");
    } else if world.account_named(&email).is_some() {
        problems.add("email", "Un compte a déjà cette adresse.");
    }
    if purpose.len() > LONGEST {
        problems.add("role", "Ce texte est trop long.");
    }
    let balance_cents = problems.check("solde", money::parse(&form.text("solde")));
    if world.accounts.len() >= MOST {
        problems.add("nom", format!("Il y a déjà {MOST} comptes."));
    }
    problems.is_empty().then_some(Opening { name, email, purpose, balance_cents })
}

fn filled(text: String) -> Result<String, String> {
    match text.len() {
        0 => Err("Saisissez un mot de passe : un compte en a toujours un.".to_owned()),
        length if length > LONGEST => Err("Ce mot de passe est trop long.".to_owned()),
        _ => Ok(text),
    }
}

fn is_email(text: &str) -> bool {
    let is_plain = |c: char| !c.is_whitespace() && !c.is_control();
    text.len() <= LONGEST
        && text.chars().all(is_plain)
        && text.split_once('@').is_some_and(|(before, after)| {
            !before.is_empty() && after.contains('.') && !after.contains('@') && !after.starts_with('.')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn email_addresses() {
        for email in ["a@b.fr", "prénom.nom+x@univ.example"] {
            assert!(is_email(email), "{email}");
        }
        for email in ["", "a", "@b.fr", "a@b", "a b@c.fr", "a@b@c.fr", "a@.fr"] {
            assert!(!is_email(email), "{email}");
        }
    }

    #[test]
    fn a_change_with_anything_wrong_is_none() {
        let read = |body: &str| {
            let mut problems = Problems::default();
            let change = change(Form::new(body.as_bytes()), &mut problems);
            (change.is_some(), problems)
        };
        assert!(read("etat=frozen&solde=12%2C34&essais=2&nouveau_mot_de_passe=+x").0);
        for (body, field) in [
            ("etat=geler&solde=1&essais=0&nouveau_mot_de_passe=x", "etat"),
            ("etat=frozen&solde=1.234&essais=0&nouveau_mot_de_passe=x", "solde"),
            ("etat=frozen&solde=1&essais=256&nouveau_mot_de_passe=x", "essais"),
            ("etat=frozen&solde=1&essais=0&nouveau_mot_de_passe=", "nouveau_mot_de_passe"),
        ] {
            let (is_read, problems) = read(body);
            assert!(!is_read && problems.of(field).is_some(), "{body}");
        }
    }
}
