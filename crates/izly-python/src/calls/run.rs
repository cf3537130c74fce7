//! The one way from a Python call to the core and back.

use pyo3::prelude::*;

use super::{interrupt, told};
use crate::errors::exception;

/// Runs a call of the core's without the interpreter's lock, and gives its result or raises its error.
pub(crate) fn run<T: Send>(py: Python<'_>, call: impl FnOnce() -> Result<T, izly::Error> + Send) -> PyResult<T> {
    interrupt::prepare(py);
    let logger = told::logger(py);
    let result = py.detach(call);
    let told = told::tell(py, logger);
    match (result, interrupt::take_raised().or(told.err())) {
        (Ok(value), None) => Ok(value),
        // As if the signal had come just after the call, before its result was used.
        (Ok(_), Some(raised)) => Err(raised),
        (Err(error), raised) => Err(failure(py, &error, raised)),
    }
}

/// What to raise: the error, or what a signal's handler raised, a `KeyboardInterrupt` say, whose cause is the error: it
/// tells what happened to the request.
fn failure(py: Python<'_>, error: &izly::Error, raised: Option<PyErr>) -> PyErr {
    let error = exception(py, error);
    let Some(raised) = raised else { return error };
    raised.set_cause(py, Some(error));
    raised
}
