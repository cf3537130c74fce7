//! What Izly posts to the partner, and anyone else can.

use std::hash::{Hash, Hasher};

use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::claim::{Claim, Restored, owned, revealed};
use super::payment::Beneficiary;
use crate::errors::exception;
use crate::support::model::{Child, LateChild, model, saved};
use crate::support::texts::Body;
use crate::support::values::{Moment, Private, State, Unknown};

/// A claim that something happened to a payment (protocol §4.3). It proves nothing.
///
/// Callbacks carry no signature, so anyone who knows the address can post one. It names an operation; give it to
/// `Client.confirm` together with your own order to learn the truth. What it says beyond that is behind `untrusted`.
///
/// >>> callback = izly.Callback.parse(request.body)
/// >>> paid = client.confirm(callback, order)
#[pyclass(frozen, eq, module = "izly")]
pub(crate) struct Callback {
    /// The operation it claims something about.
    #[pyo3(get)]
    operation_id: u64,
    order_id: OrderId,
    untrusted: Child<Untrusted>,
}

/// Where a callback's order is named.
enum OrderId {
    /// In its claim.
    Claimed,
    /// In the pickle that it came out of.
    Restored(Option<Private>),
}

impl Callback {
    pub(crate) fn id(&self) -> u64 {
        self.operation_id
    }

    pub(crate) fn read(py: Python<'_>, body: &Body<'_>) -> PyResult<Self> {
        // Into its object at once: a callback is large enough for every move to be felt.
        let (operation_id, untrusted) = body.with(|bytes| match izly::Callback::parse(bytes) {
            Ok(callback) => {
                let operation_id = callback.operation_id().get();
                Ok((operation_id, Py::new(py, Untrusted::from(Claim::Read(callback)))?))
            }
            Err(error) => Err(exception(py, &error)),
        })?;
        Ok(Callback { operation_id, order_id: OrderId::Claimed, untrusted: Child(untrusted) })
    }

    fn order(&self) -> Option<&str> {
        match &self.order_id {
            OrderId::Claimed => self.untrusted.0.get().claim.order_id(),
            OrderId::Restored(kept) => revealed(kept.as_ref()),
        }
    }

    /// All that makes two callbacks equal.
    fn facts(&self) -> (u64, Option<&str>, &Untrusted) {
        (self.operation_id, self.order(), self.untrusted.0.get())
    }

    #[allow(clippy::unnecessary_wraps)] // other models may fail to
    fn lend(&self, py: Python<'_>) -> PyResult<LentCallback<'_>> {
        let untrusted = Child(self.untrusted.of(py));
        Ok(LentCallback { operation_id: self.operation_id, order_id: self.order(), untrusted })
    }

    fn restored(state: &Bound<'_, PyDict>) -> PyResult<Self> {
        Ok(Callback {
            operation_id: saved(state, "operation_id")?,
            order_id: OrderId::Restored(saved(state, "order_id")?),
            untrusted: saved(state, "untrusted")?,
        })
    }
}

/// A callback's fields.
struct LentCallback<'a> {
    operation_id: u64,
    order_id: Option<&'a str>,
    untrusted: Child<Untrusted>,
}

impl PartialEq for Callback {
    fn eq(&self, other: &Self) -> bool {
        self.facts() == other.facts()
    }
}

impl Hash for Callback {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.facts().hash(state);
    }
}

