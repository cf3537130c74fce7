//! What every model has in common: its repr, its hash, its pickle, its copy, its dictionary.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::marker::PhantomData;

use pyo3::PyClass;
use pyo3::PyClassInitializer;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::pyclass::boolean_struct::True;
use pyo3::types::{PyDict, PyString};

use super::values::{Amount, Date, Late, Private, Raw, State, Unknown};

/// A value that a model holds or lends.
pub(crate) trait Field {
    /// As `repr` shows it. Never what is personal or secret.
    fn show(&self, py: Python<'_>) -> PyResult<String>;
    /// As a pickle keeps it.
    fn save<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>>;
    /// From what a pickle kept. What is only lent does not come out of one.
    fn load(saved: &Bound<'_, PyAny>) -> PyResult<Self>
    where
        Self: Sized,
    {
        let _ = saved;
        Err(spoilt())
    }
    /// As `to_dict` gives it, or nothing if it is not to be shown.
    fn export<'py>(&self, py: Python<'py>, reveal: bool) -> PyResult<Option<Bound<'py, PyAny>>> {
        let _ = reveal;
        self.save(py).map(Some)
    }
}

/// What a repr shows in place of a secret.
const COVERED: &str = "'***'";

macro_rules! plain_field {
    ($($type:ty),*) => {$(
        impl Field for $type {
            fn show(&self, py: Python<'_>) -> PyResult<String> {
                Ok(self.save(py)?.repr()?.to_string())
            }

            fn save<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                Ok(self.into_pyobject(py)?.to_owned().into_any())
            }

            fn load(saved: &Bound<'_, PyAny>) -> PyResult<Self> {
                saved.extract()
            }
        }
    )*};
}

plain_field!(u64, i64, u32, u16, bool, String);

impl Field for &str {
    fn show(&self, py: Python<'_>) -> PyResult<String> {
        Ok(PyString::new(py, self).repr()?.to_string())
    }

    fn save<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyString::new(py, self).into_any())
    }
}

impl<T: Field> Field for Option<T> {
    fn show(&self, py: Python<'_>) -> PyResult<String> {
        self.as_ref().map_or_else(|| Ok("None".to_owned()), |value| value.show(py))
    }

    fn save<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.as_ref().map_or_else(|| Ok(py.None().into_bound(py)), |value| value.save(py))
    }

    fn load(saved: &Bound<'_, PyAny>) -> PyResult<Self> {
        if saved.is_none() { Ok(None) } else { T::load(saved).map(Some) }
    }

    fn export<'py>(&self, py: Python<'py>, reveal: bool) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.as_ref().map_or_else(|| Ok(Some(py.None().into_bound(py))), |value| value.export(py, reveal))
    }
}

impl Field for Amount {
    fn show(&self, _: Python<'_>) -> PyResult<String> {
        Ok(self.0.get().to_string())
    }

    fn save<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.into_pyobject(py)
    }

    fn load(saved: &Bound<'_, PyAny>) -> PyResult<Self> {
        izly::Cents::new(saved.extract()?).map(Amount).map_err(|_| spoilt())
    }
}

impl Field for Date {
    fn show(&self, py: Python<'_>) -> PyResult<String> {
        Ok(PyString::new(py, self.0.text()).repr()?.to_string())
    }

    fn save<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyString::new(py, self.0.text()).into_any())
    }

    fn load(saved: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(Date(izly::Date::read(saved.extract::<String>()?)))
    }

    /// The text, and beside it nothing: `date` is added where the model has one.
    fn export<'py>(&self, py: Python<'py>, _: bool) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.save(py).map(Some)
    }
}

impl Field for State {
    fn show(&self, py: Python<'_>) -> PyResult<String> {
        Ok(PyString::new(py, self.0.as_str()).repr()?.to_string())
    }

    fn save<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyString::new(py, self.0.as_str()).into_any())
    }

    fn load(saved: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(State(izly::Status::from(saved.extract::<String>()?.as_str())))
    }
}

impl Field for Private {
    fn show(&self, _: Python<'_>) -> PyResult<String> {
        Ok(COVERED.to_owned())
    }

