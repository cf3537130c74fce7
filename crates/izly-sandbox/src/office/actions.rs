//! What an administrator does, apart from any page. Each leaves an event on the timeline and returns its number, by
//! which the next page tells what was done.

use std::sync::Arc;

use crate::account::Account;
use crate::app::App;
use crate::callback::{self, DeliveryOptions, Forgery};
use crate::office::words;
use crate::pages::euros;
use crate::partner::Partner;
use crate::payment::{PaymentStatus, Validation};
use crate::routes;
use crate::world::{AccountId, World};
use crate::worlds::{NotAdded, WorldId};

impl World {
    /// Changes the registration.
    pub(super) fn register(&mut self, new: Partner) -> u64 {
        let old = self.partner.clone();
        let changed = [
            ("nom du site", old.site_name != new.site_name),
            ("URL de callback", old.callback_url != new.callback_url),
            ("lien après connexion", old.login_redirect_url != new.login_redirect_url),
            ("lien après paiement", old.payment_redirect_url != new.payment_redirect_url),
            ("page d’accueil", old.home_page_url != new.home_page_url),
            (on("agréé", new.approved), old.approved != new.approved),
            (on("IzlyPay", new.izly_pay), old.izly_pay != new.izly_pay),
            (on("callback autorisé", new.callback_allowed), old.callback_allowed != new.callback_allowed),
        ];
        let changed: Vec<&str> = changed.into_iter().filter(|(_, is_new)| *is_new).map(|(name, _)| name).collect();
        self.update_partner(|partner| *partner = new);
        self.note(match changed.as_slice() {
            [] => "Inscription enregistrée, sans changement.".to_owned(),
            names => format!("Inscription modifiée : {}.", names.join(", ")),
        })
    }

    /// Changes an account: state, balance, wrong passwords and the password itself.
    pub(super) fn change_account(&mut self, AccountId(index): AccountId, new: Account) -> u64 {
        let account = &self.accounts[index];
        let mut changed = Vec::new();
        if account.state != new.state {
            changed.push(format!("état « {} »", words::state(new.state)));
        }
        if account.balance_cents != new.balance_cents {
            changed.push(format!("solde {}", euros(new.balance_cents)));
        }
        if account.failed_attempts != new.failed_attempts {
            changed.push(format!("{} mot(s) de passe erroné(s)", new.failed_attempts));
        }
        if account.password != new.password {
            changed.push("mot de passe changé".to_owned());
        }
        let name = new.name.clone();
        self.accounts[index] = new;
        self.note(match changed.as_slice() {
            [] => format!("Compte « {name} » enregistré, sans changement."),
            several => format!("Compte « {name} » : {}.", several.join(", ")),
        })
    }

    /// Opens an account, whose name, e-mail address and phone number are nobody else's.
    pub(super) fn open_account(&mut self, new: Account) -> u64 {
        let text = format!("Compte « {} » créé, avec {}.", new.name, euros(new.balance_cents));
        self.accounts.push(new);
        self.note(text)
    }
}

