//! One interpreter in each process.

use pyo3::exceptions::PyImportError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

/// Claims the module for this interpreter, or refuses it to another one of the same process: its errors would not be the
/// other's `izly.Error`, and money is no place for an `except` that misses.
pub(crate) fn claim(py: Python<'_>) -> PyResult<()> {
    static OWNER: PyOnceLock<usize> = PyOnceLock::new();
    // Each interpreter has a table of modules of its own, for as long as it lives.
    let modules = py.import("sys")?.getattr("modules")?.as_ptr().addr();
    if *OWNER.get_or_init(py, || modules) == modules {
        return Ok(());
    }
    let message = "izly works in one interpreter of a process, and another one has it. Under mod_wsgi, set \
                   WSGIApplicationGroup %{GLOBAL}";
    Err(PyImportError::new_err(message))
}