    fn save<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyString::new(py, self.0.reveal()).into_any())
    }

    fn load(saved: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(Private(izly::Personal::new(saved.extract::<String>()?)))
    }

    fn export<'py>(&self, py: Python<'py>, reveal: bool) -> PyResult<Option<Bound<'py, PyAny>>> {
        if reveal { self.save(py).map(Some) } else { Ok(None) }
    }
}

impl Field for Raw {
    fn show(&self, py: Python<'_>) -> PyResult<String> {
        Ok(self.save(py)?.repr()?.to_string())
    }

    fn save<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(self.into_pyobject(py)?.into_any())
    }

    fn load(saved: &Bound<'_, PyAny>) -> PyResult<Self> {
        saved.extract().map(Raw)
    }
}

impl Field for Unknown {
    /// The names; the values may be personal.
    fn show(&self, py: Python<'_>) -> PyResult<String> {
        let names = self.0.iter().map(|(path, _)| Ok(format!("{}: {COVERED}", PyString::new(py, path).repr()?)));
        Ok(format!("{{{}}}", names.collect::<PyResult<Vec<_>>>()?.join(", ")))
    }

    fn save<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(self.dict(py)?.into_any())
    }

    fn load(saved: &Bound<'_, PyAny>) -> PyResult<Self> {
        let pairs = saved.cast::<PyDict>()?.iter();
        let pairs = pairs.map(|(path, raw)| Ok((path.extract()?, raw.extract::<String>()?.into())));
        pairs.collect::<PyResult<_>>().map(Unknown)
    }

    fn export<'py>(&self, py: Python<'py>, reveal: bool) -> PyResult<Option<Bound<'py, PyAny>>> {
        if reveal { self.save(py).map(Some) } else { Ok(None) }
    }
}

/// A model within a model, made once and shared.
pub(crate) struct Child<M: PyClass<Frozen = True> + Sync>(pub(crate) Py<M>);

impl<M: PyClass<Frozen = True> + Sync + PartialEq> PartialEq for Child<M> {
    fn eq(&self, other: &Self) -> bool {
        self.0.get() == other.0.get()
    }
}

impl<M: PyClass<Frozen = True> + Sync + Hash> Hash for Child<M> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.get().hash(state);
    }
}

impl<M: PyClass<Frozen = True> + Sync> Child<M> {
    pub(crate) fn of(&self, py: Python<'_>) -> Py<M> {
        self.0.clone_ref(py)
    }
}

/// A model within a model, made when it is first asked for, and then shared.
pub(crate) struct LateChild<M>(Late, PhantomData<M>);

impl<M: PyClass<Frozen = True> + Sync + Into<PyClassInitializer<M>>> LateChild<M> {
    pub(crate) const fn new() -> Self {
        LateChild(Late::new(), PhantomData)
    }

    pub(crate) fn of(&self, py: Python<'_>, make: impl Fn() -> M) -> PyResult<Py<M>> {
        let child = self.0.get(py, &mut || Ok(Py::new(py, make())?.into_any()))?;
        Ok(child.cast::<M>()?.clone().unbind())
    }
}

impl<M: Model + PyClass<Frozen = True> + Sync> Field for Child<M> {
    fn show(&self, py: Python<'_>) -> PyResult<String> {
        self.0.get().repr(py)
    }

    fn save<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(self.0.bind(py).clone().into_any())
    }

    fn load(saved: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(Child(saved.cast::<M>()?.clone().unbind()))
    }

    fn export<'py>(&self, py: Python<'py>, reveal: bool) -> PyResult<Option<Bound<'py, PyAny>>> {
        Ok(Some(self.0.get().dict(py, reveal)?.into_any()))
    }
}

/// A pickle that no version of this library has made.
pub(crate) fn spoilt() -> PyErr {
    PyTypeError::new_err("this is not what a pickle of izly's holds")
}

/// A model: a frozen class whose fields are all of its value.
pub(crate) trait Model: Hash + Sized {
    /// The class's name, under which a pickle finds it again.
    const NAME: &'static str;

