//! The core's rules about a payment's state, for the Python class that wears them.

use pyo3::prelude::*;

/// A state's name as it is spelt here, whether it is one of those named here, whether it means paid, whether it is final.
#[pyfunction]
#[pyo3(signature = (text, /))]
pub(crate) fn status_facts(text: &str) -> (String, bool, bool, bool) {
    let status = izly::Status::from(text);
    let is_known = !matches!(status, izly::Status::Other(_));
    (status.as_str().to_owned(), is_known, status.is_paid(), status.is_final())
}
