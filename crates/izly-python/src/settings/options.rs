//! A client's options: from keywords or from the environment, to the core's builder.

use std::path::PathBuf;
use std::time::Duration;

use izly::{ErrorKind, Roots};
use pyo3::prelude::*;
use zeroize::Zeroizing;

use super::environment::GivenEnvironment;
use super::wire::Wire;
use crate::calls::{interrupt, told};
use crate::errors::{raised, refused};
use crate::models::secrets::ApiKey;
use crate::support::given::given;
use crate::support::texts::{Seconds, StrictInt, Text};

given! {
    /// A key, checked or not yet.
    GivenKey, "api_key must be a str or an ApiKey": Checked(Bound<'py, ApiKey>), Text(Text)
}

impl GivenKey<'_> {
    pub(crate) fn into_core(self) -> Result<izly::ApiKey, izly::Error> {
        match self {
            GivenKey::Checked(key) => Ok(key.get().0.clone()),
            GivenKey::Text(text) => izly::ApiKey::new(text.0.as_str()),
        }
    }
}

/// A keyword that may have been left out, which is not the same as `None`.
pub(crate) enum Given<T> {
    Not,
    Value(T),
}

impl<'a, 'py, T: FromPyObject<'a, 'py>> FromPyObject<'a, 'py> for Given<T> {
    type Error = T::Error;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: pyo3::inspect::PyStaticExpr = T::INPUT_TYPE;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, T::Error> {
        T::extract(object).map(Given::Value)
    }
}

impl<T> Given<T> {
    pub(crate) fn put(self, place: &mut T) {
        if let Given::Value(value) = self {
            *place = value;
        }
    }
}

/// Everything a client is built from, kept for `with_options`. What is not given is the core's to decide.
#[derive(Clone)]
pub(crate) struct Options {
    pub(crate) api_key: izly::ApiKey,
    pub(crate) environment: izly::Environment,
    pub(crate) app_identifier: Option<String>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) max_body_bytes: Option<usize>,
    pub(crate) reuse_connections: Option<bool>,
    pub(crate) roots: String,
    pub(crate) ca_file: Option<PathBuf>,
    pub(crate) proxy: Option<Zeroizing<String>>,
    pub(crate) application: Option<String>,
    pub(crate) wire: izly::Wire,
}

/// The keywords of `Client`, `Client.from_env` and `Client.with_options`.
pub(crate) struct Keywords {
    pub(crate) app_identifier: Given<Option<String>>,
    pub(crate) deadline: Given<Seconds>,
    pub(crate) connect_timeout: Given<Seconds>,
    pub(crate) max_body_bytes: Given<StrictInt>,
    pub(crate) reuse_connections: Given<bool>,
    pub(crate) roots: Given<String>,
    pub(crate) ca_file: Given<Option<PathBuf>>,
    pub(crate) proxy: Given<Option<Text>>,
    pub(crate) application: Given<Option<String>>,
    pub(crate) wire: Given<Option<Py<Wire>>>,
}

impl Options {
    pub(crate) fn new(api_key: izly::ApiKey, environment: izly::Environment) -> Self {
        Options {
            api_key,
            environment,
            app_identifier: None,
            deadline: None,
            connect_timeout: None,
            max_body_bytes: None,
            reuse_connections: None,
            roots: "bundled".to_owned(),
            ca_file: None,
            proxy: None,
            application: None,
            wire: izly::Wire::default(),
        }
    }

    /// From `IZLY_API_KEY` and `IZLY_ENVIRONMENT`, and `IZLY_APP_IDENTIFIER`, `IZLY_CA_FILE` and `IZLY_PROXY` where they
    /// are set. An empty variable counts as unset.
    pub(crate) fn from_env(py: Python<'_>) -> PyResult<Self> {
        let environment = needed(py, "environment", "IZLY_ENVIRONMENT")?;
        let api_key = needed(py, "api_key", "IZLY_API_KEY")?;
        let environment = raised(py, environment.parse())?;
        let mut options = Options::new(raised(py, izly::ApiKey::new(api_key.as_str()))?, environment);
        let identifier = variable(py, "app_identifier", "IZLY_APP_IDENTIFIER")?;
        options.app_identifier = identifier.map(|text| text.to_string());
        options.ca_file = std::env::var_os("IZLY_CA_FILE").filter(|path| !path.is_empty()).map(PathBuf::from);
        options.proxy = variable(py, "proxy", "IZLY_PROXY")?;
        Ok(options)
    }

