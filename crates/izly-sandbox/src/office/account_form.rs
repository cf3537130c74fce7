//! The two forms about accounts: what they hold, and how they are read.

use crate::account::{ALLOWED_ATTEMPTS, Account, LARGEST_NUMBER};
use crate::office::field::{Choice, Control, Field, typed, within};
use crate::office::form::{Form, Problems, number};
use crate::office::{money, words};
use crate::pages::euros;
use crate::world::World;

/// A form that was refused, and why.
type Wrong<'a> = Option<(Form<'a>, &'a Problems)>;

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

/// The account with the change that was typed, if nothing is wrong with it.
pub(super) fn change(form: Form<'_>, account: &Account, problems: &mut Problems) -> Option<Account> {
    let state = words::named(&form.text("etat"));
    if state.is_none() {
        problems.add("etat", "Choisissez un état.");
    }
    let balance_cents = problems.check("solde", money::parse(&form.text("solde")));
    let attempts = problems.check("essais", number(&form.text("essais"), 0, ALLOWED_ATTEMPTS.into()));
    let changed = Account {
        state: state.unwrap_or(account.state),
        balance_cents,
        failed_attempts: u8::try_from(attempts).ok()?,
        password: form.raw("nouveau_mot_de_passe").into_owned(),
        ..account.clone()
    };
    tell(&changed, &["balance_cents", "password"], problems);
    problems.is_empty().then_some(changed)
}

/// The account that was typed, if nothing is wrong with it.
pub(super) fn opening(form: Form<'_>, world: &World, problems: &mut Problems) -> Option<Account> {
    let (name, email) = (form.text("nom"), form.text("email"));
    let account = Account {
        purpose: form.text("role"),
        balance_cents: problems.check("solde", money::parse(&form.text("solde"))),
        ..world.next_account(&name, &email)
    };
    tell(&account, &["name", "email", "purpose", "balance_cents"], problems);
    if !has_domain(&email) {
        problems.add("email", NO_EMAIL);
    }
    if world.account_named(&name).is_some() {
        problems.add("nom", "Un compte porte déjà ce nom.");
    }
    if world.account_named(&email).is_some() {
        problems.add("email", "Un compte a déjà cette adresse.");
    }
    if world.accounts.len() >= World::MOST_ACCOUNTS {
        problems.add("nom", format!("Il y a déjà {} comptes.", World::MOST_ACCOUNTS));
    }
    problems.is_empty().then_some(account)
}

const NO_EMAIL: &str = "Saisissez une adresse e-mail, par exemple nom@example.fr.";

/// What cannot be in those of an account's fields that a form has, told by the form's names.
fn tell(account: &Account, fields: &[&str], problems: &mut Problems) {
    for (field, _) in account.problems().into_iter().filter(|(field, _)| fields.contains(field)) {
        match field {
            "name" => problems.add("nom", "Saisissez un mot : des lettres sans accent, des chiffres, des tirets."),
            "email" => problems.add("email", NO_EMAIL),
            "purpose" => problems.add("role", "Ce texte est trop long."),
            "password" => problems.add(
                "nouveau_mot_de_passe",
                "Saisissez un mot de passe de 1 à 100 caractères : un compte en a toujours un.",
            ),
            "balance_cents" => problems.add("solde", format!("Saisissez au plus {}.", euros(LARGEST_NUMBER))),
            _ => {}
        }
    }
}

/// A slip that is no mistake to Izly: the address of a machine without a domain.
fn has_domain(email: &str) -> bool {
    email.split_once('@').is_some_and(|(_, host)| host.contains('.') && !host.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::default_accounts;
    use crate::world::tests::world;

    #[test]
    fn email_addresses() {
        let is_email = |email: &str| {
            let mut body = form_urlencoded::Serializer::new(String::new());
            body.append_pair("nom", "nouveau").append_pair("email", email).append_pair("solde", "1");
            let mut problems = Problems::default();
            opening(Form::new(body.finish().as_bytes()), &world(), &mut problems).is_some()
        };
        for email in ["a@b.fr", "prenom.nom+x@univ.example"] {
            assert!(is_email(email), "{email}");
        }
        for email in ["", "a", "@b.fr", "a@b", "a b@c.fr", "a@b@c.fr", "a@.fr", "prénom@univ.example"] {
            assert!(!is_email(email), "{email}");
        }
    }

    #[test]
    fn a_change_with_anything_wrong_is_none() {
        let account = &default_accounts()[0];
        let read = |body: &str| {
            let mut problems = Problems::default();
            let change = change(Form::new(body.as_bytes()), account, &mut problems);
            (change.is_some(), problems)
        };
        assert!(read("etat=frozen&solde=12%2C34&essais=2&nouveau_mot_de_passe=+x").0);
        for (body, field) in [
            ("etat=geler&solde=1&essais=0&nouveau_mot_de_passe=x", "etat"),
            ("etat=frozen&solde=1.234&essais=0&nouveau_mot_de_passe=x", "solde"),
            ("etat=frozen&solde=90071992547409%2C92&essais=0&nouveau_mot_de_passe=x", "solde"),
            ("etat=frozen&solde=1&essais=256&nouveau_mot_de_passe=x", "essais"),
            ("etat=frozen&solde=1&essais=4&nouveau_mot_de_passe=x", "essais"),
            ("etat=frozen&solde=1&essais=0&nouveau_mot_de_passe=", "nouveau_mot_de_passe"),
        ] {
            let (is_read, problems) = read(body);
            assert!(!is_read && problems.of(field).is_some(), "{body}");
        }
    }
}
