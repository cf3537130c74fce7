//! The partner's own record, and what a payment is created with.

use izly::ErrorKind;
use pyo3::prelude::*;

use crate::errors::{raised, refused};
use crate::support::model::{Child, model};
use crate::support::texts::{CallbackParameters, StrictInt};
use crate::support::values::{Amount, Euros};

/// What the partner sold and for how much: its own record, stored before anything is sent.
///
/// A payment is created with it and confirmed against it.
///
/// >>> order = izly.Order("order-42", 150)
/// >>> order.amount
/// Decimal('1.50')
///
/// Raises `InvalidInputError`: field `order_id` if the id is empty, longer than 100 characters, holds a control character
/// or has white space around it; field `amount` outside 1 to 2147483647. `TypeError` for an amount that is no `int`.
#[pyclass(frozen, eq, module = "izly")]
#[derive(PartialEq, Hash)]
pub(crate) struct Order {
    /// The partner's reference, unique among its orders.
    #[pyo3(get)]
    id: String,
    /// The amount due in centimes, taxes included.
    #[pyo3(get)]
    amount_cents: Amount,
}

impl Order {
    pub(crate) fn from_core(order: &izly::Order) -> Self {
        Order { id: order.id().to_owned(), amount_cents: Amount(order.amount()) }
    }

    pub(crate) fn to_core(&self) -> Result<izly::Order, izly::Error> {
        izly::Order::new(self.id.as_str(), self.amount_cents.0)
    }
}

model!(Order, shown: [id, amount_cents], covered: [], match: ["id", "amount_cents"], {
    #[new]
    #[pyo3(signature = (id, amount_cents))]
    fn new(py: Python<'_>, id: String, amount_cents: StrictInt) -> PyResult<Self> {
        let amount = amount_cents.cents(py, "amount_cents")?;
        let order = raised(py, izly::Order::new(id, amount))?;
        Ok(Order::from_core(&order))
    }

    /// The amount due in euros, exact, with two decimals.
    #[getter]
    fn amount(&self) -> Euros {
        self.amount_cents.euros()
    }
});

/// What a payment is created with: an order, and what may be said beside it.
///
/// >>> izly.NewPayment(order, message="2 cafés", callback_parameters={"order": "order-42"})
///
/// - `message`: a comment the operation keeps, at most 255 characters;
/// - `callback_parameters`: what Izly appends to the callback URL, as a mapping or as an encoded query. They travel in
///   clear: put nothing secret in them and believe nothing in them;
/// - `redirect_url`: where the link on the success page leads, instead of the registered address;
/// - `software`: the number of the partner's software, if Izly gave it one.
///
/// Their rules are checked when the payment is created, before anything is sent.
#[pyclass(frozen, eq, module = "izly")]
#[derive(PartialEq, Hash)]
pub(crate) struct NewPayment {
    order: Child<Order>,
    /// A comment the operation keeps.
    #[pyo3(get)]
    message: Option<String>,
    /// What Izly appends to the callback URL, as an encoded query.
    #[pyo3(get)]
    callback_parameters: Option<String>,
    /// Where the link on the success page leads.
    #[pyo3(get)]
    redirect_url: Option<String>,
    /// The number of the partner's software.
    #[pyo3(get)]
    software: Option<u32>,
}

impl NewPayment {
    pub(crate) fn to_core(&self) -> Result<izly::NewPayment, izly::Error> {
        let mut payment = izly::NewPayment::new(self.order.0.get().to_core()?);
        if let Some(message) = &self.message {
            payment = payment.message(message);
        }
        if let Some(parameters) = &self.callback_parameters {
            payment = payment.callback_parameters(parameters);
        }
        if let Some(url) = &self.redirect_url {
            payment = payment.redirect_url(url);
        }
        if let Some(id) = self.software {
            payment = payment.software(id);
        }
        Ok(payment)
    }
}

/// The core encodes the pairs.
fn encoded(order: &Order, parameters: CallbackParameters) -> Result<String, izly::Error> {
    let pairs = match parameters {
        CallbackParameters::Encoded(query) => return Ok(query),
        CallbackParameters::Pairs(pairs) => pairs,
    };
    let mut payment = izly::NewPayment::new(order.to_core()?);
    for (name, value) in &pairs {
        payment = payment.callback_parameter(name, value);
    }
    Ok(payment.encoded_callback_parameters().unwrap_or_default().to_owned())
}

model!(NewPayment,
    shown: [order, message, callback_parameters, redirect_url, software], covered: [],
    match: ["order", "message", "callback_parameters", "redirect_url", "software"],
{
    #[new]
    #[pyo3(signature = (order, *, message = None, callback_parameters = None, redirect_url = None, software = None))]
    fn new(
        py: Python<'_>,
        order: Py<Order>,
        message: Option<String>,
        callback_parameters: Option<CallbackParameters>,
        redirect_url: Option<String>,
        software: Option<StrictInt>,
    ) -> PyResult<Self> {
        let encoded = callback_parameters.map(|parameters| encoded(order.get(), parameters)).transpose();
        let callback_parameters = raised(py, encoded)?;
        let software = software.map(|id| id.number("software")).transpose()?;
        let too_far = |_| refused(py, ErrorKind::InvalidInput, "software", "must be 0 to 2147483647");
        let software = software.map(|id| u32::try_from(id).map_err(too_far)).transpose()?;
        Ok(NewPayment { order: Child(order), message, callback_parameters, redirect_url, software })
    }

    /// The order it is for.
    #[getter]
    fn order(&self, py: Python<'_>) -> Py<Order> {
        self.order.of(py)
    }
});
