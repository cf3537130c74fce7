//! Results and arguments whose types pyo3 cannot tell by itself, named for the type stubs.

use std::marker::PhantomData;

#[cfg(feature = "stubs")]
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
#[cfg(feature = "stubs")]
use pyo3::{type_hint_identifier, type_hint_subscript};

use super::model::{Model, Pickle};

#[cfg(feature = "stubs")]
const OBJECT: PyStaticExpr = type_hint_identifier!("builtins", "object");
#[cfg(feature = "stubs")]
const STR: PyStaticExpr = type_hint_identifier!("builtins", "str");
#[cfg(feature = "stubs")]
const TUPLE: PyStaticExpr = type_hint_identifier!("builtins", "tuple");

#[cfg(feature = "stubs")]
const ANY_TUPLE: PyStaticExpr =
    type_hint_subscript!(TUPLE, OBJECT, PyStaticExpr::Constant { value: pyo3::inspect::PyStaticConstant::Ellipsis });

/// The names of a model's fields, in the order a `case` takes them.
pub(crate) struct Matched<M>(PhantomData<M>);

impl<M> Matched<M> {
    pub(crate) const fn new() -> Self {
        Matched(PhantomData)
    }
}

impl<'py, M: Model> IntoPyObject<'py> for Matched<M> {
    type Target = PyTuple;
    type Output = Bound<'py, PyTuple>;
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: PyStaticExpr = type_hint_subscript!(TUPLE, PyStaticExpr::Tuple { elts: M::MATCH_HINTS });

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        PyTuple::new(py, M::MATCH)
    }
}

/// What `__reduce__` gives.
pub(crate) struct Reduced<'py>(pub(crate) Pickle<'py>);

impl<'py> IntoPyObject<'py> for Reduced<'py> {
    type Target = PyTuple;
    type Output = Bound<'py, PyTuple>;
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: PyStaticExpr = type_hint_subscript!(TUPLE, OBJECT, ANY_TUPLE);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        self.0.into_pyobject(py)
    }
}

/// What a pickle kept of a model.
pub(crate) struct State<'py>(pub(crate) Bound<'py, PyDict>);

impl<'py> FromPyObject<'_, 'py> for State<'py> {
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: PyStaticExpr = type_hint_subscript!(type_hint_identifier!("builtins", "dict"), STR, OBJECT);

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        Ok(State(object.cast::<PyDict>()?.to_owned()))
    }
}

/// A dictionary of a model's fields.
pub(crate) struct Dictionary<'py>(pub(crate) Bound<'py, PyDict>);

impl<'py> IntoPyObject<'py> for Dictionary<'py> {
    type Target = PyDict;
    type Output = Bound<'py, PyDict>;
    type Error = std::convert::Infallible;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: PyStaticExpr = type_hint_subscript!(type_hint_identifier!("builtins", "dict"), STR, OBJECT);

    fn into_pyobject(self, _: Python<'py>) -> Result<Self::Output, Self::Error> {
        Ok(self.0)
    }
}

/// An argument that Python's protocols pass and nobody here needs.
pub(crate) struct Ignored;

impl<'py> FromPyObject<'_, 'py> for Ignored {
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: PyStaticExpr = OBJECT;

    fn extract(_: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        Ok(Ignored)
    }
}

/// Any object, passed through.
pub(crate) struct Object<'py>(pub(crate) Bound<'py, PyAny>);

impl<'py> FromPyObject<'_, 'py> for Object<'py> {
    type Error = PyErr;
    #[cfg(feature = "stubs")]
    const INPUT_TYPE: PyStaticExpr = OBJECT;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        Ok(Object(object.to_owned()))
    }
}

impl<'py> IntoPyObject<'py> for Object<'py> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = std::convert::Infallible;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: PyStaticExpr = OBJECT;

    fn into_pyobject(self, _: Python<'py>) -> Result<Self::Output, Self::Error> {
        Ok(self.0)
    }
}

/// The headers of a reply.
pub(crate) struct Headers<'py>(pub(crate) Bound<'py, PyDict>);

impl<'py> IntoPyObject<'py> for Headers<'py> {
    type Target = PyDict;
    type Output = Bound<'py, PyDict>;
    type Error = std::convert::Infallible;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: PyStaticExpr = type_hint_subscript!(type_hint_identifier!("builtins", "dict"), STR, STR);

    fn into_pyobject(self, _: Python<'py>) -> Result<Self::Output, Self::Error> {
        Ok(self.0)
    }
}

/// What a method that always raises gives.
pub(crate) enum Never {}

impl<'py> IntoPyObject<'py> for Never {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = std::convert::Infallible;
    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: PyStaticExpr = type_hint_identifier!("typing", "NoReturn");

    fn into_pyobject(self, _: Python<'py>) -> Result<Self::Output, Self::Error> {
        match self {}
    }
}
