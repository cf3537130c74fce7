//! A login, and the tokens it ends in.

use pyo3::prelude::*;

use super::secrets::{AccessToken, GivenAccess, GivenRefresh, RefreshToken, State};
use crate::support::hints::{Ignored, Never};
use crate::support::values::Unknown;

/// A login that has begun (protocol §3.1).
#[pyclass(frozen, module = "izly")]
pub(crate) struct Login {
    /// Izly's login page: send the browser there with a redirect. It holds the state, so keep it out of logs.
    #[pyo3(get)]
    url: String,
    state: Py<State>,
}

impl Login {
    pub(crate) fn from_core(py: Python<'_>, login: izly::Login) -> PyResult<Self> {
        Ok(Login { url: login.url, state: Py::new(py, State(login.state))? })
    }
}

#[pymethods]
impl Login {
    /// Keep `state.reveal()` in the browser's session; `Client.finish_login` wants it back.
    #[getter]
    fn state(&self, py: Python<'_>) -> Py<State> {
        self.state.clone_ref(py)
    }

    fn __repr__(&self) -> &'static str {
        "Login(url='***', state=State('***'))"
    }
}

/// What a login gives (protocol §3.2), or what was stored of it: `Tokens(access, refresh)`.
#[pyclass(frozen, eq, module = "izly")]
#[derive(PartialEq)]
pub(crate) struct Tokens {
    pub(crate) access: izly::AccessToken,
    pub(crate) refresh: Option<izly::RefreshToken>,
    /// The type, `Bearer`.
    #[pyo3(get)]
    token_type: Option<String>,
    /// How many seconds the access token lives, from when it was given.
    #[pyo3(get)]
    expires_in: Option<u64>,
    /// The rights granted, such as `users_details payments izly_pay`.
    #[pyo3(get)]
    scope: Option<String>,
    /// Fields of the reply this library does not know: dotted path to raw JSON text.
    #[pyo3(get)]
    extra: Unknown,
}

impl Tokens {
    pub(crate) fn from_core(tokens: izly::Tokens) -> Self {
        Tokens {
            extra: Unknown::from(&tokens.extra),
            access: tokens.access,
            refresh: tokens.refresh,
            token_type: tokens.token_type,
            expires_in: tokens.expires_in,
            scope: tokens.scope,
        }
    }

    pub(crate) fn to_core(&self) -> izly::Tokens {
        izly::Tokens::new(self.access.clone(), self.refresh.clone())
    }
}

#[pymethods]
impl Tokens {
    #[new]
    #[pyo3(signature = (access, refresh = None))]
    fn new(access: GivenAccess<'_>, refresh: Option<GivenRefresh<'_>>) -> Self {
        Tokens::from_core(izly::Tokens::new(access.into_core(), refresh.map(GivenRefresh::into_core)))
    }

    /// Opens the student's details.
    #[getter]
    fn access(&self) -> AccessToken {
        AccessToken(self.access.clone())
    }

    /// Gets new tokens; `None` if Izly gave none.
    #[getter]
    fn refresh(&self) -> Option<RefreshToken> {
        self.refresh.clone().map(RefreshToken)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        use crate::support::model::Field as _;
        let refresh = if self.refresh.is_some() { "RefreshToken('***')" } else { "None" };
        let (expires_in, scope) = (self.expires_in.show(py)?, self.scope.show(py)?);
        Ok(format!("Tokens(access=AccessToken('***'), refresh={refresh}, expires_in={expires_in}, scope={scope}, ...)"))
    }

    fn __hash__(&self) -> u64 {
        crate::support::model::hash_of(&(self.access.reveal(), self.refresh.as_ref().map(izly::RefreshToken::reveal)))
    }

    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    #[pyo3(signature = (memo, /))]
    fn __deepcopy__(slf: Py<Self>, memo: Ignored) -> Py<Self> {
        let _ = memo;
        slf
    }

    fn __reduce__(&self) -> PyResult<Never> {
        let message = "Tokens is not pickled: store what `access.reveal()` and `refresh.reveal()` give, encrypted";
        Err(pyo3::exceptions::PyTypeError::new_err(message))
    }
}
