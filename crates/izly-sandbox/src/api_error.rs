//! Izly's error objects.

use crate::json::Json;
use crate::remark::Remark;
use crate::wire::FaultStatus;

/// Why a web service refuses.
///
/// Only [`ApiError::UnknownOperation`] is *documented* (code 356). Every other code, 9001 and up, and every other message
/// is *our invention*, numbered far away from anything Izly is likely to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ApiError {
    UnknownOperation,
    BadCredentials,
    WrongIdentifier,
    ContentType,
    UnreadableBody,
    Amount,
    OrderId,
    OptionalProperty(&'static str),
    NotApproved,
    IzlyPayOff,
    WrongOrder,
    NotPaid,
    AlreadyRefunded,
    BadToken,
    OrderIdTaken,
}

impl ApiError {
    pub(crate) fn code(self) -> u64 {
        match self {
            Self::UnknownOperation => 356,
            Self::BadCredentials => 9001,
            Self::WrongIdentifier => 9002,
            Self::ContentType => 9003,
            Self::UnreadableBody => 9004,
            Self::Amount => 9005,
            Self::OrderId => 9006,
            Self::OptionalProperty(_) => 9007,
            Self::NotApproved => 9008,
            Self::IzlyPayOff => 9009,
            Self::WrongOrder => 9010,
            Self::NotPaid => 9011,
            Self::AlreadyRefunded => 9012,
            Self::BadToken => 9013,
            Self::OrderIdTaken => 9014,
        }
    }

    fn message(self) -> String {
        let text = match self {
            Self::UnknownOperation => "Opération introuvable",
            Self::BadCredentials => "Clé d'API absente ou inconnue",
            Self::WrongIdentifier => "L'en-tête AppIdentifier ne correspond pas à la clé d'API",
            Self::ContentType => "Type de contenu non pris en charge",
            Self::UnreadableBody => "Le corps de la requête n'est pas un objet JSON lisible",
            Self::Amount => "Amount doit être un nombre entier de centimes, supérieur à zéro",
            Self::OrderId => "ClientOrderId est absent, vide ou trop long",
            Self::OptionalProperty(name) => return format!("{name} n'est pas valide"),
            Self::NotApproved => "Le point d'encaissement n'est pas agréé",
            Self::IzlyPayOff => "IzlyPay n'est pas activé pour ce point d'encaissement",
            Self::WrongOrder => "clientOrderId ne correspond pas à l'opération",
            Self::NotPaid => "L'opération n'a pas été payée",
            Self::AlreadyRefunded => "L'opération a déjà été remboursée",
            Self::OrderIdTaken => "ClientOrderId a déjà servi",
            Self::BadToken => "Jeton d'accès absent, inconnu ou expiré",
        };
        text.to_owned()
    }

    pub(crate) fn status(self, choice: FaultStatus) -> u16 {
        match (self, choice) {
            (Self::BadCredentials | Self::WrongIdentifier | Self::BadToken, _) => 401,
            (_, FaultStatus::Ok) => 200,
            (_, FaultStatus::BadRequest) => 400,
            (Self::UnknownOperation, _) => 404,
            (Self::NotApproved | Self::IzlyPayOff, _) => 403,
            (Self::ContentType, _) => 415,
            _ => 400,
        }
    }

    /// What the timeline says about it.
    pub(crate) fn remark(self) -> Remark {
        match self {
            Self::UnknownOperation => {
                Remark::documented("5", "Code 356 : le seul code d'erreur que le guide documente.")
            }
            _ => Remark::invented(format!(
                "Code {} : le guide ne documente que le code 356 ; les autres sont inventés par la sandbox.",
                self.code()
            )),
        }
    }

    /// The object. `Title` and `Priority` are *documented* by the one sample and taken for all.
    pub(crate) fn json(self) -> Json {
        error_object(self.code(), &self.message())
    }
}

/// The error object for any code, for the rare error that is no [`ApiError`].
pub(crate) fn error_object(code: u64, message: &str) -> Json {
    Json::object()
        .with("Code", code)
        .with("ErrorMessage", message)
        .with("Title", "L'opération ne peut pas aboutir")
        .with("Priority", 2_u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::PropertyCasing;

    #[test]
    fn the_documented_object_is_the_guides_to_the_byte() {
        assert_eq!(
            ApiError::UnknownOperation.json().to_text(PropertyCasing::Pascal),
            r#"{"Code":356,"ErrorMessage":"Opération introuvable","Title":"L'opération ne peut pas aboutir","Priority":2}"#
        );
    }

    #[test]
    fn statuses_follow_the_switch_but_authentication_does_not() {
        let statuses = |choice| {
            [ApiError::UnknownOperation, ApiError::IzlyPayOff, ApiError::Amount, ApiError::BadCredentials]
                .map(|f| f.status(choice))
        };
        assert_eq!(statuses(FaultStatus::NotFound), [404, 403, 400, 401]);
        assert_eq!(statuses(FaultStatus::Ok), [200, 200, 200, 401]);
        assert_eq!(statuses(FaultStatus::BadRequest), [400, 400, 400, 401]);
    }
}
