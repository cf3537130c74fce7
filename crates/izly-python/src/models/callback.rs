//! What Izly posts to the partner, and anyone else can.

use pyo3::prelude::*;

use super::payment::{Beneficiary, private};
use crate::errors::raised;
use crate::support::model::{Child, model};
use crate::support::texts::Body;
use crate::support::values::{Date, Moment, Private, State, Unknown};

/// A claim that something happened to a payment (protocol §4.3). It proves nothing.
///
/// Callbacks carry no signature, so anyone who knows the address can post one. It names an operation; give it to
/// `Client.confirm` together with your own order to learn the truth. What it says beyond that is behind `untrusted`.
///
/// >>> callback = izly.Callback.parse(request.body)
/// >>> paid = client.confirm(callback, order)
#[pyclass(frozen, eq, module = "izly")]
#[derive(PartialEq, Hash)]
pub(crate) struct Callback {
    /// The operation it claims something about.
    #[pyo3(get)]
    operation_id: u64,
    /// The order it claims to be about: good for finding your own record, and for nothing else.
    #[pyo3(get)]
    order_id: Option<String>,
    untrusted: Child<Untrusted>,
}

impl Callback {
    pub(crate) fn id(&self) -> u64 {
        self.operation_id
    }

    pub(crate) fn read(py: Python<'_>, body: &Body<'_>) -> PyResult<Self> {
        let callback = raised(py, body.with(izly::Callback::parse)?)?;
        Ok(Callback {
            operation_id: callback.operation_id().get(),
            order_id: callback.order_id().map(str::to_owned),
            untrusted: Child(Py::new(py, Untrusted::from_core(py, callback.into_untrusted())?)?),
        })
    }
}

model!(Callback, shown: [operation_id, order_id], covered: [untrusted], match: ["operation_id", "order_id"], {
    /// The largest body accepted, in bytes, for a framework that wants a limit.
    #[classattr]
    const MAX_BYTES: usize = izly::Callback::MAX_BYTES;

    /// Reads the body of a callback: the raw bytes of the request, before any framework decoded them. No network; the
    /// amount, date and status in it are not judged.
    ///
    /// Raises `UnreadableError`, whose `field` says what broke a rule, and `TooLargeError` above 1 MiB. Answer such a
    /// request with a plain 400.
    #[staticmethod]
    #[pyo3(signature = (body))]
    fn parse(py: Python<'_>, body: Body<'_>) -> PyResult<Self> {
        Callback::read(py, &body)
    }

    /// Everything else it says, none of it proven. Never credit anything on the strength of it.
    #[getter]
    fn untrusted(&self, py: Python<'_>) -> Py<Untrusted> {
        self.untrusted.of(py)
    }
});

/// Reads the body of a callback: short for `Callback.parse`.
#[pyfunction]
#[pyo3(signature = (body))]
pub(crate) fn parse_callback(py: Python<'_>, body: Body<'_>) -> PyResult<Callback> {
    Callback::read(py, &body)
}

/// What a callback claims, for logs and support desks. See `Callback.untrusted`.
#[pyclass(frozen, eq, module = "izly")]
#[derive(PartialEq, Hash)]
pub(crate) struct Untrusted {
    /// The amount as it is written. Production has sent `200.00` for 200 *centimes*: never decide on it.
    #[pyo3(get)]
    amount_text: Option<String>,
    date: Option<Date>,
    /// The state claimed.
    #[pyo3(get)]
    status: Option<State>,
    error: Child<CallbackError>,
    /// Fields this library does not know: dotted path to raw JSON text.
    #[pyo3(get)]
    extra: Unknown,
    /// Izly's number for the debit.
    #[pyo3(get)]
    transaction_id: Option<i64>,
    /// The partner's message.
    #[pyo3(get)]
    message: Option<String>,
    /// The callback parameters, as echoed.
    #[pyo3(get)]
    callback_parameters: Option<String>,
    beneficiary: Child<Beneficiary>,
    user: Child<CallbackUser>,
}

impl Untrusted {
    fn from_core(py: Python<'_>, claim: izly::Untrusted) -> PyResult<Self> {
        let error = CallbackError { code: claim.error.code, message: claim.error.message };
        Ok(Untrusted {
            amount_text: claim.amount_text,
            date: claim.date.map(Date),
            status: claim.status.map(State),
            error: Child(Py::new(py, error)?),
            extra: Unknown::from(&claim.extra),
            transaction_id: claim.transaction_id,
            message: claim.message,
            callback_parameters: claim.callback_parameters,
            beneficiary: Beneficiary::child(py, claim.beneficiary)?,
            user: Child(Py::new(py, CallbackUser::from_core(claim.user))?),
        })
    }
}

model!(Untrusted,
    shown: [amount_text, date, status, error, extra],
    covered: [transaction_id, message, callback_parameters, beneficiary, user],
    match: ["amount_text", "status"],
{
    /// When, as claimed: naive local time. `None` if it cannot be read.
    #[getter]
    fn date(&self) -> Option<Moment> {
        Date::moment(self.date.as_ref())
    }

    /// The date as it is written.
    #[getter]
    fn date_text(&self) -> Option<&str> {
        Date::text(self.date.as_ref())
    }

    /// Whether it is said to have worked.
    #[getter]
    fn error(&self, py: Python<'_>) -> Py<CallbackError> {
        self.error.of(py)
    }

    /// Whom it claims to pay.
    #[getter]
    fn beneficiary(&self, py: Python<'_>) -> Py<Beneficiary> {
        self.beneficiary.of(py)
    }

    /// Who is said to pay.
    #[getter]
    fn user(&self, py: Python<'_>) -> Py<CallbackUser> {
        self.user.of(py)
    }
});

/// The student a callback names. All of it is personal, so that the repr shows nothing.
#[pyclass(frozen, eq, module = "izly")]
#[derive(PartialEq, Hash)]
pub(crate) struct CallbackUser {
    /// The electronic money account. Personal.
    #[pyo3(get)]
    account_id: Option<Private>,
    /// The e-mail address. Personal.
    #[pyo3(get)]
    email: Option<Private>,
    /// CROUS's code for the client. Personal.
    #[pyo3(get)]
    client_code: Option<Private>,
    /// The number of the assignment, *affectation*. Personal.
    #[pyo3(get)]
    affectation_number: Option<Private>,
}

impl CallbackUser {
    fn from_core(user: izly::CallbackUser) -> Self {
        CallbackUser {
            account_id: private(user.account_id),
            email: private(user.email),
            client_code: private(user.client_code),
            affectation_number: private(user.affectation_number),
        }
    }
}

model!(CallbackUser,
    shown: [], covered: [account_id, email, client_code, affectation_number],
    match: ["account_id", "email", "client_code", "affectation_number"], {});

/// The error a callback reports: code 0 is said to be success.
#[pyclass(frozen, eq, module = "izly")]
#[derive(PartialEq, Hash)]
pub(crate) struct CallbackError {
    /// The code.
    #[pyo3(get)]
    code: Option<i64>,
    /// The message, in French.
    #[pyo3(get)]
    message: Option<String>,
}

model!(CallbackError, shown: [code, message], covered: [], match: ["code", "message"], {});
