//! Ctrl-C, other signals, and tasks that are cancelled, while a call waits.

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::support::hints::Object;

thread_local! {
    /// The wish that calls of this thread listen to.
    static WISH: RefCell<Option<Arc<AtomicBool>>> = const { RefCell::new(None) };
    /// What a signal's handler raised while a call waited.
    static RAISED: RefCell<Option<PyErr>> = const { RefCell::new(None) };
    /// Whether signals are handled in this thread, and for which process that was found out.
    static HANDLES_SIGNALS: Cell<(u32, bool)> = const { Cell::new((0, false)) };
}

/// Whether the call that waits in this thread should end: the hook given to the core.
pub(crate) fn is_wished() -> bool {
    let wish = WISH.with_borrow(|wish| wish.as_ref().is_some_and(|wish| wish.load(Ordering::Relaxed)));
    if wish || !HANDLES_SIGNALS.get().1 {
        return wish;
    }
    // An interpreter that is going down takes no more calls.
    #[allow(clippy::redundant_closure_for_method_calls)] // the method alone is not general enough
    let result = Python::try_attach(|py| py.check_signals());
    match result {
        Some(Ok(())) => false,
        Some(Err(raised)) => {
            RAISED.set(Some(raised));
            true
        }
        None => true,
    }
}

/// Finds out, before a call and at most once for each thread and process, whether signals are handled here.
pub(crate) fn prepare(py: Python<'_>) -> PyResult<()> {
    let process = std::process::id();
    if HANDLES_SIGNALS.get().0 != process {
        HANDLES_SIGNALS.set((process, is_main_thread(py)?));
    }
    Ok(())
}

/// Python runs signal handlers in its main thread only, and says which that is in a module that may not be loaded: then
/// there are no other threads.
fn is_main_thread(py: Python<'_>) -> PyResult<bool> {
    let modules = py.import("sys")?.getattr("modules")?;
    let Ok(threading) = modules.get_item("threading") else { return Ok(true) };
    // The system's ids: gevent has the others mean its greenlets.
    let main = threading.call_method0("main_thread")?.getattr("native_id")?;
    main.eq(py.import("_thread")?.call_method0("get_native_id")?)
}

/// What a signal's handler raised during the call that has just ended, if it did.
pub(crate) fn take_raised() -> Option<PyErr> {
    RAISED.take()
}

/// Ends a call that waits in another thread: for `AsyncClient`, whose tasks can be cancelled.
#[pyclass(frozen, module = "izly._native")]
pub(crate) struct Interrupt(Arc<AtomicBool>);

#[pymethods]
impl Interrupt {
    #[new]
    fn new() -> Self {
        Interrupt(Arc::default())
    }

    /// Wants the call to end. It is asked about some 25 times a second, and then ends with `InterruptedError`.
    fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Calls `function(*arguments)` in this thread; calls of a client's in it listen to this wish.
    #[pyo3(signature = (function, *arguments: "object"))]
    fn run<'py>(&self, function: Object<'py>, arguments: &Bound<'py, PyTuple>) -> PyResult<Object<'py>> {
        let before = WISH.replace(Some(self.0.clone()));
        let result = function.0.call1(arguments.clone());
        WISH.set(before);
        result.map(Object)
    }
}
