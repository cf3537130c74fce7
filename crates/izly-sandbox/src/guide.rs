//! What the guide says about each step, for the timeline.

use crate::fault::CallName;
use crate::http::{Incoming, Reply};
use crate::remark::Remark;
use crate::wire::{AmountUnit, BeneficiaryName, Dates, FaultStatus, IdSize, PropertyCasing, RefreshReply, Wire};

/// The remarks on a request and its answer: what the guide says of the call, then each switch that shaped the answer.
pub(crate) fn remarks(call: Option<CallName>, request: &Incoming, reply: &Reply, wire: &Wire) -> Vec<Remark> {
    let Some(call) = call else {
        return vec![Remark::invented("Cette adresse n’est pas une adresse d’Izly.")];
    };
    let mut remarks = vec![about(call)];
    if reply.is_dropped {
        return remarks;
    }
    let is_error = reply.status >= 400;
    match call {
        CallName::LoginPage if reply.status == 302 => remarks.push(state_remark(wire)),
        CallName::Refresh if !is_error => remarks.push(refresh_remark(wire)),
        CallName::Token | CallName::Refresh if is_error => remarks.push(Remark::invented(
            "Le guide ne dit rien des erreurs de ce service ; la forme de la RFC 6749 est observée dans l’application d’Izly.",
        )),
        CallName::CreatePayment | CallName::ReadPayment | CallName::Refund if is_error => {
            remarks.push(fault_status_remark(wire));
        }
        CallName::CreatePayment => remarks.extend(creation_remarks(wire)),
        CallName::ReadPayment | CallName::Refund => remarks.extend(reading_remarks(wire)),
        _ => {}
    }
    if matches!(call, CallName::CreatePayment | CallName::ReadPayment | CallName::Refund) {
        remarks.extend(content_type_remark(request));
    }
    remarks
}

/// What the guide says about the call itself.
fn about(call: CallName) -> Remark {
    match call {
        CallName::LoginPage => Remark::documented(
            "3.1",
            "Page de connexion : identifiant et mot de passe, « Mot de passe oublié ? », « Annuler », « Se connecter ». \
             Après la connexion, le navigateur revient sur le lien de redirection avec un code.",
        ),
        CallName::ForgottenPage => Remark::documented(
            "4.2",
            "Après la récupération du mot de passe, l’utilisateur doit relancer un nouveau paiement. L’adresse de la page, \
             elle, n’est pas documentée.",
        ),
        CallName::Token => Remark::documented(
            "3.2",
            "Échange du code : POST sans corps, paramètres dans l’adresse, en-tête « Basic » avec la clé d’API telle quelle.",
        ),
        CallName::Refresh => Remark::documented("3.3", "Renouvellement du jeton : grant_type=refresh_token."),
        CallName::Users => {
            Remark::documented("3.4", "Informations de l’ayant droit, avec le jeton d’accès (en-tête « Bearer »).")
        }
        CallName::CreatePayment => Remark::documented(
            "4.1",
            "Initialisation du paiement : le montant est envoyé en centimes ; la réponse donne la page où l’utilisateur paie.",
        ),
        CallName::PaymentPage => Remark::documented(
            "4.2",
            "Page de paiement : site marchand, montant, identifiant, mot de passe. Izly vérifie le compte et le solde, débite, \
             envoie un e-mail, appelle le callback, puis affiche le succès.",
        ),
        CallName::ReadPayment => Remark::documented(
            "4.4",
            "Lecture de l’opération : la seule preuve d’un paiement. Seul le statut « Completed » veut dire payé.",
        ),
        CallName::Refund => Remark::documented(
            "4.5",
            "Remboursement : sans montant, donc toujours en entier. Le guide écrit « clientOrderId=/ » : sans doute une \
             coquille.",
        ),
    }
}

/// What there is to say about a callback.
pub(crate) fn callback_remarks(sent: bool, attempt: u32, wire: &Wire) -> Vec<Remark> {
    let mut remarks = vec![Remark::documented(
        "4.3",
        "Callback : Izly appelle le serveur du partenaire et attend un statut 200 et le code 0. Il n’est pas signé : il ne \
         prouve rien, seule la lecture de l’opération fait foi.",
    )];
    remarks.push(unit_remark("Amount du callback", wire.callback_amount));
    if !sent {
        remarks.push(Remark::documented(
            "1",
            "L’hébergeur d’Izly n’ouvre ses flux sortants que vers les adresses qu’il a autorisées.",
        ));
    }
    if attempt > 1 {
        remarks.push(Remark::observed(
            "4.3",
            "Le guide ne documente aucune nouvelle tentative ; le produit principal du même éditeur en fait.",
        ));
    }
    remarks
}

fn state_remark(wire: &Wire) -> Remark {
    if wire.echo_state {
        Remark::observed(
            "3.1",
            "« state » est rendu : absent du guide, observé sur l’ancienne page de connexion de l’éditeur.",
        )
    } else {
        Remark::invented("« state » n’est pas rendu : le guide n’en parle pas.")
    }
}

