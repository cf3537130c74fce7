//! Which Izly.

use pyo3::prelude::*;

use crate::errors::raised;
use crate::support::given::given;
use crate::support::model::model;

/// Which Izly a client talks to (protocol §2).
///
/// `Environment.PRODUCTION` is real money, `Environment.PREPRODUCTION` the vendor's test environment,
/// `Environment("http://127.0.0.1:8080")` the sandbox or any other: `https` anywhere, `http` to a loopback address only.
///
/// Raises `ConfigurationError`, field `environment`.
#[pyclass(frozen, eq, module = "izly")]
#[derive(PartialEq, Hash)]
pub(crate) struct Environment {
    /// The address everything starts with, without a final slash.
    #[pyo3(get)]
    base_url: String,
}

impl Environment {
    pub(crate) fn from_core(environment: &izly::Environment) -> Self {
        Environment { base_url: environment.base_url().to_owned() }
    }
}

model!(Environment, shown: [base_url], covered: [], match: ["base_url"], {
    #[new]
    #[pyo3(signature = (text))]
    fn new(py: Python<'_>, text: &str) -> PyResult<Self> {
        raised(py, text.parse::<izly::Environment>()).map(|environment| Environment::from_core(&environment))
    }

    /// Real students, real money.
    #[classattr]
    #[pyo3(name = "PRODUCTION")]
    fn production() -> Environment {
        Environment::from_core(&izly::Environment::Production)
    }

    /// The vendor's test environment.
    #[classattr]
    #[pyo3(name = "PREPRODUCTION")]
    fn preproduction() -> Environment {
        Environment::from_core(&izly::Environment::Preproduction)
    }

    fn __str__(&self) -> &str {
        &self.base_url
    }
});

given! {
    /// An environment, or the text of one: `production`, `preproduction`, an address.
    GivenEnvironment, "environment must be a str or an Environment": Checked(Bound<'py, Environment>), Text(String)
}

impl GivenEnvironment<'_> {
    pub(crate) fn to_core(&self) -> Result<izly::Environment, izly::Error> {
        match self {
            GivenEnvironment::Checked(environment) => environment.get().base_url.parse(),
            GivenEnvironment::Text(text) => text.parse(),
        }
    }
}
