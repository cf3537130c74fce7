//! Who has logged in.

use pyo3::prelude::*;

use super::payment::private;
use crate::support::model::model;
use crate::support::values::{Private, Unknown};

/// A student's details as CROUS knows them (protocol §3.4).
///
/// Every field is optional, and every value is the text of what came: the guide does not say which ones come. What has no
/// field here is in `extra`. The repr and `to_dict` leave out what is personal; each field gives it to whoever asks by
/// name.
#[pyclass(frozen, eq, module = "izly")]
#[derive(PartialEq, Hash)]
pub(crate) struct UserDetails {
    /// The rate company, *société*.
    #[pyo3(get)]
    company: Option<String>,
    /// The rate within the company, *tarif*: what a meal costs this person.
    #[pyo3(get)]
    rate: Option<String>,
    /// The academic year.
    #[pyo3(get)]
    academic_year: Option<String>,
    /// The institution's UAI code.
    #[pyo3(get)]
    institution_code: Option<String>,
    /// The type of client.
    #[pyo3(get)]
    client_type: Option<String>,
    /// Fields of the reply this library does not know: dotted path to raw JSON text. They may be personal too.
    #[pyo3(get)]
    extra: Unknown,
    /// The UAI code of the part of the institution.
    #[pyo3(get)]
    component_code: Option<String>,
    /// The employer.
    #[pyo3(get)]
    employer: Option<String>,
    /// The person's number as a right holder. Personal.
    #[pyo3(get)]
    right_holder_id: Option<Private>,
    /// The number of the Izly account. Personal.
    #[pyo3(get)]
    izly_id: Option<Private>,
    /// The institution's number for the student. Personal.
    #[pyo3(get)]
    student_code: Option<Private>,
    /// The national student number. Personal.
    #[pyo3(get)]
    ine: Option<Private>,
    /// CROUS's code for the client. Personal.
    #[pyo3(get)]
    client_code: Option<Private>,
    /// The number of the assignment, *affectation*. Personal.
    #[pyo3(get)]
    affectation_number: Option<Private>,
    /// Another number of the person. Personal.
    #[pyo3(get)]
    id: Option<Private>,
}

impl UserDetails {
    pub(crate) fn from_core(user: izly::UserDetails) -> Self {
        UserDetails {
            company: user.company,
            rate: user.rate,
            academic_year: user.academic_year,
            institution_code: user.institution_code,
            client_type: user.client_type,
            extra: Unknown::from(&user.extra),
            component_code: user.component_code,
            employer: user.employer,
            right_holder_id: private(user.right_holder_id),
            izly_id: private(user.izly_id),
            student_code: private(user.student_code),
            ine: private(user.ine),
            client_code: private(user.client_code),
            affectation_number: private(user.affectation_number),
            id: private(user.id),
        }
    }
}

model!(UserDetails,
    shown: [company, rate, academic_year, institution_code, client_type, extra],
    covered: [
        component_code, employer, right_holder_id, izly_id, student_code, ine, client_code, affectation_number, id
    ],
    match: ["client_code", "ine", "company", "rate"],
{});
