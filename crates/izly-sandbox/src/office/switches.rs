//! The switches of the wire as data: what each is about, its readings, and where each reading comes from.

use serde_json::{Map, Value};

use crate::office::field::{Choice, Control, Field};
use crate::office::form::{Form, Problems, optional_number};
use crate::remark::Provenance::{self, Documented, Invented, Observed};
use crate::wire::Wire;

/// One switch, by its name in [`Wire`].
struct Switch {
    name: &'static str,
    title: &'static str,
    readings: &'static [Reading],
}

/// A value, in JSON's word for it; what to call it; what it means; where it comes from.
type Reading = (&'static str, &'static str, &'static str, Provenance);

/// The one switch that is a number.
const LONGEST_ORDER: &str = "order_id_max_length";

const EUROS: Reading = ("euros", "Euros", "« 1.00 » pour un euro : les exemples du guide.", Documented);

/// Groups of switches under their titles.
const GROUPS: [(&str, &[Switch]); 4] = [
    (
        "Montants, noms et dates",
        &[
            Switch {
                name: "create_amount",
                title: "Montant dans la réponse à une création",
                readings: &[
                    EUROS,
                    (
                        "centimes",
                        "Centimes",
                        "« 100.00 » pour un euro, comme dans les callbacks en production.",
                        Observed,
                    ),
                ],
            },
            Switch {
                name: "callback_amount",
                title: "Montant dans le callback",
                readings: &[
                    EUROS,
                    ("centimes", "Centimes", "« 200.00 » pour deux euros : vu en production par un client.", Observed),
                ],
            },
            Switch {
                name: "read_amount",
                title: "Montant dans la lecture et le remboursement",
                readings: &[
                    EUROS,
                    ("centimes", "Centimes", "Jamais vu à cet endroit : pour éprouver votre site.", Invented),
                ],
            },
            Switch {
                name: "beneficiary_name",
                title: "Nom de l’identifiant dans « Beneficiary »",
                readings: &[
                    ("app_identifier", "AppIdentifier", "L’exemple du guide.", Documented),
                    ("client_id", "ClientId", "Le tableau du guide ; vu aussi en production.", Observed),
                ],
            },
            Switch {
                name: "casing",
                title: "Casse des propriétés",
                readings: &[
                    ("pascal", "OperationId", "Celle du guide.", Documented),
                    (
                        "camel",
                        "operationId",
                        "Un client en production a dû lire sans tenir compte de la casse.",
                        Observed,
                    ),
                ],
            },
            Switch {
                name: "dates",
                title: "Dates",
                readings: &[
                    ("guide", "Du guide", "« 03/05/2021 15:37:30 » et « 2021-12-09T18:53:34 ».", Documented),
                    (
                        "drifting",
                        "Changeantes",
                        "Avec fraction de seconde ou décalage, comme d’autres services du CROUS.",
                        Observed,
                    ),
                ],
            },
            Switch {
                name: "operation_ids",
                title: "Taille des identifiants",
                readings: &[
                    ("usual", "Six chiffres", "Comme dans les exemples.", Documented),
                    ("beyond_32_bits", "Au-delà de 32 bits", "Le guide dit « long ».", Invented),
                    ("beyond_53_bits", "Au-delà de 2⁵³", "Un nombre à virgule flottante les déforme.", Invented),
                ],
            },
        ],
    ),
    (
        "Connexion et jetons",
        &[
            Switch {
                name: "echo_state",
                title: "« state » rendu après la connexion",
                readings: &[
                    ("true", "Oui", "Absent du guide, présent sur l’ancienne page de l’éditeur.", Observed),
                    ("false", "Non", "Le guide n’en parle pas.", Invented),
                ],
            },
            Switch {
                name: "login_cancel",
                title: "« Annuler » sur la page de connexion",
                readings: &[
                    ("home_page", "Page d’accueil", "Le lien de l’inscription.", Documented),
                    (
                        "access_denied",
                        "error=access_denied",
                        "Sur le lien de connexion, comme dans la RFC 6749.",
                        Invented,
                    ),
                ],
            },
            Switch {
                name: "refresh",
                title: "Jeton de renouvellement après un renouvellement",
                readings: &[
                    ("new", "Un nouveau", "L’ancien ne sert plus ; le guide ne montre pas la réponse.", Invented),
                    ("same", "Le même", "Rendu tel quel.", Invented),
                    ("absent", "Aucun", "L’ancien reste bon.", Invented),
                ],
            },
            Switch {
                name: "token_form_body",
                title: "Paramètres du jeton dans un corps de formulaire",
                readings: &[
                    ("false", "Refusés", "Le guide les met dans l’adresse.", Documented),
                    ("true", "Lus aussi", "Comme un client OAuth ordinaire les envoie.", Invented),
                ],
            },
            Switch {
                name: "oauth_errors",
                title: "Erreurs du service de jetons",
                readings: &[
                    (
                        "rfc6749",
                        "RFC 6749",
                        "« error » et « error_description » : l’application d’Izly lit ces mots.",
                        Observed,
                    ),
                    ("izly_object", "Objet d’Izly", "« Code », « ErrorMessage »…", Invented),
                ],
            },
            Switch {
                name: "token_style",
                title: "Forme des codes et des jetons",
                readings: &[
                    ("plain", "Ordinaire", "Base64 qui finit par « = ».", Documented),
                    ("plus_and_slash", "Avec « + » et « / »", "Montre qui oublie de les encoder.", Invented),
                ],
            },
        ],
    ),
    (
        "Erreurs et en-têtes",
        &[
            Switch {
                name: "fault_status",
                title: "Statut HTTP d’une erreur d’Izly",
                readings: &[
                    ("not_found", "Le plus proche", "404, 403, 415 ou 400 ; le guide n’en donne aucun.", Invented),
                    ("ok", "200", "L’erreur n’est que dans le corps.", Invented),
                    ("bad_request", "400", "Pour toutes.", Invented),
                ],
            },
            Switch {
                name: "strict_content_type",
                title: "Content-Type des trois appels de paiement",
                readings: &[
                    ("false", "Tolérant", "Accepte aussi s-money (vu en production) et application/json.", Observed),
                    ("true", "Strict", "Seulement application/vnd.Xpollens.v1+json, celui du guide.", Documented),
                ],
            },
        ],
    ),
    (
        "Paiements et remboursements",
        &[
            Switch {
                name: "callback_on_failure",
                title: "Callback quand le paiement est refusé",
                readings: &[
                    ("true", "Oui", "« de la réalisation ou de l’échec ».", Documented),
                    ("false", "Non", "Pour un site qui n’attend que les succès.", Invented),
                ],
            },
            Switch {
                name: "callback_on_cancel",
                title: "Callback quand l’étudiant annule",
                readings: &[
                    ("false", "Non", "Le guide n’en dit rien.", Invented),
                    ("true", "Oui", "Avec un code d’erreur à nous.", Invented),
                ],
            },
            Switch {
                name: "refund_slash",
                title: "« / » avant clientOrderId au remboursement",
                readings: &[
                    ("tolerated", "Toléré", "Avec ou sans.", Invented),
                    ("required", "Exigé", "Le guide à la lettre : sans doute une coquille.", Documented),
                    ("refused", "Refusé", "Il nommerait une autre commande.", Invented),
                ],
            },
            Switch {
                name: "repeated_refunds",
                title: "Rembourser deux fois",
                readings: &[
                    ("false", "Refusé", "Le guide n’en dit rien.", Invented),
                    ("true", "Accepté", "Pour éprouver la garde de votre site.", Invented),
                ],
            },
            Switch {
                name: "unique_order_ids",
                title: "Deux paiements pour une même commande",
                readings: &[
                    ("false", "Acceptés", "Le guide ne donne aucune règle.", Invented),
                    ("true", "Refusés", "Chaque ClientOrderId ne sert qu’une fois.", Invented),
                ],
            },
        ],
    ),
];

/// All switches as fields, with their values.
pub(super) fn groups(wire: &Wire) -> Vec<(&'static str, Vec<Field>)> {
    let values = values(wire);
    let field = |switch: &Switch| {
        let choice =
            |(value, label, help, provenance): &Reading| Choice::new(*value, *label).explained(*help, *provenance);
        let value = values.get(switch.name).map(word).unwrap_or_default();
        Field::new(switch.name, switch.title, value, Control::Radio(switch.readings.iter().map(choice).collect()))
    };
    let mut groups: Vec<(&'static str, Vec<Field>)> =
        GROUPS.iter().map(|(title, switches)| (*title, switches.iter().map(field).collect())).collect();
    let longest = values.get(LONGEST_ORDER).map(word).unwrap_or_default();
    if let Some((_, fields)) = groups.last_mut() {
        fields.push(
            Field::text(LONGEST_ORDER, "Longueur maximale de ClientOrderId", longest)
                .keyboard("numeric")
                .help("En caractères ; vide : sans limite. Notre invention, le guide ne donne aucune règle."),
        );
    }
    groups
}

fn all() -> impl Iterator<Item = &'static Switch> {
    GROUPS.iter().flat_map(|(_, switches)| switches.iter())
}

fn values(wire: &Wire) -> Map<String, Value> {
    match serde_json::to_value(wire) {
        Ok(Value::Object(values)) => values,
        _ => Map::new(),
    }
}

/// A value as the form has it.
fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// The reading that was chosen, if nothing is wrong with it.
pub(super) fn read(form: Form<'_>, problems: &mut Problems) -> Option<Wire> {
    let mut values = Map::new();
    for switch in all() {
        let chosen = form.text(switch.name);
        if switch.readings.iter().any(|(value, ..)| *value == chosen) {
            let value = match chosen.as_str() {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                _ => Value::String(chosen),
            };
            values.insert(switch.name.to_owned(), value);
        } else {
            problems.add(switch.name, "Choisissez une lecture.");
        }
    }
    let longest = problems.check(LONGEST_ORDER, optional_number(&form.text(LONGEST_ORDER), 1, Wire::LONGEST_ORDER_ID));
    values.insert(LONGEST_ORDER.to_owned(), longest.into());
    if !problems.is_empty() {
        return None;
    }
    serde_json::from_value(Value::Object(values)).ok()
}

/// The names of the switches that differ, with their new values.
pub(super) fn changed(old: &Wire, new: &Wire) -> Vec<String> {
    let (old, new) = (values(old), values(new));
    let differs =
        |(name, value): (&String, &Value)| (old.get(name) != Some(value)).then(|| format!("{name} = {value}"));
    new.iter().filter_map(differs).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::wire::Profile;

    #[test]
    fn every_switch_is_there_with_its_default() {
        let known: BTreeSet<String> = values(&Wire::default()).keys().cloned().collect();
        let shown: BTreeSet<String> =
            all().map(|switch| switch.name).chain([LONGEST_ORDER]).map(str::to_owned).collect();
        assert_eq!(shown, known);
        for (_, fields) in groups(&Wire::default()) {
            for field in fields {
                let Control::Radio(choices) = &field.control else { continue };
                assert!(choices.iter().any(|choice| field.chosen(choice)), "{}", field.name);
            }
        }
    }

    #[test]
    fn every_reading_of_every_switch_is_one_that_the_wire_knows() {
        for switch in all() {
            for (value, ..) in switch.readings {
                let mut chosen = form_of(&Wire::default());
                chosen.retain(|(name, _)| name != switch.name);
                chosen.push((switch.name.to_owned(), (*value).to_owned()));
                let wire = read_pairs(&chosen).unwrap();
                assert_eq!(values(&wire).get(switch.name).map(word).as_deref(), Some(*value));
            }
        }
    }

    #[test]
    fn what_is_shown_can_be_read_back() {
        for wire in
            [Wire::default(), Wire::of(Profile::Observed), Wire { order_id_max_length: Some(36), ..Wire::default() }]
        {
            assert_eq!(read_pairs(&form_of(&wire)), Some(wire));
        }
    }

    #[test]
    fn a_reading_that_does_not_exist_is_told_by_its_field() {
        let mut problems = Problems::default();
        assert!(read(Form::new(b"casing=kebab&order_id_max_length=0"), &mut problems).is_none());
        assert!(problems.of("casing").is_some() && problems.of(LONGEST_ORDER).is_some());
        let mut problems = Problems::default();
        assert!(read(Form::new(b"order_id_max_length=10001"), &mut problems).is_none());
        assert!(problems.of(LONGEST_ORDER).is_some(), "the admin API takes no more than 10000");
    }

    #[test]
    fn changes_are_named() {
        let changed = changed(&Wire::default(), &Wire { echo_state: false, ..Wire::default() });
        assert_eq!(changed, ["echo_state = false"]);
    }

    fn form_of(wire: &Wire) -> Vec<(String, String)> {
        let fields = groups(wire).into_iter().flat_map(|(_, fields)| fields);
        fields.map(|field| (field.name.to_owned(), field.value)).collect()
    }

    fn read_pairs(pairs: &[(String, String)]) -> Option<Wire> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        read(Form::new(body.as_bytes()), &mut Problems::default())
    }
}
