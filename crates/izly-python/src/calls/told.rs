//! What a call did, told to Python's `logging`.
//!
//! Not by a bridge below the core: records are kept while the interpreter's lock is away, and told once it is back.

use std::cell::{Cell, RefCell};

use izly::CallRecord;
use pyo3::exceptions::PyException;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyDict;

use crate::support::values::Imported;

thread_local! {
    static IS_WANTED: Cell<bool> = const { Cell::new(false) };
    static RECORDS: RefCell<Vec<CallRecord>> = const { RefCell::new(Vec::new()) };
}

/// `logging.DEBUG`, for attempts that succeed; those that fail are told as `INFO`, for the exception tells them too.
const DEBUG: u8 = 10;
const INFO: u8 = 20;

/// Keeps a record, if anyone wants it: the observer given to the core.
pub(crate) fn keep(record: &CallRecord) {
    if IS_WANTED.get() {
        RECORDS.with_borrow_mut(|records| records.push(record.clone()));
    }
}

/// What is kept of one call, and what there was of the call around it: a handler or a signal may make calls too.
pub(crate) struct Telling<'py> {
    logger: Option<Bound<'py, PyAny>>,
    around: (bool, Vec<CallRecord>),
}

impl<'py> Telling<'py> {
    /// Listens, if the program has loaded `logging` at all and wants to hear of calls. What this raises (a Ctrl-C, for it
    /// is Python that runs) comes before anything is sent.
    pub(crate) fn begin(py: Python<'py>) -> PyResult<Self> {
        let logger = logger(py)?;
        let around = (IS_WANTED.replace(logger.is_some()), RECORDS.take());
        Ok(Telling { logger, around })
    }

    /// Tells what was kept. A handler that fails must not take the call's result with it; a Ctrl-C that came while it ran
    /// is given back.
    pub(crate) fn end(self, py: Python<'py>) -> PyResult<()> {
        let records = RECORDS.replace(self.around.1);
        IS_WANTED.set(self.around.0);
        let Some(logger) = self.logger else { return Ok(()) };
        for record in records {
            match tell_one(py, &logger, &record) {
                Err(error) if error.is_instance_of::<PyException>(py) => error.write_unraisable(py, Some(&logger)),
                other => other?,
            }
        }
        Ok(())
    }
}

fn logger(py: Python<'_>) -> PyResult<Option<Bound<'_, PyAny>>> {
    let Some(logger) = found(py)? else { return Ok(None) };
    let is_wanted = logger.call_method1(intern!(py, "isEnabledFor"), (INFO,))?.is_truthy()?;
    Ok(is_wanted.then_some(logger))
}

/// The logger, looked for until the program has loaded `logging`: a name always means the same one of that module. A program
/// that takes the module away and loads it anew is not followed.
fn found(py: Python<'_>) -> PyResult<Option<Bound<'_, PyAny>>> {
    static MODULES: Imported = Imported::new("sys", "modules");
    static LOGGER: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    if let Some(logger) = LOGGER.get(py) {
        return Ok(Some(logger.bind(py).clone()));
    }
    let Some(logging) = MODULES.get(py)?.cast::<PyDict>()?.get_item(intern!(py, "logging"))? else { return Ok(None) };
    let logger = logging.call_method1("getLogger", ("izly",))?.unbind();
    Ok(Some(LOGGER.get_or_init(py, || logger).bind(py).clone()))
}

fn tell_one(py: Python<'_>, logger: &Bound<'_, PyAny>, record: &CallRecord) -> PyResult<()> {
    let level = if record.error.is_some() { INFO } else { DEBUG };
    let facts = PyDict::new(py);
    let ended = match (record.status, record.error) {
        (Some(status), None) => status.to_string(),
        (Some(status), Some(error)) => format!("{status} {error}"),
        (None, Some(error)) => error.to_string(),
        (None, None) => String::new(),
    };
    let milliseconds = record.duration.as_secs_f64() * 1000.0;
    facts.set_item("izly_call", record.call.as_str())?;
    facts.set_item("izly_attempt", record.attempt)?;
    facts.set_item("izly_status", record.status)?;
    facts.set_item("izly_duration", record.duration.as_secs_f64())?;
    facts.set_item("izly_kind", record.error.map(izly::ErrorKind::as_str))?;
    facts.set_item("izly_outcome", record.outcome.map(izly::Outcome::as_str))?;
    let keywords = PyDict::new(py);
    keywords.set_item("extra", facts)?;
    let method = record.method.as_str();
    let arguments =
        (level, "%s: %s %s -> %s in %.1f ms", record.call.as_str(), method, &record.path, ended, milliseconds);
    logger.call_method("log", arguments, Some(&keywords))?;
    Ok(())
}