    /// The names of the fields, in the order a `case` takes them.
    const MATCH: &'static [&'static str];

    /// The same for the type stubs.
    #[cfg(feature = "stubs")]
    const MATCH_HINTS: &'static [pyo3::inspect::PyStaticExpr];

    /// Hands over the fields: those that are good to see, then the others; each in the order they are declared. By one
    /// function for all uses, for its size.
    fn with_fields(&self, py: Python<'_>, take: &mut dyn FnMut(&Fields<'_>) -> PyResult<()>) -> PyResult<()>;

    /// From what [`Fields::state`] gave.
    fn restore(state: &Bound<'_, PyDict>) -> PyResult<Self>;

    /// What [`Fields::repr`] makes.
    fn repr(&self, py: Python<'_>) -> PyResult<String> {
        let mut text = String::new();
        self.with_fields(py, &mut |fields| fields.repr(py).map(|repr| text = repr))?;
        Ok(text)
    }

    /// What a pickle needs: the one function that makes models again, the model's name, its fields.
    fn pickle<'py>(&self, py: Python<'py>) -> PyResult<Pickle<'py>> {
        let mut state = PyDict::new(py);
        self.with_fields(py, &mut |fields| fields.state(py).map(|saved| state = saved))?;
        let restore = py.import("izly._native")?.getattr("_restore")?;
        Ok((restore, (Self::NAME, state)))
    }

    /// What [`Fields::dict`] makes.
    fn dict<'py>(&self, py: Python<'py>, reveal: bool) -> PyResult<Bound<'py, PyDict>> {
        let mut dict = PyDict::new(py);
        self.with_fields(py, &mut |fields| fields.dict(py, reveal).map(|made| dict = made))?;
        Ok(dict)
    }
}

/// A model's fields by name. What can be done with all models alike is done here, and compiled once.
pub(crate) struct Fields<'a> {
    pub(crate) name: &'static str,
    pub(crate) shown: &'a [(&'static str, &'a dyn Field)],
    pub(crate) covered: &'a [(&'static str, &'a dyn Field)],
}

impl Fields<'_> {
    fn all(&self) -> impl Iterator<Item = (&'static str, &dyn Field)> {
        self.shown.iter().chain(self.covered).map(|(name, field)| (*name, *field))
    }

    /// The values by name, as pickles keep them: a field that a later version adds or moves must not change the others.
    pub(crate) fn state<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let state = PyDict::new(py);
        for (name, field) in self.all() {
            state.set_item(name, field.save(py)?)?;
        }
        Ok(state)
    }

    /// The fields that are good to see; dots tell that there are others.
    pub(crate) fn repr(&self, py: Python<'_>) -> PyResult<String> {
        let shown = self.shown.iter().map(|(name, field)| Ok(format!("{name}={}", field.show(py)?)));
        let mut parts = shown.collect::<PyResult<Vec<_>>>()?;
        if !self.covered.is_empty() {
            parts.push("...".to_owned());
        }
        Ok(format!("{}({})", self.name, parts.join(", ")))
    }

    /// The fields by name, without the personal ones unless they are asked for.
    pub(crate) fn dict<'py>(&self, py: Python<'py>, reveal: bool) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for (name, field) in self.all() {
            if let Some(value) = field.export(py, reveal)? {
                dict.set_item(name, value)?;
            }
        }
        Ok(dict)
    }
}

/// What a pickle is made of.
pub(crate) type Pickle<'py> = (Bound<'py, PyAny>, (&'static str, Bound<'py, PyDict>));

/// A field of a pickle; one that it does not have is `None`. Compiled once for each type, for its size.
#[inline(never)]
pub(crate) fn saved<F: Field>(state: &Bound<'_, PyDict>, name: &str) -> PyResult<F> {
    match state.get_item(name)? {
        Some(saved) => F::load(&saved),
        None => F::load(&state.py().None().into_bound(state.py())).map_err(|_| spoilt()),
    }
}

pub(crate) fn hash_of(model: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    model.hash(&mut hasher);
    hasher.finish()
}

