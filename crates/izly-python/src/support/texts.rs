//! Texts and numbers as they come from Python: strict, and with errors that name the rule.

use std::time::Duration;

use izly::{Cents, ErrorKind};
use pyo3::exceptions::{PyTypeError, PyValueError};
#[cfg(feature = "stubs")]
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyByteArray, PyBytes, PyFloat, PyInt, PyMemoryView, PyString};
#[cfg(feature = "stubs")]
use pyo3::{PyTypeInfo, type_hint_identifier, type_hint_union};

use zeroize::Zeroizing;

use crate::errors::{raised, refused};

/// What should be a Python `int`: nothing that can pass for one, for a bool is a mistake and a float a rounding error to
/// come. Kept until its name is known, so that the error can say it.
pub(crate) struct StrictInt(Result<i64, String>);

impl<'py> FromPyObject<'_, 'py> for StrictInt {
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: PyStaticExpr = type_hint_identifier!("builtins", "int");

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if object.is_instance_of::<PyInt>() && !object.is_instance_of::<PyBool>() {
            // What does not fit is the smallest number there is, which every rule of the core refuses by name.
            return Ok(StrictInt(Ok(object.extract().unwrap_or(i64::MIN))));
        }
        Ok(StrictInt(Err(object.get_type().name()?.to_string())))
    }
}

impl StrictInt {
    /// The number given under this name.
    pub(crate) fn number(&self, name: &str) -> PyResult<i64> {
        let wrong = |given| PyTypeError::new_err(format!("{name} must be an int, not {given}"));
        self.0.as_ref().copied().map_err(wrong)
    }

    /// An operation's number, given under this name, for the core to check.
    pub(crate) fn operation_id(&self, py: Python<'_>, name: &str) -> PyResult<izly::OperationId> {
        let number = self.number(name)?;
        raised(py, izly::OperationId::new(u64::try_from(number).unwrap_or(0)))
    }

    /// An amount, given under this name, for the core to check.
    pub(crate) fn cents(&self, py: Python<'_>, name: &str) -> PyResult<Cents> {
        let number = self.number(name)?;
        raised(py, Cents::new(number))
    }
}

/// An int among other things that an argument may be.
pub(crate) struct Int(pub(crate) StrictInt);

impl<'py> FromPyObject<'_, 'py> for Int {
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: PyStaticExpr = type_hint_identifier!("builtins", "int");

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let int: StrictInt = object.extract()?;
        int.number("it").map(|_| Int(int))
    }
}

/// What should be a length of time in seconds: an int or a float, never a bool.
pub(crate) struct Seconds(Result<f64, String>);

impl<'py> FromPyObject<'_, 'py> for Seconds {
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: PyStaticExpr = type_hint_identifier!("builtins", "float");

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let is_number = object.is_instance_of::<PyFloat>() || object.is_instance_of::<PyInt>();
        if is_number && !object.is_instance_of::<PyBool>() {
            // What is beyond all floats is no length of time.
            return Ok(Seconds(Ok(object.extract().unwrap_or(f64::NAN))));
        }
        Ok(Seconds(Err(object.get_type().name()?.to_string())))
    }
}

impl Seconds {
    pub(crate) const NONE: Seconds = Seconds(Ok(0.0));

    /// The same for a length that may be 0, but nothing below it.
    pub(crate) fn not_negative(&self, py: Python<'_>, name: &str) -> PyResult<Duration> {
        match self.0 {
            Ok(seconds) if seconds.is_nan() || seconds < 0.0 => {
                Err(refused(py, ErrorKind::InvalidInput, name, "must be 0 seconds or more"))
            }
            _ => self.length(name),
        }
    }

    /// The length given under this name. What is none is 0, which the core refuses where it has a rule; a day stands for
    /// all that is longer.
    pub(crate) fn length(&self, name: &str) -> PyResult<Duration> {
        const LONGEST: Duration = Duration::from_hours(24);
        let wrong = |given| PyTypeError::new_err(format!("{name} must be a number of seconds, not {given}"));
        let seconds = self.0.as_ref().copied().map_err(wrong)?;
        let seconds = if seconds > LONGEST.as_secs_f64() { LONGEST.as_secs_f64() } else { seconds };
        Ok(Duration::try_from_secs_f64(seconds).unwrap_or_default())
    }
}

/// A text that may be a secret: what cannot be read of it must not end up in the error, as it does in Python's own.
pub(crate) struct Text(pub(crate) Zeroizing<String>);