fn refresh_remark(wire: &Wire) -> Remark {
    Remark::invented(match wire.refresh {
        RefreshReply::New => {
            "Un nouveau jeton de renouvellement est donné, l’ancien ne sert plus : le guide ne montre pas la réponse."
        }
        RefreshReply::Same => "Le même jeton de renouvellement est rendu : le guide ne montre pas la réponse.",
        RefreshReply::Absent => {
            "Aucun jeton de renouvellement n’est rendu, l’ancien reste bon : le guide ne montre pas la réponse."
        }
    })
}

fn fault_status_remark(wire: &Wire) -> Remark {
    Remark::invented(match wire.fault_status {
        FaultStatus::NotFound => {
            "Le statut HTTP d’une erreur n’est pas documenté : la sandbox choisit le plus proche (404, 403, 400)."
        }
        FaultStatus::Ok => "Le statut HTTP d’une erreur n’est pas documenté : ici, 200.",
        FaultStatus::BadRequest => "Le statut HTTP d’une erreur n’est pas documenté : ici, 400.",
    })
}

fn creation_remarks(wire: &Wire) -> Vec<Remark> {
    let mut remarks = vec![unit_remark("Amount de la réponse", wire.create_amount)];
    remarks.push(match wire.beneficiary_name {
        BeneficiaryName::AppIdentifier => Remark::documented(
            "4.1",
            "Beneficiary.AppIdentifier : le nom de l’exemple du guide ; son tableau dit ClientId.",
        ),
        BeneficiaryName::ClientId => Remark::documented(
            "4.1",
            "Beneficiary.ClientId : le nom du tableau du guide ; son exemple dit AppIdentifier.",
        ),
    });
    remarks.extend(common_remarks(wire));
    remarks
}

fn reading_remarks(wire: &Wire) -> Vec<Remark> {
    let mut remarks = vec![unit_remark("Amount de la réponse", wire.read_amount)];
    remarks.extend(common_remarks(wire));
    remarks
}

fn unit_remark(what: &str, unit: AmountUnit) -> Remark {
    match unit {
        AmountUnit::Euros => Remark::documented("4.1", format!("{what} en euros, comme dans les exemples du guide.")),
        AmountUnit::Centimes => {
            Remark::observed("4.3", format!("{what} en centimes, comme des clients l’ont vu en production."))
        }
    }
}

fn common_remarks(wire: &Wire) -> Vec<Remark> {
    let mut remarks = Vec::new();
    if wire.casing == PropertyCasing::Camel {
        remarks.push(Remark::observed(
            "6",
            "Noms de propriétés avec une minuscule, comme des clients l’ont vu en production.",
        ));
    }
    if wire.dates == Dates::Drifting {
        remarks.push(Remark::observed(
            "6",
            "Dates avec fraction de seconde ou décalage, comme d’autres services du CROUS.",
        ));
    }
    if wire.operation_ids != IdSize::Usual {
        remarks.push(Remark::invented("Très grands identifiants : le guide dit seulement « long »."));
    }
    remarks
}

fn content_type_remark(request: &Incoming) -> Option<Remark> {
    let given = request.media_type()?;
    if given.eq_ignore_ascii_case("application/vnd.Xpollens.v1+json") {
        return Some(Remark::documented(
            "4",
            "Content-Type : application/vnd.Xpollens.v1+json, comme le demande le guide.",
        ));
    }
    if given.eq_ignore_ascii_case("application/vnd.s-money.v1+json") {
        return Some(Remark::observed(
            "4",
            "Content-Type : application/vnd.s-money.v1+json, l’ancien nom, vu en production.",
        ));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::remark::Provenance;
    use crate::wire::Profile;

    fn request() -> Incoming {
        let headers = vec![("content-type".to_owned(), "application/vnd.s-money.v1+json".to_owned())];
        Incoming { method: "POST".into(), target: "/".into(), headers, body: Vec::new() }
    }

    #[test]
    fn each_switch_says_where_its_reading_comes_from() {
        let told = |wire: &Wire| remarks(Some(CallName::CreatePayment), &request(), &Reply::empty(200), wire);
        let amount = |wire: &Wire| told(wire)[1].provenance;
        assert_eq!(amount(&Wire::of(Profile::Guide)), Provenance::Documented);
        assert_eq!(amount(&Wire::of(Profile::Observed)), Provenance::Observed);
        let last = told(&Wire::default()).pop().unwrap();
        assert!(last.text.contains("s-money"), "{last:?}");
    }

    #[test]
    fn an_answer_that_never_left_has_no_shape() {
        let wire = Wire::default();
        assert_eq!(remarks(Some(CallName::Refund), &request(), &Reply::dropped(), &wire).len(), 1);
        assert!(remarks(None, &request(), &Reply::empty(404), &wire)[0].section.is_none());
    }
}
