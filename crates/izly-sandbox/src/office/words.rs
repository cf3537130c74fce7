//! The French words for what the sandbox knows by names.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::account::AccountState;
use crate::callback::{CallbackMode, Commit, Delivery, Due, Forgery};
use crate::fault::{CallName, FaultTarget};
use crate::payment::PaymentStatus;
use crate::remark::Provenance;

/// How good the news is: the colour of a badge, whose text says the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Good,
    Bad,
    Waiting,
    Plain,
}

impl Tone {
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Bad => "bad",
            Self::Waiting => "waiting",
            Self::Plain => "plain",
        }
    }
}

/// A short text with a colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Badge {
    pub(super) text: String,
    pub(super) class: &'static str,
}

impl Badge {
    pub(super) fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), class: tone.class() }
    }
}

/// The name that JSON has for a value, which is also its value in forms.
pub(super) fn name_of(value: &impl Serialize) -> String {
    // Enums without data serialise to their name.
    serde_json::to_value(value).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The value of that name.
pub(super) fn named<T: DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

pub(super) fn provenance_class(provenance: Provenance) -> &'static str {
    match provenance {
        Provenance::Documented => "documented",
        Provenance::Observed => "observed",
        Provenance::Invented => "invented",
    }
}

/// All states, in the order of the select.
pub(super) const STATES: [AccountState; 7] = [
    AccountState::Active,
    AccountState::UnpaidDebts,
    AccountState::Blocked,
    AccountState::Opposed,
    AccountState::Frozen,
    AccountState::Closed,
    AccountState::Unconfirmed,
];

pub(super) fn state(state: AccountState) -> &'static str {
    match state {
        AccountState::Active => "actif",
        AccountState::UnpaidDebts => "impayés",
        AccountState::Blocked => "bloqué",
        AccountState::Opposed => "en opposition",
        AccountState::Frozen => "gelé",
        AccountState::Closed => "clôturé",
        AccountState::Unconfirmed => "non confirmé",
    }
}

/// What an account in this state may do.
pub(super) fn state_in_full(kind: AccountState) -> &'static str {
    match kind {
        AccountState::Active => "actif : se connecte et paie dans la limite du solde",
        AccountState::UnpaidDebts => "impayés : se connecte, ne paie pas",
        AccountState::Blocked => "bloqué : ni connexion ni paiement",
        AccountState::Opposed => "en opposition : ni connexion ni paiement",
        AccountState::Frozen => "gelé : se connecte, ne paie pas",
        AccountState::Closed => "clôturé : ni connexion ni paiement",
        AccountState::Unconfirmed => "non confirmé : ni connexion ni paiement",
    }
}

pub(super) fn state_badge(kind: AccountState) -> Badge {
    let tone = match kind {
        AccountState::Active => Tone::Good,
        AccountState::UnpaidDebts | AccountState::Frozen => Tone::Waiting,
        _ => Tone::Bad,
    };
    Badge::new(state(kind), tone)
}

/// All statuses of a payment, in the order of the filter.
pub(super) const STATUSES: [PaymentStatus; 4] =
    [PaymentStatus::Waiting, PaymentStatus::Completed, PaymentStatus::Cancelled, PaymentStatus::Refund];

pub(super) fn status(status: PaymentStatus) -> &'static str {
    match status {
        PaymentStatus::Waiting => "en attente",
        PaymentStatus::Completed => "payé",
        PaymentStatus::Cancelled => "annulé",
        PaymentStatus::Refund => "remboursé",
    }
}

pub(super) fn status_badge(kind: PaymentStatus) -> Badge {
    let tone = match kind {
        PaymentStatus::Waiting => Tone::Waiting,
        PaymentStatus::Completed => Tone::Good,
        PaymentStatus::Cancelled => Tone::Bad,
        PaymentStatus::Refund => Tone::Plain,
    };
    Badge::new(status(kind), tone)
}

/// All calls, in the order in which a purchase makes them.
pub(super) const CALLS: [CallName; 9] = [
    CallName::LoginPage,
    CallName::Token,
    CallName::Refresh,
    CallName::Users,
    CallName::CreatePayment,
    CallName::PaymentPage,
    CallName::ReadPayment,
    CallName::Refund,
    CallName::ForgottenPage,
];

pub(super) fn call(call: CallName) -> &'static str {
    match call {
        CallName::LoginPage => "Page de connexion",
        CallName::Token => "Échange du code",
        CallName::Refresh => "Renouvellement du jeton",
        CallName::Users => "Informations de l’utilisateur",
        CallName::CreatePayment => "Création du paiement",
        CallName::ReadPayment => "Lecture du paiement",
        CallName::PaymentPage => "Page de paiement",
        CallName::Refund => "Remboursement",
        CallName::ForgottenPage => "Mot de passe oublié",
    }
}

