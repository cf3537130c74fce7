//! The form about how callbacks are delivered.

use crate::callback::{CallbackMode, CallbackSettings, Commit, Forgery};
use crate::office::field::{Choice, Control, Field};
use crate::office::form::{Form, Problems, number};
use crate::office::words;
use crate::remark::Provenance::{Documented, Invented, Observed};

/// The list of retries that is neither of the known ones.
const OTHER: &str = "autre";

pub(super) fn fields(settings: &CallbackSettings) -> Vec<Field> {
    let retries = seconds(&settings.retries);
    let schedule = if schedules().iter().any(|choice| choice.value == retries) { retries.as_str() } else { OTHER };
    vec![
        Field::new("mode", "Moment de l’envoi", words::name_of(&settings.mode), Control::Radio(modes())),
        Field::new(
            "commit",
            "Moment où le paiement devient « Completed » pour ses lecteurs",
            words::name_of(&settings.commit),
            Control::Radio(commits()),
        ),
        Field::text("delay_ms", "Délai avant l’envoi, en millisecondes", settings.delay_ms.to_string())
            .keyboard("numeric")
            .help("De 0 à 60 000. Notre invention."),
        Field::text(
            "timeout_ms",
            "Délai d’attente maximal de la réponse, en millisecondes",
            settings.timeout_ms.to_string(),
        )
        .keyboard("numeric")
        .help("De 1 à 60 000 ; 5 000 au départ. Notre invention : le guide n’en dit rien."),
        Field::text("copies", "Copies", settings.copies.to_string())
            .keyboard("numeric")
            .help("De 1 à 50 : un même callback peut arriver plusieurs fois. Notre invention."),
        Field::tick("concurrent", "Copies simultanées", settings.concurrent)
            .help("Toutes en même temps, au lieu de l’une après l’autre. Notre invention."),
        Field::new("schedule", "Nouvelles tentatives après un échec", schedule, Control::Radio(schedules())),
        Field::text("retries", "Autre liste d’attentes, en secondes", if schedule == OTHER { &retries } else { "" })
            .help("Au plus 20 attentes de 1 à 86 400 secondes, séparées par des virgules."),
        Field::new(
            "forge",
            "Falsification",
            settings.forge.map(|forge| words::name_of(&forge)).unwrap_or_default(),
            Control::Radio(forgeries()),
        ),
    ]
}

fn modes() -> Vec<Choice> {
    let choice = |mode: CallbackMode, help: &str, provenance| {
        Choice::new(words::name_of(&mode), words::mode(mode)).explained(help, provenance)
    };
    vec![
        choice(
            CallbackMode::DuringValidation,
            "L’étudiant attend sa page pendant que votre serveur répond.",
            Documented,
        ),
        choice(CallbackMode::AfterReply, "Un instant après la page de succès.", Invented),
        choice(CallbackMode::Manual, "Le callback attend ici qu’on l’envoie.", Invented),
        choice(CallbackMode::Never, "Le callback est perdu ; la chronologie dit pourquoi.", Invented),
        choice(
            CallbackMode::BeforeCreationReply,
            "Le premier compte qui le peut paie aussitôt : le callback arrive avant que votre site connaisse l’opération.",
            Invented,
        ),
    ]
}

fn commits() -> Vec<Choice> {
    let choice = |commit: Commit, help: &str, provenance| {
        Choice::new(words::name_of(&commit), words::commit(commit)).explained(help, provenance)
    };
    vec![
        choice(Commit::BeforeCallback, "Une lecture pendant le callback dit « Completed ».", Observed),
        choice(Commit::AfterCallback, "Une lecture pendant le callback dit encore « Waiting ».", Invented),
    ]
}

fn schedules() -> Vec<Choice> {
    let known = |list: &[u64], help: &str| {
        Choice::new(seconds(list), list.iter().map(|wait| words::duration(*wait)).collect::<Vec<_>>().join(", "))
            .explained(help, Observed)
    };
    vec![
        Choice::new("", "Aucune").explained("Le guide n’en documente aucune.", Invented),
        known(
            &CallbackSettings::THREE_RETRIES,
            "Trois fois ; l’un des deux rythmes que documente le produit principal du même éditeur.",
        ),
        known(&CallbackSettings::PATIENT_RETRIES, "L’autre rythme de la même page."),
        Choice::new(OTHER, "Une autre liste").explained("Celle du champ suivant.", Invented),
    ]
}

fn forgeries() -> Vec<Choice> {
    let choice = |forge: Forgery, help: &str| {
        Choice::new(words::name_of(&forge), words::forgery(forge)).explained(help, Invented)
    };
    vec![
        Choice::new("", "Aucune").explained("Le callback dit la vérité.", Documented),
        choice(Forgery::Amount, "Un euro de plus que le vrai montant."),
        choice(Forgery::Operation, "L’identifiant d’une opération que personne n’a."),
        choice(Forgery::Order, "Le numéro d’une autre commande."),
        choice(Forgery::Status, "« Completed », même si rien n’est payé : personne ne signe les callbacks."),
    ]
}

fn seconds(list: &[u64]) -> String {
    list.iter().map(u64::to_string).collect::<Vec<_>>().join(", ")
}

