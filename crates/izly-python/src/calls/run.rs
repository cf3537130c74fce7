//! The one way from a Python call to the core and back.

use pyo3::prelude::*;

use super::{interrupt, told};
use crate::errors::exception;

/// Runs a call of the core's without the interpreter's lock, and gives its result or raises its error.
pub(crate) fn run<T: Send>(py: Python<'_>, call: impl FnOnce() -> Result<T, izly::Error> + Send) -> PyResult<T> {
    interrupt::prepare(py);
    let logger = told::logger(py);
    let result = py.detach(call);
    told::tell(py, logger);
    match (result, interrupt::take_raised()) {
        (Ok(value), None) => Ok(value),
        (Ok(value), Some(raised)) => {
            // The answer was there first, and is worth more: it may tell of money that moved.
            raised.write_unraisable(py, None);
            Ok(value)
        }
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
