//! The form that adds a fault, and the words for faults.

use crate::fault::{CallName, Fault, FaultKind, FaultTarget, LONGEST_DELAY};
use crate::office::field::{Choice, Control, Field};
use crate::office::form::{Form, Problems, optional_number};
use crate::office::words;

pub(super) fn title(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::Delay => "Réponse lente",
        FaultKind::DropBeforeCommit => "Coupure avant d’agir",
        FaultKind::CommitThenDrop => "Coupure après avoir agi",
        FaultKind::ServerError => "Erreur 500",
        FaultKind::BadGateway => "Erreur 502, en HTML",
        FaultKind::EmptyReply => "Réponse 200 vide",
        FaultKind::TruncatedJson => "JSON tronqué",
        FaultKind::Redirect => "Redirection 302 vers un autre hôte",
        FaultKind::ForeignAuthorizationUrl => "Page de paiement d’un autre hôte",
        FaultKind::UnknownStatus => "Statut inconnu",
        FaultKind::ExtraFields => "Propriétés en plus",
        FaultKind::BigIds => "Très grands identifiants",
        FaultKind::CommaDecimals => "Montants avec une virgule",
        FaultKind::StuckWaiting => "Toujours « Waiting »",
        FaultKind::TokenExpired => "Jeton d’accès expiré",
        FaultKind::RefreshRefused => "Renouvellement refusé",
        FaultKind::StateDropped => "« state » perdu",
    }
}

pub(super) fn effect(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::Delay => "Tout se passe bien, après l’attente demandée.",
        FaultKind::DropBeforeCommit => "La connexion est coupée sans réponse, et rien n’a été fait.",
        FaultKind::CommitThenDrop => {
            "Tout a été fait, puis la connexion est coupée : votre site ne peut pas le savoir sans relire."
        }
        FaultKind::ServerError => {
            "Une erreur interne ; rien n’est fait, sauf si la case « agir quand même » est cochée."
        }
        FaultKind::BadGateway => "La page HTML d’une passerelle ; rien n’est fait, sauf si la case est cochée.",
        FaultKind::EmptyReply => "Un succès sans contenu ; rien n’est fait, sauf si la case est cochée.",
        FaultKind::TruncatedJson => "Tout est fait, mais le JSON de la réponse s’arrête au milieu.",
        FaultKind::Redirect => {
            "La suivre donnerait la clé d’API à un autre hôte ; rien n’est fait, sauf si la case est cochée."
        }
        FaultKind::ForeignAuthorizationUrl => "Le paiement est créé, mais sa page serait chez un autre hôte.",
        FaultKind::UnknownStatus => "La réponse porte un statut que personne ne connaît : ce n’est pas « payé ».",
        FaultKind::ExtraFields => "La réponse porte des propriétés qu’aucune documentation ne nomme.",
        FaultKind::BigIds => "Des identifiants au-delà de 2⁵³ : un nombre à virgule flottante les déforme.",
        FaultKind::CommaDecimals => "« 1,50 » au lieu de « 1.50 ».",
        FaultKind::StuckWaiting => "La lecture dit que le paiement attend, quelle que soit la vérité.",
        FaultKind::TokenExpired => "Le jeton d’accès vient d’expirer : il faut le renouveler.",
        FaultKind::RefreshRefused => "Le jeton de renouvellement n’est plus bon : l’étudiant doit se reconnecter.",
        FaultKind::StateDropped => "Le navigateur revient sans son « state ».",
    }
}

/// Which calls can misbehave so.
pub(super) fn calls(kind: FaultKind) -> String {
    let can: Vec<&str> = targets().into_iter().filter(|call| kind.applies_to(*call)).map(words::call).collect();
    if can.len() == targets().len() { "tous les appels".to_owned() } else { can.join(", ").to_lowercase() }
}

/// The calls that can misbehave at all.
fn targets() -> Vec<CallName> {
    words::CALLS.into_iter().filter(|call| FaultKind::Delay.applies_to(*call)).collect()
}

pub(super) fn fields() -> Vec<Field> {
    let any = Choice::new("any", words::target(FaultTarget::Any));
    let calls = targets().into_iter().map(|call| Choice::new(words::name_of(&call), words::call(call)));
    let kinds = FaultKind::ALL.map(|kind| Choice::new(words::name_of(&kind), title(kind)));
    vec![
        Field::new("call", "Appel", "any", Control::Choice(std::iter::once(any).chain(calls).collect()))
            .help("Pour les pages : l’envoi de leur formulaire."),
        Field::new("kind", "Panne", "commit_then_drop", Control::Choice(kinds.into()))
            .help("Chacune est expliquée plus bas."),
        Field::text("nth", "Seulement le n-ième appel", "")
            .keyboard("numeric")
            .help("1 pour le prochain ; vide : tous."),
        Field::text("times", "Au plus tant de fois", "").keyboard("numeric").help("Vide : sans limite."),
        Field::text("probability", "Probabilité", "")
            .keyboard("decimal")
            .help("De 0 à 1, par exemple 0,5 ; vide : à chaque fois. La graine décide lesquels."),
        Field::text("operation_id", "Seulement l’opération", "")
            .keyboard("numeric")
            .help("Son numéro ; vide : toutes."),
        Field::text("delay_ms", "Attendre d’abord, en millisecondes", "")
            .keyboard("numeric")
            .help("De 0 à 60 000. Une réponse lente en a besoin ; les autres pannes peuvent attendre aussi."),
        Field::tick("commit", "Agir quand même", false)
            .help("Pour les erreurs 500 et 502, la réponse vide et la redirection : l’opération a bien lieu."),
    ]
}

