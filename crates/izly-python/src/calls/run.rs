//! The one way from a Python call to the core and back.

use pyo3::prelude::*;

use super::interrupt;
use super::told::Telling;
use crate::errors::{described, exception};

/// Runs a call of the core's without the interpreter's lock, and gives its result or raises its error.
pub(crate) fn run<T: Send>(py: Python<'_>, call: impl FnOnce() -> Result<T, izly::Error> + Send) -> PyResult<T> {
    interrupt::prepare(py)?;
    let telling = Telling::begin(py)?;
    let (value, error) = match py.detach(call) {
        Ok(value) => (Some(value), None),
        Err(error) => (None, Some(error)),
    };
    finish(py, telling, error.as_ref())?;
    value.ok_or_else(|| lost(py))
}

/// What comes after any call, whatever its result: compiled once, for its size.
#[inline(never)]
fn finish(py: Python<'_>, telling: Telling<'_>, error: Option<&izly::Error>) -> PyResult<()> {
    let raised = interrupt::take_raised();
    let told = telling.end(py);
    match (error, raised.or(told.err())) {
        (None, None) => Ok(()),
        // As if the signal had come just after the call, before its result was used.
        (None, Some(raised)) => Err(because(py, raised, lost(py))),
        (Some(error), None) => Err(exception(py, error)),
        (Some(error), Some(raised)) => Err(because(py, raised, exception(py, error))),
    }
}

/// What a signal's handler raised, a `KeyboardInterrupt` say, with the cause that tells what happened to the request.
fn because(py: Python<'_>, raised: PyErr, cause: PyErr) -> PyErr {
    if raised.cause(py).is_none() {
        raised.set_cause(py, Some(cause));
    }
    raised
}

/// The error behind an exception that came between an answer and its use.
fn lost(py: Python<'_>) -> PyErr {
    let message = "the call was carried out, and an exception came before its result was handed over [unknown]";
    described(py, izly::ErrorKind::Interrupted, izly::Outcome::Unknown, izly::Retry::LookUpFirst, None, message)
}
