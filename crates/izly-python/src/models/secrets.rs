//! Texts that must not be seen: one class each, covered wherever Python prints an object.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::errors::raised;
use crate::support::given::given;
use crate::support::hints::{Ignored, Never};
use crate::support::model::hash_of;
use crate::support::texts::Text;

/// What a secret says to whoever would store it without meaning to.
fn refuse_to_pickle(name: &str) -> PyErr {
    PyTypeError::new_err(format!("{name} is not pickled: store what `reveal()` gives, encrypted, where it belongs"))
}

/// A secret's class: what all of them do alike, and the methods it has of its own.
macro_rules! secret {
    ($(#[$doc:meta])* $name:ident { $($methods:tt)* }) => {
        $(#[$doc])*
        #[pyclass(frozen, eq, module = "izly")]
        #[derive(PartialEq)]
        pub(crate) struct $name(pub(crate) izly::$name);

        #[pymethods]
        impl $name {
            $($methods)*

            /// The secret itself. Every use of this method is a place to look at in a review.
            fn reveal(&self) -> &str {
                self.0.reveal()
            }

            fn __str__(&self) -> &'static str {
                "***"
            }

            fn __hash__(&self) -> u64 {
                hash_of(&self.0.reveal())
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
                Err(refuse_to_pickle(stringify!($name)))
            }
        }
    };
}

/// A secret that is any text, and shows nothing.
macro_rules! secret_text {
    ($(#[$doc:meta])* $name:ident) => {
        secret! {
            $(#[$doc])*
            $name {
                #[new]
                #[pyo3(signature = (text))]
                fn new(text: Text) -> Self {
                    $name(izly::$name::new(text.0.as_str()))
                }

                fn __repr__(&self) -> &'static str {
                    concat!(stringify!($name), "('***')")
                }
            }
        }
    };
}

secret_text! {
    /// Opens a student's details (protocol §3.2); lives about half an hour. Prints as `***`.
    AccessToken
}
secret_text! {
    /// Gets a new access token (protocol §3.3). Store it encrypted. Prints as `***`.
    RefreshToken
}
secret_text! {
    /// The random text that ties a login's return to the browser that began it (protocol §3.1). Prints as `***`.
    ///
    /// Keep `state.reveal()` in that browser's session until it comes back, and forget it after.
    State
}

secret! {
    /// The partner's API key (protocol §1), checked. Its `identifier` is no secret; the rest prints as `***`.
    ///
    /// Raises `ConfigurationError`, with a message for each way a key is commonly mistyped and never the key itself.
    ApiKey {
        #[new]
        #[pyo3(signature = (text))]
        fn new(py: Python<'_>, text: Text) -> PyResult<Self> {
            raised(py, izly::ApiKey::new(text.0.as_str())).map(ApiKey)
        }

        /// The key of this identifier and secret, for a program that keeps the two apart.
        #[staticmethod]
        #[pyo3(signature = (identifier, secret))]
        fn from_parts(py: Python<'_>, identifier: &str, secret: Text) -> PyResult<Self> {
            raised(py, izly::ApiKey::from_parts(identifier, &secret.0)).map(ApiKey)
        }

        /// The application identifier, such as `Site-en-ligne-16-16-16-13`.
        #[getter]
        fn identifier(&self) -> &str {
            self.0.identifier()
        }

        /// Whether this is the key of a sandbox, which is never sent to the real Izly.
        #[getter]
        fn is_sandbox(&self) -> bool {
            self.0.is_sandbox()
        }

        fn __repr__(&self) -> String {
            format!("ApiKey(identifier={:?}, ...)", self.0.identifier())
        }
    }
}

given! {
    /// As its class, or as the text that a session or a database kept. So are those below.
    GivenAccess, "access must be an AccessToken or a str": Secret(Bound<'py, AccessToken>), Text(Text)
}
given! {
    /// See above.
    GivenRefresh, "refresh must be a RefreshToken or a str": Secret(Bound<'py, RefreshToken>), Text(Text)
}
given! {
    /// See above.
    GivenState, "state must be a State or a str": Secret(Bound<'py, State>), Text(Text)
}

macro_rules! into_core {
    ($($given:ident: $name:ident),*) => {$(
        impl $given<'_> {
            pub(crate) fn into_core(self) -> izly::$name {
                match self {
                    $given::Secret(secret) => secret.get().0.clone(),
                    $given::Text(text) => izly::$name::new(text.0.as_str()),
                }
            }
        }
    )*};
}
into_core!(GivenAccess: AccessToken, GivenRefresh: RefreshToken, GivenState: State);
