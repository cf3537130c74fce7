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
    let raised = interrupt::take_raised();
    match (result, raised) {
        (Ok(value), None) => Ok(value),
        (Err(error), None) => Err(exception(py, &error)),
        // A KeyboardInterrupt, say. Its cause tells what happened to the request.
        (Err(error), Some(raised)) => {
            raised.set_cause(py, Some(exception(py, &error)));
            Err(raised)
        }
        (Ok(value), Some(raised)) => {
            // The answer was there first, and is worth more: it may tell of money that moved.
            raised.write_unraisable(py, None);
            Ok(value)
        }
    }
}
