//! Arguments that may be one of several things.

/// Writes such an argument: tried in turn, and an error in one sentence if it is none of them.
macro_rules! given {
    ($(#[$doc:meta])* $name:ident, $rule:literal: $($variant:ident($taken:ty)),+) => {
        $(#[$doc])*
        pub(crate) enum $name<'py> {
            $($variant($taken),)+
        }

        impl<'py> FromPyObject<'_, 'py> for $name<'py> {
            type Error = PyErr;
            #[cfg(feature = "stubs")]
            const INPUT_TYPE: pyo3::inspect::PyStaticExpr =
                {
                    use pyo3::type_hint_union;
                    type_hint_union!($(<$taken as FromPyObject<'_, 'py>>::INPUT_TYPE),+)
                };

            fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
                $(match object.extract::<$taken>() {
                    Ok(taken) => return Ok($name::$variant(taken)),
                    // A text that cannot be read is a text all the same.
                    Err(error) => {
                        let error = PyErr::from(error);
                        if error.is_instance_of::<pyo3::exceptions::PyValueError>(object.py()) {
                            return Err(error);
                        }
                    }
                })+
                let name = object.get_type().name()?;
                Err(pyo3::exceptions::PyTypeError::new_err(format!("{}, not {name}", $rule)))
            }
        }
    };
}
pub(crate) use given;