/// The settings that were typed, if nothing is wrong with them.
pub(super) fn read(form: Form<'_>, problems: &mut Problems) -> Option<CallbackSettings> {
    let mode = words::named(&form.text("mode"));
    if mode.is_none() {
        problems.add("mode", "Choisissez un moment.");
    }
    let commit = words::named(&form.text("commit"));
    if commit.is_none() {
        problems.add("commit", "Choisissez un moment.");
    }
    let forge = form.text("forge");
    if !forge.is_empty() && words::named::<Forgery>(&forge).is_none() {
        problems.add("forge", "Choisissez une falsification.");
    }
    let most_copies = CallbackSettings::MOST_COPIES.into();
    let settings = CallbackSettings {
        mode: mode.unwrap_or_default(),
        commit: commit.unwrap_or_default(),
        delay_ms: problems.check("delay_ms", number(&form.text("delay_ms"), 0, CallbackSettings::LONGEST_MS)),
        timeout_ms: problems.check("timeout_ms", number(&form.text("timeout_ms"), 1, CallbackSettings::LONGEST_MS)),
        copies: u32::try_from(problems.check("copies", number(&form.text("copies"), 1, most_copies))).unwrap_or(1),
        concurrent: form.is_ticked("concurrent"),
        retries: retries(form, problems),
        forge: words::named(&forge),
    };
    problems.is_empty().then_some(settings)
}

fn retries(form: Form<'_>, problems: &mut Problems) -> Vec<u64> {
    let schedule = form.text("schedule");
    let (field, text) = match schedule.as_str() {
        OTHER => ("retries", form.text("retries")),
        known => ("schedule", known.to_owned()),
    };
    if text.is_empty() && field == "schedule" {
        return Vec::new();
    }
    let wait = |wait| number(wait, 1, CallbackSettings::LONGEST_WAIT).ok();
    let waits: Option<Vec<u64>> = text.split([',', ';']).map(wait).collect();
    waits.filter(|waits| waits.len() <= CallbackSettings::MOST_RETRIES).unwrap_or_else(|| {
        problems.add(field, "Saisissez au plus 20 nombres de secondes, par exemple : 20, 60, 300.");
        Vec::new()
    })
}

/// The settings, in short.
pub(super) fn in_words(settings: &CallbackSettings) -> String {
    let mut words = vec![words::mode(settings.mode).to_lowercase()];
    if settings.commit == Commit::AfterCallback {
        words.push("paiement visible après le callback".to_owned());
    }
    if settings.delay_ms > 0 {
        words.push(format!("délai {} ms", settings.delay_ms));
    }
    words.push(format!("attente {} ms", settings.timeout_ms));
    if settings.copies > 1 {
        let how = if settings.concurrent { "simultanées" } else { "successives" };
        words.push(format!("{} copies {how}", settings.copies));
    }
    if !settings.retries.is_empty() {
        words.push(format!("nouvelles tentatives après {} s", seconds(&settings.retries)));
    }
    if let Some(forge) = settings.forge {
        words.push(format!("falsification : {}", words::forgery(forge).to_lowercase()));
    }
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALID: &str =
        "mode=manual&commit=after_callback&delay_ms=10&timeout_ms=1000&copies=3&concurrent=oui&forge=order";

    fn read_text(body: &str) -> (Option<CallbackSettings>, Problems) {
        let mut problems = Problems::default();
        let settings = read(Form::new(body.as_bytes()), &mut problems);
        (settings, problems)
    }

    #[test]
    fn what_is_read_passes_the_settings_own_rules() {
        let settings = read_text(&format!("{VALID}&schedule=20%2C+60%2C+300%2C+1800")).0.unwrap();
        settings.check().unwrap();
        assert_eq!(settings.retries, CallbackSettings::PATIENT_RETRIES);
        assert_eq!((settings.copies, settings.concurrent, settings.forge), (3, true, Some(Forgery::Order)));
        assert!(read_text(&format!("{VALID}&schedule=")).0.unwrap().retries.is_empty());
        let other = read_text(&format!("{VALID}&schedule=autre&retries=1%3B2")).0.unwrap();
        assert_eq!(other.retries, [1, 2]);
    }

    #[test]
    fn what_is_wrong_is_told_by_its_field() {
        for (from, to, field) in [
            ("manual", "sometimes", "mode"),
            ("after_callback", "", "commit"),
            ("delay_ms=10", "delay_ms=60001", "delay_ms"),
            ("timeout_ms=1000", "timeout_ms=0", "timeout_ms"),
            ("copies=3", "copies=51", "copies"),
            ("forge=order", "forge=all", "forge"),
            ("forge=order", "schedule=autre&retries=", "retries"),
            ("forge=order", "schedule=0", "schedule"),
        ] {
            let (settings, problems) = read_text(&VALID.replace(from, to));
            assert!(settings.is_none() && problems.of(field).is_some(), "{to}");
        }
    }

    #[test]
    fn the_two_known_schedules_are_recognised() {
        let settings = CallbackSettings { retries: vec![20, 20, 20], ..CallbackSettings::default() };
        let fields = fields(&settings);
        assert!(fields.iter().any(|field| field.name == "schedule" && field.value == "20, 20, 20"));
        assert!(fields.iter().any(|field| field.name == "retries" && field.value.is_empty()));
    }
}
