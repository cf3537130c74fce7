//! The French pages a student sees. The words come from the guide's screenshots where they can be read.

use askama::Template;

use crate::account::{Account, AccountState};
use crate::payment::{PaymentRecord, PaymentStatus};
use crate::world::World;

/// One row of the list of test accounts in the banner.
pub(crate) struct Hint {
    email: String,
    phone: String,
    password: String,
    balance: String,
    purpose: String,
}

impl Hint {
    /// All accounts, as they are now.
    pub(crate) fn all(world: &World) -> Vec<Self> {
        world.accounts.iter().map(Self::new).collect()
    }

    fn new(account: &Account) -> Self {
        // Three wrong passwords block any account, and the list should not go on promising that it works.
        let purpose = match account.state {
            AccountState::Blocked if account.name != "bloque" => "bloqué depuis le démarrage",
            _ => &account.purpose,
        };
        Self {
            email: account.email.clone(),
            phone: account.phone.clone(),
            password: account.password.clone(),
            balance: euros(account.balance_cents),
            purpose: purpose.to_owned(),
        }
    }
}

/// *Connectez-vous à votre compte Izly.*
#[derive(Template)]
#[template(path = "login.html")]
pub(crate) struct LoginPage<'a> {
    pub(crate) site: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) scope: &'a str,
    pub(crate) state: Option<&'a str>,
    pub(crate) forgotten_url: String,
    /// What was typed before, so that a mistake in the password costs one field only.
    pub(crate) typed: &'a str,
    pub(crate) error: Option<&'a str>,
    pub(crate) hints: Vec<Hint>,
}

/// *Payer avec Izly.*
#[derive(Template)]
#[template(path = "payment.html")]
pub(crate) struct PaymentPage<'a> {
    pub(crate) site: &'a str,
    pub(crate) amount: String,
    pub(crate) message: Option<&'a str>,
    pub(crate) action: String,
    pub(crate) forgotten_url: String,
    pub(crate) typed: &'a str,
    pub(crate) error: Option<&'a str>,
    pub(crate) hints: Vec<Hint>,
}

/// The end of a payment: paid, cancelled or refunded, with the way back.
#[derive(Template)]
#[template(path = "result.html")]
pub(crate) struct ResultPage<'a> {
    title: &'static str,
    good: bool,
    amount: String,
    site: &'a str,
    ending: &'static str,
    more: Option<&'static str>,
    link: &'a str,
}

impl<'a> ResultPage<'a> {
    /// The page for a payment that is settled. The links are *documented*: the payment redirect URL after a payment,
    /// the home page after a cancel.
    pub(crate) fn new(world: &'a World, payment: &'a PaymentRecord) -> Self {
        let partner = &world.partner;
        let after_payment = payment.redirect_url.as_deref().unwrap_or(&partner.payment_redirect_url);
        let (title, good, ending, more, link) = match payment.status {
            PaymentStatus::Cancelled => {
                ("Paiement avec Izly annulé", false, "a été annulé", None, partner.home_page_url.as_str())
            }
            PaymentStatus::Refund => {
                ("Paiement avec Izly remboursé", true, "a été remboursé", None, partner.home_page_url.as_str())
            }
            PaymentStatus::Completed | PaymentStatus::Waiting => {
                let email = "Un email de confirmation va vous être envoyé.";
                ("Paiement effectué avec Izly", true, "a bien été effectué", Some(email), after_payment)
            }
        };
        let amount = euros(payment.amount_cents);
        Self { title, good, amount, site: &partner.site_name, ending, more, link }
    }
}

/// *Mot de passe oublié ?*
#[derive(Template)]
#[template(path = "forgotten.html")]
pub(crate) struct ForgottenPage<'a> {
    /// The partner to go back to, when the link said which.
    pub(crate) site: Option<&'a str>,
    pub(crate) home_page_url: &'a str,
}

/// What the error page says to a POST without the hidden field that tells which button was pressed. *Our invention.*
pub(crate) const FOREIGN_FORM: &str = "Le formulaire reçu n’est pas celui de cette page : le champ caché « action » \
    manque ou n’a pas une valeur connue. Rouvrez la page et validez son propre formulaire.";

/// Anything that cannot go on.
#[derive(Template)]
#[template(path = "error.html")]
pub(crate) struct ErrorPage<'a> {
    pub(crate) title: &'a str,
    pub(crate) text: &'a str,
}

/// `1,00 €`, as on the guide's pages.
pub(crate) fn euros(amount_cents: u64) -> String {
    format!("{},{:02} €", amount_cents / 100, amount_cents % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_in_french() {
        assert_eq!(euros(100), "1,00 €");
        assert_eq!(euros(5), "0,05 €");
        assert_eq!(euros(123_456), "1234,56 €");
    }

    #[test]
    fn everything_shown_is_escaped() {
        let page = LoginPage {
            site: "<b>&\"",
            client_id: "\"><script>1</script>",
            scope: "'\"",
            state: Some("\"<i>"),
            forgotten_url: "/x?\"".into(),
            typed: "\"><img>",
            error: Some("<u>"),
            hints: Vec::new(),
        };
        let html = page.render().unwrap();
        for raw in ["<script>", "<img>", "<i>", "<u>", "<b>", "/x?\""] {
            assert!(!html.contains(raw), "{raw} in {html}");
        }
    }
}
