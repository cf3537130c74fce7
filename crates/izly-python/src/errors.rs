//! From the core's one error to a Python exception of its kind.

use izly::{ErrorKind, Outcome, Retry};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::support::values::Imported;

/// A result of the core's, with its error as Python raises it.
pub(crate) fn raised<T>(py: Python<'_>, result: Result<T, izly::Error>) -> PyResult<T> {
    result.map_err(|error| exception(py, &error))
}

/// The exception for an error. The classes are written in Python, so that they can be caught, subclassed and pickled
/// like any other.
pub(crate) fn exception(py: Python<'_>, error: &izly::Error) -> PyErr {
    facts(py, error).and_then(|facts| made(py, &error.to_string(), &facts)).unwrap_or_else(|failure| failure)
}

/// The error for an option or an argument that the core never gets to see, said as the core would.
pub(crate) fn refused(py: Python<'_>, kind: ErrorKind, field: &str, rule: &str) -> PyErr {
    let subject = if kind == ErrorKind::Configuration { "configuration" } else { "invalid input" };
    let message = format!("{subject}: {field} {rule}");
    described(py, kind, Outcome::NotSent, Retry::Fix, Some(field), &message)
}

/// An error that is not the core's.
pub(crate) fn described(
    py: Python<'_>,
    kind: ErrorKind,
    outcome: Outcome,
    retry: Retry,
    field: Option<&str>,
    message: &str,
) -> PyErr {
    let error = || -> PyResult<PyErr> {
        let facts = PyDict::new(py);
        facts.set_item("kind", kind.as_str())?;
        facts.set_item("outcome", outcome.as_str())?;
        facts.set_item("retry", retry.as_str())?;
        facts.set_item("field", field)?;
        made(py, message, &facts)
    };
    error().unwrap_or_else(|failure| failure)
}

fn made(py: Python<'_>, message: &str, facts: &Bound<'_, PyDict>) -> PyResult<PyErr> {
    static BY_KIND: Imported = Imported::new("izly._errors", "BY_KIND");
    let kind = facts.get_item("kind")?;
    let class = BY_KIND.get(py)?.get_item(kind)?;
    Ok(PyErr::from_value(class.call((message,), Some(facts))?))
}

fn facts<'py>(py: Python<'py>, error: &izly::Error) -> PyResult<Bound<'py, PyDict>> {
    let facts = PyDict::new(py);
    facts.set_item("kind", error.kind().as_str())?;
    facts.set_item("outcome", error.outcome().as_str())?;
    facts.set_item("retry", error.retry().as_str())?;
    facts.set_item("call", error.call().map(izly::CallName::as_str))?;
    facts.set_item("field", error.field())?;
    facts.set_item("phase", error.phase().map(izly::Phase::as_str))?;
    facts.set_item("http_status", error.http_status())?;
    facts.set_item("api_code", error.api_code())?;
    facts.set_item("api_message", error.api_message())?;
    facts.set_item("title", error.title())?;
    facts.set_item("priority", error.priority())?;
    facts.set_item("oauth_error", error.oauth_error())?;
    facts.set_item("retry_after", error.retry_after().map(|wait| wait.as_secs_f64()))?;
    facts.set_item("raw_excerpt", error.raw_excerpt())?;
    Ok(facts)
}
