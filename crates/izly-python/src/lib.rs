//! The native half of the `izly` package for Python: a translation, in which nothing is decided.
//!
//! The core judges and reads; `support` turns values into Python's and back; `models` and `settings` are the classes;
//! `calls` runs a call without the interpreter's lock. Errors, `Status` and `AsyncClient` are written in Python, in
//! `python/izly`.

mod calls;
mod client;
mod errors;
mod interpreter;
mod models;
mod restore;
mod settings;
mod status;
mod support;

/// The native half of izly: import `izly` instead.
#[pyo3::pymodule]
mod _native {
    #[pymodule_export]
    use crate::calls::interrupt::Interrupt;
    #[pymodule_export]
    use crate::client::Client;
    #[pymodule_export]
    use crate::models::callback::{Callback, CallbackError, CallbackUser, Untrusted, parse_callback};
    #[pymodule_export]
    use crate::models::login::{Login, Tokens};
    #[pymodule_export]
    use crate::models::order::{NewPayment, Order};
    #[pymodule_export]
    use crate::models::payment::{Beneficiary, Customer, PaidPayment, Payment, PendingPayment, Refund, RefundTarget};
    #[pymodule_export]
    use crate::models::reply::Reply;
    #[pymodule_export]
    use crate::models::secrets::{AccessToken, ApiKey, RefreshToken, State};
    #[pymodule_export]
    use crate::models::user::UserDetails;
    #[pymodule_export]
    use crate::restore::_restore;
    #[pymodule_export]
    use crate::settings::environment::Environment;
    #[pymodule_export]
    use crate::settings::scope::Scope;
    #[pymodule_export]
    use crate::settings::wire::Wire;
    #[pymodule_export]
    use crate::status::status_facts;

    /// Errors, amounts and dates are made of classes that are looked up once, in one interpreter.
    #[pymodule_init]
    fn refuse_a_second_interpreter() -> pyo3::PyResult<()> {
        pyo3::Python::attach(crate::interpreter::claim)
    }

    /// The version of the package.
    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");
}