pub(super) fn target(target: FaultTarget) -> &'static str {
    match target {
        FaultTarget::Any => "Tous les appels concernés",
        FaultTarget::Call(name) => call(name),
    }
}

pub(super) fn mode(mode: CallbackMode) -> &'static str {
    match mode {
        CallbackMode::DuringValidation => "Pendant la validation",
        CallbackMode::AfterReply => "Après la réponse à l’étudiant",
        CallbackMode::Manual => "À la main",
        CallbackMode::Never => "Jamais",
        CallbackMode::BeforeCreationReply => "Avant la réponse à la création",
    }
}

pub(super) fn commit(commit: Commit) -> &'static str {
    match commit {
        Commit::BeforeCallback => "Avant le callback",
        Commit::AfterCallback => "Après le callback",
    }
}

pub(super) fn forgery(forgery: Forgery) -> &'static str {
    match forgery {
        Forgery::Amount => "Un autre montant",
        Forgery::Operation => "Une opération inexistante",
        Forgery::Order => "Une autre commande",
        Forgery::Status => "Un succès, quoi qu’il en soit",
    }
}

/// When a waiting callback goes.
pub(super) fn due(due: Due) -> String {
    match due {
        Due::Manual => "à la main".to_owned(),
        Due::Soon => "dans un instant".to_owned(),
        Due::After { seconds, .. } => format!("{} après la tentative précédente", duration(seconds)),
    }
}

/// `1 h 5 min`, `20 s`.
pub(super) fn duration(seconds: u64) -> String {
    let parts = [(seconds / 86_400, "j"), (seconds / 3_600 % 24, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")];
    let words: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count} {unit}")).collect();
    if words.is_empty() { "0 s".to_owned() } else { words.join(" ") }
}

/// How a callback ended.
pub(super) fn outcome(delivery: &Delivery) -> Badge {
    match delivery.status {
        Some(status) if delivery.accepted() => Badge::new(format!("{status}, accepté"), Tone::Good),
        Some(status) => Badge::new(format!("{status}, refusé"), Tone::Bad),
        None if delivery.sent => Badge::new("sans réponse", Tone::Bad),
        None => Badge::new("non envoyé", Tone::Waiting),
    }
}

/// Why a callback was not sent, or what went wrong on the way. What is not known here stays as the system said it.
pub(super) fn delivery_error(error: &str) -> String {
    let known = [
        ("not sent: the sandbox was told to lose callbacks", "La sandbox a pour consigne de perdre les callbacks."),
        (
            "not sent: the host does not let the callback URL through",
            "L’hébergeur n’a pas autorisé l’URL de callback (voir « Inscription »).",
        ),
        (
            "not sent: the callback URL and the CallbackParameters do not make a valid URL",
            "L’URL de callback et les CallbackParameters ne forment pas une adresse valide.",
        ),
        ("not sent: the sandbox speaks plain http only", "La sandbox n’appelle que des adresses http, pas https."),
        ("connection refused", "Connexion refusée : rien n’écoute à cette adresse."),
        ("no answer in time", "Pas de réponse dans le délai."),
        ("the delivery was interrupted", "L’envoi a été interrompu."),
    ];
    if let Some((_, french)) = known.iter().find(|(english, _)| error.starts_with(english)) {
        return (*french).to_owned();
    }
    if error.contains("is not a loopback address") {
        return "L’adresse n’est pas sur cette machine : la sandbox n’appelle qu’elle, sauf consigne contraire \
                (--allow-remote-callbacks)."
            .to_owned();
    }
    error.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callback::obstacle_in;

    #[test]
    fn names_go_both_ways() {
        for state in STATES {
            assert_eq!(named(&name_of(&state)), Some(state));
        }
        assert_eq!(named::<CallbackMode>("after_reply"), Some(CallbackMode::AfterReply));
        assert_eq!(named::<CallbackMode>("whenever"), None);
    }

    #[test]
    fn durations() {
        assert_eq!(duration(0), "0 s");
        assert_eq!(duration(20), "20 s");
        assert_eq!(duration(300), "5 min");
        assert_eq!(duration(93_784), "1 j 2 h 3 min 4 s");
    }

    #[test]
    fn every_obstacle_is_told_in_french() {
        for url in ["http://example.fr/", "https://127.0.0.1/", "http://127.0.0.1/?a=b c"] {
            let obstacle = obstacle_in(url, false).unwrap();
            assert_ne!(delivery_error(&obstacle), obstacle);
        }
        assert_eq!(delivery_error("tls: bad record"), "tls: bad record");
    }
}