/// The rule that was typed, if nothing is wrong with it.
pub(super) fn read(form: Form<'_>, problems: &mut Problems) -> Option<Fault> {
    let call = match form.text("call").as_str() {
        "any" => Some(FaultTarget::Any),
        name => words::named(name).filter(|call| targets().contains(call)).map(FaultTarget::Call),
    };
    if call.is_none() {
        problems.add("call", "Choisissez un appel.");
    }
    let kind = words::named::<FaultKind>(&form.text("kind"));
    if kind.is_none() {
        problems.add("kind", "Choisissez une panne.");
    }
    let mut optional = |field, most| problems.check(field, optional_number(&form.text(field), 1, most));
    let (nth, times) = (optional("nth", 1_000_000), optional("times", 1_000_000));
    let operation_id = optional("operation_id", u64::MAX);
    let delay_ms = problems.check("delay_ms", optional_number(&form.text("delay_ms"), 0, LONGEST_DELAY));
    let probability = problems.check("probability", probability(&form.text("probability")));
    let fault = Fault {
        nth,
        times,
        probability,
        operation_id,
        delay_ms: delay_ms.unwrap_or(0),
        commit: form.is_ticked("commit"),
        ..Fault::new(call?, kind?)
    };
    check(&fault, problems);
    problems.is_empty().then_some(fault)
}

/// The rules that are about more than one field, told by the form's names.
fn check(fault: &Fault, problems: &mut Problems) {
    let Err((field, _)) = fault.check() else { return };
    match field {
        "fault" => problems.add("kind", format!("Cette panne n’existe que pour : {}.", calls(fault.fault))),
        "delay_ms" => problems.add("delay_ms", "Une réponse lente attend au moins 1 milliseconde."),
        // What the single fields have been checked for.
        _ => problems.add("kind", "Cette panne n’est pas possible ainsi."),
    }
}

fn probability(text: &str) -> Result<Option<f64>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'));
    let value: Option<f64> = if is_plain { text.replace(',', ".").parse().ok() } else { None };
    value
        .filter(|value| (0.0..=1.0).contains(value))
        .map(Some)
        .ok_or_else(|| "Saisissez un nombre de 0 à 1, par exemple 0,5.".to_owned())
}

/// When a rule applies, in words.
pub(super) fn when(fault: &Fault) -> String {
    let parts = [
        fault.nth.map(|nth| if nth == 1 { "le 1ᵉʳ appel".to_owned() } else { format!("le {nth}ᵉ appel") }),
        fault.times.map(|times| format!("au plus {times} fois")),
        fault.probability.map(|probability| format!("probabilité {probability}").replace('.', ",")),
        fault.operation_id.map(|id| format!("opération {id}")),
        (fault.delay_ms > 0).then(|| format!("après {} ms", fault.delay_ms)),
        fault.commit.then(|| "en agissant quand même".to_owned()),
    ];
    let words: Vec<String> = parts.into_iter().flatten().collect();
    if words.is_empty() { "à chaque fois".to_owned() } else { words.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(body: &str) -> (Option<Fault>, Problems) {
        let mut problems = Problems::default();
        let fault = read(Form::new(body.as_bytes()), &mut problems);
        (fault, problems)
    }

    #[test]
    fn a_whole_rule() {
        let body =
            "call=refund&kind=bad_gateway&nth=2&times=&probability=0%2C5&operation_id=586591&delay_ms=20&commit=oui";
        let fault = read_text(body).0.unwrap();
        assert_eq!(fault.call, FaultTarget::Call(CallName::Refund));
        assert_eq!((fault.nth, fault.times, fault.probability), (Some(2), None, Some(0.5)));
        assert_eq!((fault.operation_id, fault.delay_ms, fault.commit), (Some(586_591), 20, true));
        assert_eq!(when(&fault), "le 2ᵉ appel, probabilité 0,5, opération 586591, après 20 ms, en agissant quand même");
    }

    #[test]
    fn what_is_wrong_is_told_by_its_field() {
        for (body, field) in [
            ("call=refunds&kind=redirect", "call"),
            ("call=forgotten_page&kind=redirect", "call"),
            ("call=any&kind=", "kind"),
            ("call=refund&kind=state_dropped", "kind"),
            ("call=any&kind=delay", "delay_ms"),
            ("call=any&kind=redirect&delay_ms=60001", "delay_ms"),
            ("call=any&kind=redirect&nth=0", "nth"),
            ("call=any&kind=redirect&times=x", "times"),
            ("call=any&kind=redirect&probability=1.1", "probability"),
            ("call=any&kind=redirect&probability=NaN", "probability"),
            ("call=any&kind=redirect&operation_id=-1", "operation_id"),
        ] {
            let (fault, problems) = read_text(body);
            assert!(fault.is_none() && problems.of(field).is_some(), "{body}");
        }
    }
}
