//! What a callback claims, left where the core has it until it is asked for: most of it never is.
//!
//! The only file that looks into the core's claim.

use izly::{CallbackDate, CallbackPersonal, CivilDateTime, Personal};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::callback::{CallbackError, CallbackUser};
use super::payment::{Beneficiary, private};
use crate::support::model::{Child, saved};
use crate::support::values::{Date, Private, State, Unknown};

/// A claim, however it came here.
#[allow(clippy::large_enum_variant)] // the large one is the rule
pub(crate) enum Claim {
    /// As the core read it.
    Read(izly::Callback),
    /// Out of a pickle.
    Restored(Box<Restored>),
}

/// What a pickle keeps of a claim.
pub(crate) struct Restored {
    amount_text: Option<Private>,
    date: Option<Date>,
    status: Option<State>,
    pub(crate) error: Child<CallbackError>,
    extra: Unknown,
    transaction_id: Option<i64>,
    message: Option<Private>,
    callback_parameters: Option<Private>,
    pub(crate) beneficiary: Child<Beneficiary>,
    pub(crate) user: Child<CallbackUser>,
}

impl Restored {
    /// From the state that a pickle holds.
    pub(crate) fn load(state: &Bound<'_, PyDict>) -> PyResult<Self> {
        Ok(Restored {
            amount_text: saved(state, "amount_text")?,
            date: saved(state, "date")?,
            status: saved(state, "status")?,
            error: saved(state, "error")?,
            extra: saved(state, "extra")?,
            transaction_id: saved(state, "transaction_id")?,
            message: saved(state, "message")?,
            callback_parameters: saved(state, "callback_parameters")?,
            beneficiary: saved(state, "beneficiary")?,
            user: saved(state, "user")?,
        })
    }
}

/// A claim's fields by themselves; two claims are equal if these are.
type Facts<'a> = (
    (Option<&'a str>, Option<&'a str>, Option<State>, Option<i64>, Option<&'a str>, Option<&'a str>),
    (Option<i64>, Option<&'a str>),
    [Option<&'a str>; 2],
    CallbackUser,
    Unknown,
);

impl Claim {
    /// The order's name; a pickle keeps it with the callback.
    pub(crate) fn order_id(&self) -> Option<&str> {
        match self {
            Claim::Read(callback) => callback.order_id(),
            Claim::Restored(_) => None,
        }
    }

    pub(crate) fn amount_text(&self) -> Option<&str> {
        match self {
            Claim::Read(callback) => callback.untrusted().amount_text,
            Claim::Restored(kept) => revealed(kept.amount_text.as_ref()),
        }
    }

    pub(crate) fn civil(&self) -> Option<CivilDateTime> {
        match self {
            Claim::Read(callback) => callback.untrusted().date?.civil(),
            Claim::Restored(kept) => kept.date.as_ref()?.0.civil(),
        }
    }

    pub(crate) fn date_text(&self) -> Option<&str> {
        match self {
            Claim::Read(callback) => callback.untrusted().date.map(CallbackDate::text),
            Claim::Restored(kept) => kept.date.as_ref().map(|date| date.0.text()),
        }
    }

    pub(crate) fn status(&self) -> Option<State> {
        match self {
            Claim::Read(callback) => callback.untrusted().status.cloned().map(State),
            Claim::Restored(kept) => kept.status.clone(),
        }
    }

    pub(crate) fn transaction_id(&self) -> Option<i64> {
        match self {
            Claim::Read(callback) => callback.untrusted().transaction_id,
            Claim::Restored(kept) => kept.transaction_id,
        }
    }

    pub(crate) fn message(&self) -> Option<&str> {
        match self {
            Claim::Read(callback) => callback.untrusted().message,
            Claim::Restored(kept) => revealed(kept.message.as_ref()),
        }
    }

    pub(crate) fn callback_parameters(&self) -> Option<&str> {
        match self {
            Claim::Read(callback) => callback.untrusted().callback_parameters,
            Claim::Restored(kept) => revealed(kept.callback_parameters.as_ref()),
        }
    }

    pub(crate) fn extra(&self) -> Unknown {
        match self {
            Claim::Read(callback) => Unknown::from(callback.untrusted().extra),
            Claim::Restored(kept) => kept.extra.clone(),
        }
    }

    /// The code and the message.
    pub(crate) fn error(&self) -> (Option<i64>, Option<&str>) {
        match self {
            Claim::Read(callback) => {
                let error = callback.untrusted().error;
                (error.code, error.message)
            }
            Claim::Restored(kept) => kept.error.0.get().facts(),
        }
    }

    /// The account and the identifier.
    pub(crate) fn beneficiary(&self) -> [Option<&str>; 2] {
        match self {
            Claim::Read(callback) => {
                let beneficiary = callback.untrusted().beneficiary;
                [beneficiary.account_id, beneficiary.identifier]
            }
            Claim::Restored(kept) => kept.beneficiary.0.get().facts(),
        }
    }

    /// The account, the address, the client code and the number of the assignment.
    pub(crate) fn user(&self) -> [Option<&str>; 4] {
        match self {
            Claim::Read(callback) => {
                let user = callback.untrusted().user;
                let fields = [user.account_id, user.email, user.client_code, user.affectation_number];
                fields.map(|field| field.map(CallbackPersonal::reveal))
            }
            Claim::Restored(kept) => kept.user.0.get().facts(),
        }
    }

    /// The user by itself too, for the time it takes to compare two must tell nothing about them.
    pub(crate) fn facts(&self) -> Facts<'_> {
        let operation = (
            self.amount_text(),
            self.date_text(),
            self.status(),
            self.transaction_id(),
            self.message(),
            self.callback_parameters(),
        );
        (operation, self.error(), self.beneficiary(), CallbackUser::from(self.user()), self.extra())
    }
}

/// A personal text, lent.
pub(crate) fn revealed(text: Option<&Private>) -> Option<&str> {
    text.map(|text| text.0.reveal())
}

/// A personal text of one's own.
pub(crate) fn owned(text: Option<&str>) -> Option<Private> {
    private(text.map(Personal::new))
}