model!(lends Callback, shown: [operation_id, order_id], covered: [untrusted], match: ["operation_id", "order_id"], {
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

    /// The order it claims to be about: good for finding your own record, and for nothing else.
    #[getter]
    fn order_id(&self) -> Option<&str> {
        self.order()
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
pub(crate) struct Untrusted {
    claim: Claim,
    error: LateChild<CallbackError>,
    beneficiary: LateChild<Beneficiary>,
    user: LateChild<CallbackUser>,
}

impl From<Claim> for Untrusted {
    fn from(claim: Claim) -> Self {
        Untrusted { claim, error: LateChild::new(), beneficiary: LateChild::new(), user: LateChild::new() }
    }
}

impl PartialEq for Untrusted {
    fn eq(&self, other: &Self) -> bool {
        self.claim.facts() == other.claim.facts()
    }
}

impl Hash for Untrusted {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.claim.facts().hash(state);
    }
}

/// A claim's fields.
struct LentClaim<'a> {
    amount_text: Option<&'a str>,
    date: Option<&'a str>,
    status: Option<State>,
    error: Child<CallbackError>,
    extra: Unknown,
    transaction_id: Option<i64>,
    message: Option<&'a str>,
    callback_parameters: Option<&'a str>,
    beneficiary: Child<Beneficiary>,
    user: Child<CallbackUser>,
}

impl Untrusted {
    fn lend(&self, py: Python<'_>) -> PyResult<LentClaim<'_>> {
        Ok(LentClaim {
            amount_text: self.claim.amount_text(),
            date: self.claim.date_text(),
            status: self.claim.status(),
            error: Child(self.error(py)?),
            extra: self.claim.extra(),
            transaction_id: self.claim.transaction_id(),
            message: self.claim.message(),
            callback_parameters: self.claim.callback_parameters(),
            beneficiary: Child(self.beneficiary(py)?),
            user: Child(self.user(py)?),
        })
    }

    fn restored(state: &Bound<'_, PyDict>) -> PyResult<Self> {
        Ok(Untrusted::from(Claim::Restored(Box::new(Restored::load(state)?))))
    }
}

model!(lends Untrusted,
    shown: [amount_text, date, status, error, extra],
    covered: [transaction_id, message, callback_parameters, beneficiary, user],
    match: ["amount_text", "status"],
{
    /// The amount as it is written. Production has sent `200.00` for 200 *centimes*: never decide on it.
    #[getter]
    fn amount_text(&self) -> Option<&str> {
        self.claim.amount_text()
    }

    /// When, as claimed: naive local time. `None` if it cannot be read.
    #[getter]
    fn date(&self) -> Option<Moment> {
        self.claim.civil().map(Moment)
    }

    /// The date as it is written.
    #[getter]
    fn date_text(&self) -> Option<&str> {
        self.claim.date_text()
    }

    /// The state claimed.
    #[getter]
    fn status(&self) -> Option<State> {
        self.claim.status()
    }

    /// Whether it is said to have worked.
    #[getter]
    fn error(&self, py: Python<'_>) -> PyResult<Py<CallbackError>> {
        match &self.claim {
            Claim::Read(_) => self.error.of(py, || CallbackError::from(self.claim.error())),
            Claim::Restored(kept) => Ok(kept.error.of(py)),
        }
    }

    /// Fields this library does not know: dotted path to raw JSON text.
    #[getter]
    fn extra(&self) -> Unknown {
        self.claim.extra()
    }

    /// Izly's number for the debit.
    #[getter]
    fn transaction_id(&self) -> Option<i64> {
        self.claim.transaction_id()
    }

    /// The partner's message.
    #[getter]
    fn message(&self) -> Option<&str> {
        self.claim.message()
    }

    /// The callback parameters, as echoed.
    #[getter]
    fn callback_parameters(&self) -> Option<&str> {
        self.claim.callback_parameters()
    }

    /// Whom it claims to pay.
    #[getter]
    fn beneficiary(&self, py: Python<'_>) -> PyResult<Py<Beneficiary>> {
        match &self.claim {
            Claim::Read(_) => self.beneficiary.of(py, || Beneficiary::from(self.claim.beneficiary())),
            Claim::Restored(kept) => Ok(kept.beneficiary.of(py)),
        }
    }

    /// Who is said to pay.
    #[getter]
    fn user(&self, py: Python<'_>) -> PyResult<Py<CallbackUser>> {
        match &self.claim {
            Claim::Read(_) => self.user.of(py, || CallbackUser::from(self.claim.user())),
            Claim::Restored(kept) => Ok(kept.user.of(py)),
        }
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

impl From<[Option<&str>; 4]> for CallbackUser {
    fn from(facts: [Option<&str>; 4]) -> Self {
        let [account_id, email, client_code, affectation_number] = facts.map(owned);
        CallbackUser { account_id, email, client_code, affectation_number }
    }
}

impl CallbackUser {
    pub(crate) fn facts(&self) -> [Option<&str>; 4] {
        [&self.account_id, &self.email, &self.client_code, &self.affectation_number]
            .map(|field| revealed(field.as_ref()))
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

impl From<(Option<i64>, Option<&str>)> for CallbackError {
    fn from((code, message): (Option<i64>, Option<&str>)) -> Self {
        CallbackError { code, message: message.map(str::to_owned) }
    }
}

impl CallbackError {
    pub(crate) fn facts(&self) -> (Option<i64>, Option<&str>) {
        (self.code, self.message.as_deref())
    }
}

model!(CallbackError, shown: [code, message], covered: [], match: ["code", "message"], {});
