//! The partner's answer to a callback.

use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::errors::{raised, refused};
use crate::support::model::model;
use crate::support::texts::StrictInt;
use crate::support::values::Raw;

/// What to answer a callback with (protocol §4.3): a status, headers and a body, for any framework.
///
/// Answer `Reply.accepted()` once the payment is settled in your own database, or was before, or will never be your
/// order's. Answer `Reply.rejected(...)` when you could not settle it *yet*, so that a server which retries has a reason
/// to. What Izly does after a rejection is not documented: reconcile unpaid orders with `Client.confirm` all the same.
///
/// >>> reply = izly.Reply.accepted()
/// >>> flask.Response(reply.body, reply.status, reply.headers)
#[pyclass(frozen, eq, module = "izly")]
#[derive(PartialEq, Hash)]
pub(crate) struct Reply {
    /// The HTTP status.
    #[pyo3(get)]
    status: u16,
    /// The body to send.
    #[pyo3(get)]
    body: Raw,
}

impl From<izly::Reply> for Reply {
    fn from(reply: izly::Reply) -> Self {
        Reply { status: reply.status(), body: Raw(reply.body().as_bytes().to_vec()) }
    }
}

model!(Reply, shown: [status, body], covered: [], match: ["status", "body"], {
    /// Settled: HTTP 200, code 0.
    #[staticmethod]
    fn accepted() -> Self {
        Reply::from(izly::Reply::accepted())
    }

    /// Not settled: HTTP 500, with a code of your own and a message for Izly's logs. Put no secret in it.
    ///
    /// Raises `InvalidInputError`, field `code`, for the code 0, which means success.
    #[staticmethod]
    #[pyo3(signature = (code, message))]
    fn rejected(py: Python<'_>, code: StrictInt, message: &str) -> PyResult<Self> {
        let code = i32::try_from(code.number("code")?)
            .map_err(|_| refused(py, izly::ErrorKind::InvalidInput, "code", "must fit into 32 bits"))?;
        raised(py, izly::Reply::rejected(code, message)).map(Reply::from)
    }

    /// The same under another HTTP status, 200 to 599, for an Izly that wants 200 even for a rejection.
    #[pyo3(signature = (status))]
    fn with_status(&self, py: Python<'_>, status: StrictInt) -> PyResult<Self> {
        let status = u16::try_from(status.number("status")?).unwrap_or(0);
        let checked = raised(py, izly::Reply::accepted().with_status(status))?;
        Ok(Reply { status: checked.status(), body: self.body.clone() })
    }

    /// The headers to send.
    #[getter]
    fn headers<'py>(&self, py: Python<'py>) -> PyResult<crate::support::hints::Headers<'py>> {
        let headers = PyDict::new(py);
        for (name, value) in izly::Reply::accepted().headers() {
            headers.set_item(name, value)?;
        }
        Ok(crate::support::hints::Headers(headers))
    }
});
