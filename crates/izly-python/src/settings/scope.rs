//! What a login asks the student for.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::support::model::model;
use crate::support::texts::StrictInt;

/// The rights a login asks for: a bit mask (protocol §3.1).
///
/// >>> izly.Scope.USER_DETAILS | izly.Scope.IZLY_PAY
/// Scope(bits=16385)
#[pyclass(frozen, eq, module = "izly")]
#[derive(PartialEq, Hash)]
pub(crate) struct Scope {
    /// The mask as it is sent.
    #[pyo3(get)]
    bits: u32,
}

impl Scope {
    pub(crate) fn to_core(&self) -> izly::Scope {
        izly::Scope::from_bits(self.bits)
    }
}

model!(Scope, shown: [bits], covered: [], match: ["bits"], {
    #[new]
    #[pyo3(signature = (bits))]
    fn new(bits: StrictInt) -> PyResult<Self> {
        let bits = u32::try_from(bits.number("bits")?).map_err(|_| PyValueError::new_err("bits must be 0 to 4294967295"))?;
        Ok(Scope { bits })
    }

    /// The student's details, bit 1: enough for `Client.user`.
    #[classattr]
    #[pyo3(name = "USER_DETAILS")]
    fn user_details() -> Scope {
        Scope { bits: izly::Scope::USER_DETAILS.bits() }
    }

    /// Payments by the student, bit 16384. A guess from the guide's example; payments themselves need no login.
    #[classattr]
    #[pyo3(name = "IZLY_PAY")]
    fn izly_pay() -> Scope {
        Scope { bits: izly::Scope::IZLY_PAY.bits() }
    }

    fn __or__(&self, other: &Scope) -> Scope {
        Scope { bits: self.bits | other.bits }
    }

    fn __ror__(&self, other: &Scope) -> Scope {
        other.__or__(self)
    }

    fn __contains__(&self, other: &Scope) -> bool {
        self.to_core().contains(other.to_core())
    }
});