    pub(crate) fn change(&mut self, py: Python<'_>, keywords: Keywords) -> PyResult<()> {
        keywords.app_identifier.put(&mut self.app_identifier);
        // Roots chosen anew take the place of a file that was chosen before.
        if matches!(keywords.roots, Given::Value(_)) {
            self.ca_file = None;
        }
        keywords.roots.put(&mut self.roots);
        keywords.ca_file.put(&mut self.ca_file);
        keywords.application.put(&mut self.application);
        if let Given::Value(deadline) = keywords.deadline {
            self.deadline = Some(deadline.length("deadline")?);
        }
        if let Given::Value(timeout) = keywords.connect_timeout {
            self.connect_timeout = Some(timeout.length("connect_timeout")?);
        }
        if let Given::Value(bytes) = keywords.max_body_bytes {
            self.max_body_bytes = Some(usize::try_from(bytes.number("max_body_bytes")?).unwrap_or(0));
        }
        if let Given::Value(reuse) = keywords.reuse_connections {
            self.reuse_connections = Some(reuse);
        }
        if let Given::Value(proxy) = keywords.proxy {
            self.proxy = proxy.map(|proxy| proxy.0);
        }
        if let Given::Value(wire) = keywords.wire {
            self.wire = wire.map(|wire| wire.get().to_core(py)).transpose()?.unwrap_or_default();
        }
        Ok(())
    }

    pub(crate) fn build(&self, py: Python<'_>) -> PyResult<izly::Client> {
        let mut builder = izly::Client::builder(self.environment.clone(), self.api_key.clone())
            .wire(self.wire)
            .roots(self.roots(py)?)
            .language(language(py))
            .observer(told::keep)
            .interrupt(interrupt::is_wished);
        if let Some(deadline) = self.deadline {
            builder = builder.deadline(deadline);
        }
        if let Some(timeout) = self.connect_timeout {
            builder = builder.connect_timeout(timeout);
        }
        if let Some(bytes) = self.max_body_bytes {
            builder = builder.max_body_bytes(bytes);
        }
        if let Some(reuse) = self.reuse_connections {
            builder = builder.reuse_connections(reuse);
        }
        if let Some(identifier) = &self.app_identifier {
            builder = builder.app_identifier(identifier);
        }
        if let Some(proxy) = &self.proxy {
            builder = builder.proxy(proxy.as_str());
        }
        if let Some(application) = &self.application {
            builder = builder.application(application);
        }
        raised(py, builder.build())
    }

    fn roots(&self, py: Python<'_>) -> PyResult<Roots> {
        match (self.roots.as_str(), &self.ca_file) {
            ("bundled" | "system", Some(file)) => Ok(Roots::File(file.clone())),
            ("bundled", None) => Ok(Roots::Bundled),
            ("system", None) => Ok(Roots::System),
            _ => Err(refused(py, ErrorKind::Configuration, "roots", "must be \"bundled\" or \"system\"")),
        }
    }
}

/// Named in the user agent.
fn language(py: Python<'_>) -> String {
    let version = py.version_info();
    format!("Python {}.{}.{}", version.major, version.minor, version.patch)
}

/// An environment variable, if it is set. One that cannot be read is not one that is not set.
fn variable(py: Python<'_>, field: &str, name: &str) -> PyResult<Option<Zeroizing<String>>> {
    let Some(value) = std::env::var_os(name).filter(|value| !value.is_empty()) else { return Ok(None) };
    let unreadable = || refused(py, ErrorKind::Configuration, field, &format!("is not UTF-8: see {name}"));
    value.into_string().map(|text| Some(Zeroizing::new(text))).map_err(|_| unreadable())
}

fn needed(py: Python<'_>, field: &str, name: &str) -> PyResult<Zeroizing<String>> {
    let missing = || refused(py, ErrorKind::Configuration, field, &format!("is missing: set {name}"));
    variable(py, field, name)?.ok_or_else(missing)
}

impl GivenEnvironment<'_> {
    pub(crate) fn checked(&self, py: Python<'_>) -> PyResult<izly::Environment> {
        raised(py, self.to_core())
    }
}