fn on(name: &'static str, is_on: bool) -> &'static str {
    match (name, is_on) {
        ("agréé", true) => "agréé coché",
        ("agréé", false) => "agréé décoché",
        ("IzlyPay", true) => "IzlyPay coché",
        ("IzlyPay", false) => "IzlyPay décoché",
        (_, true) => "callback autorisé par l’hébergeur",
        (_, false) => "callback bloqué par l’hébergeur",
    }
}

/// *Valider*, as the student of that account, without the page. `None`: no such payment.
pub(super) async fn approve(app: &Arc<App>, id: WorldId, operation: u64, account: AccountId) -> Option<u64> {
    let (event, announcement) = {
        let mut worlds = app.worlds();
        let world = worlds.get_mut(id)?;
        let name = world.account(account).name.clone();
        let outcome = world.validate_as(operation, account, None)?;
        let event = world.note(match outcome {
            Validation::Paid => format!("Opération {operation} validée en tant que « {name} » : payée."),
            Validation::Settled(status) => {
                format!("Opération {operation} : rien à valider, elle est déjà « {} ».", words::status(status))
            }
            Validation::Refused(refusal, _) => {
                format!("Opération {operation} refusée à « {name} » : {}", refusal.message())
            }
        });
        let decided = routes::approve(app, world, operation, outcome, &DeliveryOptions::default());
        (event, decided.announcement)
    };
    callback::announce_any(app, id, announcement).await;
    Some(event)
}

/// *Annuler*, as the student.
pub(super) async fn cancel(app: &Arc<App>, id: WorldId, operation: u64) -> Option<u64> {
    let (event, announcement) = {
        let mut worlds = app.worlds();
        let world = worlds.get_mut(id)?;
        let before = world.payments.get(&operation)?.status;
        let event = world.note(match before {
            PaymentStatus::Waiting => format!("Opération {operation} annulée."),
            other => format!("Opération {operation} : trop tard pour annuler, elle est « {} ».", words::status(other)),
        });
        let decided = routes::cancel(app, world, operation, None, &DeliveryOptions::default())?;
        (event, decided.announcement)
    };
    callback::announce_any(app, id, announcement).await;
    Some(event)
}

/// A callback about a payment as it is, out of thin air and at once, whatever the mode.
pub(super) async fn send_callback(app: &Arc<App>, id: WorldId, operation: u64, forge: Option<Forgery>) -> Option<u64> {
    let (event, announcement) = {
        let mut worlds = app.worlds();
        let world = worlds.get_mut(id)?;
        let options = DeliveryOptions { forge, at_once: true, ..DeliveryOptions::default() };
        let announcement = routes::announce_as_it_is(app, world, operation, &options)?;
        let forged = forge.map(|forge| format!(", falsifié ({})", words::forgery(forge).to_lowercase()));
        let event = world.note(format!("Callback demandé pour l’opération {operation}{}.", forged.unwrap_or_default()));
        (event, announcement)
    };
    callback::announce(app, id, announcement).await;
    Some(event)
}

/// Sends a callback that waits. `None`: it waits no more.
pub(super) async fn deliver(app: &Arc<App>, id: WorldId, delivery: u64) -> Option<u64> {
    let event = {
        let mut worlds = app.worlds();
        let world = worlds.get_mut(id)?;
        let waiting = world.waiting.iter().find(|waiting| waiting.id == delivery && !waiting.in_flight)?;
        let operation = waiting.operation_id;
        world.note(format!("Callback n° {delivery} (opération {operation}) envoyé à la main."))
    };
    if callback::deliver(app, id, delivery).await.is_none() {
        // Somebody else was quicker: the event is all there is to tell.
        app.told();
    }
    Some(event)
}

/// Sends the bytes of an ended callback again. `None`: there is no such callback.
pub(super) async fn replay(app: &Arc<App>, id: WorldId, delivery: u64) -> Option<u64> {
    let event = {
        let mut worlds = app.worlds();
        let world = worlds.get_mut(id)?;
        let operation = world.journal.delivery(delivery)?.operation_id;
        world.note(format!("Callback n° {delivery} (opération {operation}) rejoué."))
    };
    if callback::replay(app, id, delivery, None).await.is_none() {
        app.told();
    }
    Some(event)
}

/// Adds a partner that has been checked. Returns the event on its own timeline.
pub(super) fn add_partner(app: &App, partner: Partner) -> Result<u64, NotAdded> {
    let event = {
        let mut worlds = app.worlds();
        let id = worlds.add(partner)?;
        // It is there: the lock has been kept.
        worlds.get_mut(id).map_or(0, |world| world.note("Partenaire créé."))
    };
    app.changed();
    Ok(event)
}

/// Forgets a partner. Returns the event on the first one's timeline. `None`: it is the first one, or gone already.
pub(super) fn remove_partner(app: &App, id: WorldId) -> Option<u64> {
    let event = {
        let mut worlds = app.worlds();
        let identifier = worlds.get(id)?.partner.identifier.clone();
        if !worlds.remove(id) {
            return None;
        }
        worlds.first_mut().note(format!("Partenaire « {identifier} » supprimé."))
    };
    app.changed();
    Some(event)
}

/// Puts a partner's world back to how it began.
pub(super) fn reset(app: &App, id: WorldId) -> Option<u64> {
    let event = {
        let mut worlds = app.worlds();
        let id = worlds.reset(id)?;
        worlds.get_mut(id)?.note("Tout est remis à zéro, sauf l’inscription.")
    };
    app.changed();
    Some(event)
}