/// The type of one text, for the stubs.
#[cfg(feature = "stubs")]
macro_rules! literal {
    ($text:literal) => {
        pyo3::type_hint_subscript!(
            pyo3::type_hint_identifier!("typing", "Literal"),
            pyo3::inspect::PyStaticExpr::Constant { value: pyo3::inspect::PyStaticConstant::Str($text) }
        )
    };
}
#[cfg(feature = "stubs")]
pub(crate) use literal;

/// Writes a model's class: its pyo3 methods, and what [`Model`] and [`Field`] ask for.
///
/// `shown` are the fields that a repr shows, `covered` the others; both in the order they are declared. A model that keeps
/// its value another way `lends` them: it brings the methods that the first arm writes for the others.
macro_rules! model {
    ($name:ident, shown: [$($shown:ident),*], covered: [$($covered:ident),*], match: $matched:tt, $methods:tt) => {
        impl $name {
            #[allow(clippy::unnecessary_wraps)] // a model that lends its fields may have to make them
            fn lend(&self, _: Python<'_>) -> PyResult<&Self> {
                Ok(self)
            }

            fn restored(state: &Bound<'_, pyo3::types::PyDict>) -> PyResult<Self> {
                use $crate::support::model::saved;
                Ok($name {
                    $($shown: saved(state, stringify!($shown))?,)*
                    $($covered: saved(state, stringify!($covered))?,)*
                })
            }
        }

        $crate::support::model::model!(lends $name,
            shown: [$($shown),*], covered: [$($covered),*], match: $matched, $methods);
    };
    (lends $name:ident,
        shown: [$($shown:ident),*], covered: [$($covered:ident),*], match: [$($matched:literal),*], { $($methods:tt)* }
    ) => {
        impl $crate::support::model::Model for $name {
            const NAME: &'static str = stringify!($name);
            const MATCH: &'static [&'static str] = &[$($matched),*];
            #[cfg(feature = "stubs")]
            const MATCH_HINTS: &'static [pyo3::inspect::PyStaticExpr] = &[$($crate::support::model::literal!($matched)),*];

            fn with_fields(
                &self,
                py: Python<'_>,
                take: &mut dyn FnMut(&$crate::support::model::Fields<'_>) -> PyResult<()>,
            ) -> PyResult<()> {
                let lent = self.lend(py)?;
                take(&$crate::support::model::Fields {
                    name: Self::NAME,
                    shown: &[$((stringify!($shown), &lent.$shown)),*],
                    covered: &[$((stringify!($covered), &lent.$covered)),*],
                })
            }

            fn restore(state: &Bound<'_, pyo3::types::PyDict>) -> PyResult<Self> {
                $name::restored(state)
            }
        }

        #[pymethods]
        impl $name {
            $($methods)*

            #[classattr]
            fn __match_args__() -> $crate::support::hints::Matched<Self> {
                $crate::support::hints::Matched::new()
            }

            fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
                $crate::support::model::Model::repr(self, py)
            }

            fn __hash__(&self) -> u64 {
                $crate::support::model::hash_of(self)
            }

            fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<$crate::support::hints::Reduced<'py>> {
                $crate::support::model::Model::pickle(self, py).map($crate::support::hints::Reduced)
            }

            fn __copy__(slf: Py<Self>) -> Py<Self> {
                slf
            }

            #[pyo3(signature = (memo, /))]
            fn __deepcopy__(slf: Py<Self>, memo: $crate::support::hints::Ignored) -> Py<Self> {
                let _ = memo;
                slf
            }

            /// The fields by name, models within as dictionaries too.
            ///
            /// Personal data, secrets and unknown fields are left out unless `reveal` is true: a dictionary is the
            /// shortest way into a log.
            #[pyo3(signature = (*, reveal = false))]
            fn to_dict<'py>(&self, py: Python<'py>, reveal: bool) -> PyResult<$crate::support::hints::Dictionary<'py>> {
                $crate::support::model::Model::dict(self, py, reveal).map($crate::support::hints::Dictionary)
            }
        }
    };
}
pub(crate) use model;
