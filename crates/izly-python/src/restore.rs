//! From a pickle back to a model.

use pyo3::prelude::*;

use crate::models::callback::{Callback, CallbackError, CallbackUser, Untrusted};
use crate::models::order::{NewPayment, Order};
use crate::models::payment::{Beneficiary, Customer, PaidPayment, Payment, PendingPayment, Refund, RefundTarget};
use crate::models::reply::Reply;
use crate::models::user::UserDetails;
use crate::settings::environment::Environment;
use crate::settings::scope::Scope;
use crate::settings::wire::Wire;
use crate::support::hints::{Object, State};
use crate::support::model::{Model, spoilt};

/// Makes a model again from its pickle. Not for calling: pickles name it.
#[pyfunction]
#[pyo3(signature = (name, state, /))]
pub(crate) fn _restore<'py>(name: &str, state: State<'py>) -> PyResult<Object<'py>> {
    let state = &state.0;
    macro_rules! restore_one_of {
        ($($model:ident),*) => {
            match name {
                $($model::NAME => Bound::new(state.py(), $model::restore(state)?)?.into_any(),)*
                PaidPayment::NAME => {
                    let paid = PaidPayment::restore(state)?;
                    if !paid.is_paid() {
                        return Err(spoilt());
                    }
                    Bound::new(state.py(), paid)?.into_any()
                }
                _ => return Err(spoilt()),
            }
        };
    }
    Ok(Object(restore_one_of!(
        Beneficiary,
        Callback,
        CallbackError,
        CallbackUser,
        Customer,
        Environment,
        NewPayment,
        Order,
        Payment,
        PendingPayment,
        Refund,
        RefundTarget,
        Reply,
        Scope,
        Untrusted,
        UserDetails,
        Wire
    )))
}