impl<'py> FromPyObject<'_, 'py> for Text {
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: PyStaticExpr = PyString::TYPE_HINT;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let Ok(text) = object.cast::<PyString>() else {
            let name = object.get_type().name()?;
            return Err(PyTypeError::new_err(format!("must be a str, not {name}")));
        };
        utf8("the text", &text).map(|text| Text(text.into()))
    }
}

fn utf8(name: &str, text: &Bound<'_, PyString>) -> PyResult<String> {
    let unreadable = |_| PyValueError::new_err(format!("{name} holds a character that UTF-8 has no place for"));
    text.to_cow().map(std::borrow::Cow::into_owned).map_err(unreadable)
}

/// The body of a request, in any of the forms frameworks hand it over in.
pub(crate) enum Body<'py> {
    Bytes(Bound<'py, PyBytes>),
    Text(Bound<'py, PyString>),
}

impl<'py> FromPyObject<'_, 'py> for Body<'py> {
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: PyStaticExpr = type_hint_union!(
        type_hint_identifier!("builtins", "bytes"),
        type_hint_identifier!("builtins", "bytearray"),
        type_hint_identifier!("builtins", "memoryview"),
        type_hint_identifier!("builtins", "str")
    );

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let object = object.to_owned();
        let object = match object.cast_into::<PyBytes>() {
            Ok(bytes) => return Ok(Body::Bytes(bytes)),
            Err(other) => other.into_inner(),
        };
        let object = match object.cast_into::<PyString>() {
            Ok(text) => return Ok(Body::Text(text)),
            Err(other) => other.into_inner(),
        };
        if !object.is_instance_of::<PyByteArray>() && !object.is_instance_of::<PyMemoryView>() {
            let name = object.get_type().name()?;
            return Err(PyTypeError::new_err(format!("body must be bytes, bytearray, memoryview or str, not {name}")));
        }
        // The stable ABI has no buffers before Python 3.11.
        let bytes = object.py().get_type::<PyBytes>().call1((object,))?;
        Ok(Body::Bytes(bytes.cast_into::<PyBytes>()?))
    }
}

impl Body<'_> {
    /// Hands over its bytes, and hands back what was made of them.
    pub(crate) fn with<T>(&self, read: impl Fn(&[u8]) -> PyResult<T>) -> PyResult<T> {
        match self {
            Body::Bytes(bytes) => read(bytes.as_bytes()),
            Body::Text(text) => read(utf8("body", text)?.as_bytes()),
        }
    }
}

/// A raw query: text under WSGI, bytes under ASGI.
pub(crate) struct RawQuery(pub(crate) Zeroizing<String>);

impl<'py> FromPyObject<'_, 'py> for RawQuery {
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: PyStaticExpr =
        type_hint_union!(type_hint_identifier!("builtins", "str"), type_hint_identifier!("builtins", "bytes"));

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let text = if let Ok(bytes) = object.cast::<PyBytes>() {
            // A query is ASCII; what is not is no query, and the core says so.
            String::from_utf8_lossy(bytes.as_bytes()).into_owned()
        } else if let Ok(text) = object.cast::<PyString>() {
            utf8("raw_query", &text)?
        } else {
            let name = object.get_type().name()?;
            return Err(PyTypeError::new_err(format!("raw_query must be str or bytes, not {name}")));
        };
        Ok(RawQuery(text.into()))
    }
}

/// Names and values to be encoded, or a query that already is.
pub(crate) enum CallbackParameters {
    Encoded(String),
    Pairs(Vec<(String, String)>),
}

impl<'py> FromPyObject<'_, 'py> for CallbackParameters {
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: PyStaticExpr = type_hint_union!(
        PyString::TYPE_HINT,
        pyo3::type_hint_subscript!(
            type_hint_identifier!("collections.abc", "Mapping"),
            PyString::TYPE_HINT,
            PyString::TYPE_HINT
        )
    );

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(text) = object.cast::<PyString>() {
            return Ok(CallbackParameters::Encoded(text.to_cow()?.into_owned()));
        }
        let Ok(items) = object.call_method0("items") else {
            let name = object.get_type().name()?;
            return Err(PyTypeError::new_err(format!(
                "callback_parameters must be a str or a mapping of str to str, not {name}"
            )));
        };
        let pairs = items.try_iter()?.map(|pair| pair?.extract()).collect::<PyResult<_>>()?;
        Ok(CallbackParameters::Pairs(pairs))
    }
}
