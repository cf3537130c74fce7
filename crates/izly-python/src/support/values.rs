//! Values as they go to Python: made when they are asked for, so that a reply costs nothing for what nobody reads.

use std::hash::{Hash, Hasher};

use izly::{CivilDateTime, Personal};
#[cfg(feature = "stubs")]
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDict, PyMappingProxy, PyString};
#[cfg(feature = "stubs")]
use pyo3::{type_hint_identifier, type_hint_subscript};
use zeroize::Zeroizing;

/// An object that is made when it is first asked for, and then kept.
pub(crate) struct Late(PyOnceLock<Py<PyAny>>);

impl Late {
    pub(crate) const fn new() -> Self {
        Late(PyOnceLock::new())
    }

    /// Nothing waits here: of two threads that make it at once, one makes it in vain.
    pub(crate) fn get<'py>(
        &self,
        py: Python<'py>,
        make: &mut dyn FnMut() -> PyResult<Py<PyAny>>,
    ) -> PyResult<&Bound<'py, PyAny>> {
        if let Some(object) = self.0.get(py) {
            return Ok(object.bind(py));
        }
        let object = make()?;
        Ok(self.0.get_or_init(py, || object).bind(py))
    }
}

/// A class of Python's that is looked up once.
pub(crate) struct Imported {
    module: &'static str,
    name: &'static str,
    found: Late,
}

impl Imported {
    pub(crate) const fn new(module: &'static str, name: &'static str) -> Self {
        Imported { module, name, found: Late::new() }
    }

    pub(crate) fn get<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyAny>> {
        self.found.get(py, &mut || Ok(py.import(self.module)?.getattr(self.name)?.unbind()))
    }
}

/// An amount in centimes: an `int` in Python; `euros` makes a `Decimal` of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Amount(pub(crate) izly::Cents);

impl<'py> IntoPyObject<'py> for &Amount {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: PyStaticExpr = type_hint_identifier!("builtins", "int");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        Ok(self.0.get().into_pyobject(py)?.into_any())
    }
}

impl Amount {
    pub(crate) fn euros(self) -> Euros {
        Euros(self.0)
    }
}

/// An amount in euros, exact, with two decimals.
pub(crate) struct Euros(izly::Cents);

impl<'py> IntoPyObject<'py> for Euros {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: PyStaticExpr = type_hint_identifier!("decimal", "Decimal");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        static DECIMAL: Imported = Imported::new("decimal", "Decimal");
        DECIMAL.get(py)?.call1((self.0.to_string(),))
    }
}

/// A date as it came, equal and hashed by its text.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Date(pub(crate) izly::Date);

impl Date {
    /// The date as a naive `datetime`, if it could be read.
    pub(crate) fn moment(date: Option<&Date>) -> Option<Moment> {
        date?.0.civil().map(Moment)
    }

    pub(crate) fn text(date: Option<&Date>) -> Option<&str> {
        date.map(|date| date.0.text())
    }
}

/// A date and time without a zone.
pub(crate) struct Moment(pub(crate) CivilDateTime);

impl<'py> IntoPyObject<'py> for Moment {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: PyStaticExpr = type_hint_identifier!("datetime", "datetime");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        static DATETIME: Imported = Imported::new("datetime", "datetime");
        let CivilDateTime { year, month, day, hour, minute, second, nanosecond, .. } = self.0;
        let [century, year] = year.to_be_bytes();
        let [_, high, middle, low] = (nanosecond / 1000).to_be_bytes();
        // As its pickles have it: half the time of seven numbers, and the core has checked them.
        let packed = [century, year, month, day, hour, minute, second, high, middle, low];
        DATETIME.get(py)?.call1((PyBytes::new(py, &packed),))
    }
}

/// A payment's state: an instance of `izly.Status`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct State(pub(crate) izly::Status);

impl<'py> IntoPyObject<'py> for &State {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: PyStaticExpr = type_hint_identifier!("izly._status", "Status");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let Some(kept) = self.kept() else { return Ok(self.made(py)?.into_bound(py)) };
        Ok(kept.get(py, &mut || self.made(py))?.clone())
    }
}

impl State {
    /// Where this state's instance is kept once it is made, for a state that is known: a class written in Python takes its
    /// time to make one.
    fn kept(&self) -> Option<&'static Late> {
        static KEPT: [Late; 6] = [const { Late::new() }; 6];
        let place = match self.0 {
            izly::Status::Waiting => 0,
            izly::Status::Completed => 1,
            izly::Status::Refund => 2,
            izly::Status::Refused => 3,
            izly::Status::Cancelled => 4,
            izly::Status::WaitingForValidation => 5,
            _ => return None,
        };
        KEPT.get(place)
    }

    fn made(&self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        static STATUS: Imported = Imported::new("izly._status", "Status");
        STATUS.get(py)?.call1((self.0.as_str(),)).map(Bound::unbind)
    }
}

impl<'py> IntoPyObject<'py> for State {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: PyStaticExpr = <&State as IntoPyObject<'py>>::OUTPUT_TYPE;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        (&self).into_pyobject(py)
    }
}

/// Personal data: a plain `str` for whoever asks for it by name, and nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Private(pub(crate) Personal);

impl Hash for Private {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.reveal().hash(state);
    }
}

impl<'py> IntoPyObject<'py> for &Private {
    type Target = PyString;
    type Output = Bound<'py, PyString>;
    type Error = std::convert::Infallible;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: PyStaticExpr = <PyString as pyo3::PyTypeInfo>::TYPE_HINT;

    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Self::Error> {
        Ok(PyString::new(py, self.0.reveal()))
    }
}

/// Bytes to be sent.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Raw(pub(crate) Vec<u8>);

impl<'py> IntoPyObject<'py> for &Raw {
    type Target = PyBytes;
    type Output = Bound<'py, PyBytes>;
    type Error = std::convert::Infallible;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: PyStaticExpr = <PyBytes as pyo3::PyTypeInfo>::TYPE_HINT;

    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Self::Error> {
        Ok(PyBytes::new(py, &self.0))
    }
}

/// The fields of a reply that nobody here knows: dotted path to raw JSON text.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Unknown(pub(crate) Vec<(String, Zeroizing<String>)>);

impl Hash for Unknown {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for (path, raw) in &self.0 {
            (path, raw.as_str()).hash(state);
        }
    }
}

impl From<&izly::Extra> for Unknown {
    fn from(extra: &izly::Extra) -> Self {
        Unknown(extra.iter().map(|(path, raw)| (path.to_owned(), raw.to_owned().into())).collect())
    }
}

impl<'py> IntoPyObject<'py> for &Unknown {
    type Target = PyMappingProxy;
    type Output = Bound<'py, PyMappingProxy>;
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: PyStaticExpr = type_hint_subscript!(
        type_hint_identifier!("types", "MappingProxyType"),
        type_hint_identifier!("builtins", "str"),
        type_hint_identifier!("builtins", "str")
    );

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        Ok(PyMappingProxy::new(py, self.dict(py)?.as_mapping()))
    }
}

impl<'py> IntoPyObject<'py> for Unknown {
    type Target = PyMappingProxy;
    type Output = Bound<'py, PyMappingProxy>;
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: PyStaticExpr = <&Unknown as IntoPyObject<'py>>::OUTPUT_TYPE;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        (&self).into_pyobject(py)
    }
}

impl Unknown {
    pub(crate) fn dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for (path, raw) in &self.0 {
            dict.set_item(path, raw.as_str())?;
        }
        Ok(dict)
    }
}
