//! What Izly says about payments.

use izly::Personal;
use pyo3::prelude::*;

use super::order::Order;
use crate::errors::raised;
use crate::support::model::{Child, model};
use crate::support::texts::StrictInt;
use crate::support::values::{Amount, Date, Euros, Moment, Private, State, Unknown};

/// Whom a payment goes to.
#[pyclass(frozen, eq, module = "izly")]
#[derive(PartialEq, Hash)]
pub(crate) struct Beneficiary {
    /// The electronic money account.
    #[pyo3(get)]
    account_id: Option<String>,
    /// The partner's application identifier.
    #[pyo3(get)]
    identifier: Option<String>,
}

impl Beneficiary {
    pub(crate) fn child(py: Python<'_>, from: izly::Beneficiary) -> PyResult<Child<Self>> {
        let izly::Beneficiary { account_id, identifier, .. } = from;
        Py::new(py, Beneficiary { account_id, identifier }).map(Child)
    }

    pub(crate) fn facts(&self) -> [Option<&str>; 2] {
        [self.account_id.as_deref(), self.identifier.as_deref()]
    }
}

impl From<[Option<&str>; 2]> for Beneficiary {
    fn from(facts: [Option<&str>; 2]) -> Self {
        let [account_id, identifier] = facts.map(|fact| fact.map(str::to_owned));
        Beneficiary { account_id, identifier }
    }
}

model!(Beneficiary, shown: [account_id, identifier], covered: [], match: ["account_id", "identifier"], {});

/// The student who pays. All of it is personal, so that the repr shows nothing.
#[pyclass(frozen, eq, module = "izly")]
#[derive(PartialEq, Hash)]
pub(crate) struct Customer {
    /// The electronic money account. Personal.
    #[pyo3(get)]
    account_id: Option<Private>,
    /// The e-mail address. Personal.
    #[pyo3(get)]
    email: Option<Private>,
    /// CROUS's code for the client. Personal.
    #[pyo3(get)]
    client_code: Option<Private>,
}

pub(crate) fn private(personal: Option<Personal>) -> Option<Private> {
    personal.map(Private)
}

model!(Customer, shown: [], covered: [account_id, email, client_code], match: ["account_id", "email", "client_code"], {});

/// A payment that waits for the student's approval (protocol §4.1).
///
/// Store `operation_id` beside the order, then send the browser to `authorization_url`.
#[pyclass(frozen, eq, module = "izly")]
#[derive(PartialEq, Hash)]
pub(crate) struct PendingPayment {
    /// Izly's number for the payment.
    #[pyo3(get)]
    operation_id: u64,
    order: Child<Order>,
    /// The page where the student approves. Whoever has it can see the payment: keep it out of logs.
    #[pyo3(get)]
    authorization_url: Private,
    /// Izly's number for the debit.
    #[pyo3(get)]
    transaction_id: Option<i64>,
    date: Option<Date>,
    /// Its state.
    #[pyo3(get)]
    status: Option<State>,
    /// The partner's message, as echoed.
    #[pyo3(get)]
    message: Option<String>,
    /// The callback parameters, as echoed.
    #[pyo3(get)]
    callback_parameters: Option<String>,
    beneficiary: Child<Beneficiary>,
    /// Fields of the reply this library does not know: dotted path to raw JSON text.
    #[pyo3(get)]
    extra: Unknown,
}

impl PendingPayment {
    pub(crate) fn from_core(py: Python<'_>, pending: izly::PendingPayment) -> PyResult<Self> {
        Ok(PendingPayment {
            operation_id: pending.operation_id.get(),
            order: Child(Py::new(py, Order::from_core(&pending.order))?),
            extra: Unknown::from(&pending.extra),
            authorization_url: Private(Personal::new(pending.authorization_url)),
            transaction_id: pending.transaction_id,
            date: pending.date.map(Date),
            status: pending.status.map(State),
            message: pending.message,
            callback_parameters: pending.callback_parameters,
            beneficiary: Beneficiary::child(py, pending.beneficiary)?,
        })
    }

    pub(crate) fn id(&self) -> u64 {
        self.operation_id
    }
}

model!(PendingPayment,
    shown: [operation_id, order, status],
    covered: [authorization_url, transaction_id, date, message, callback_parameters, beneficiary, extra],
    match: ["operation_id", "order", "authorization_url", "status"],
{
    /// The order it was created with.
    #[getter]
    fn order(&self, py: Python<'_>) -> Py<Order> {
        self.order.of(py)
    }

    /// Whom it pays.
    #[getter]
    fn beneficiary(&self, py: Python<'_>) -> Py<Beneficiary> {
        self.beneficiary.of(py)
    }

    /// When it was created, in Izly's local time: naive, for no zone is documented. `None` if it cannot be read.
    #[getter]
    fn date(&self) -> Option<Moment> {
        Date::moment(self.date.as_ref())
    }

    /// The date as Izly wrote it.
    #[getter]
    fn date_text(&self) -> Option<&str> {
        Date::text(self.date.as_ref())
    }
});

/// A payment as Izly describes it, for support desks and reconciliation (protocol §4.4).
///
/// It is no proof that an order is paid: only `Client.confirm` compares it with the order.
#[pyclass(frozen, eq, module = "izly")]
#[derive(PartialEq, Hash)]
pub(crate) struct Payment {
    /// Izly's number for the payment.
    #[pyo3(get)]
    operation_id: u64,
    /// The partner's reference.
    #[pyo3(get)]
    order_id: String,
    /// The amount in centimes.
    #[pyo3(get)]
    amount_cents: Amount,
    /// Its state.
    #[pyo3(get)]
    status: State,
    date: Option<Date>,
    /// Izly's number for the debit.
    #[pyo3(get)]
    transaction_id: Option<i64>,
    /// The partner's message.
    #[pyo3(get)]
    message: Option<String>,
    /// The callback parameters.
    #[pyo3(get)]
    callback_parameters: Option<String>,
    beneficiary: Child<Beneficiary>,
    customer: Child<Customer>,
    /// What went wrong, in Izly's words; `None` when nothing did.
    #[pyo3(get)]
    error_text: Option<String>,
    /// Fields of the reply this library does not know: dotted path to raw JSON text.
    #[pyo3(get)]
    extra: Unknown,
}

impl Payment {
    pub(crate) fn from_core(py: Python<'_>, payment: izly::Payment) -> PyResult<Self> {
        let izly::Customer { account_id, email, client_code, .. } = payment.customer;
        let customer =
            Customer { account_id: private(account_id), email: private(email), client_code: private(client_code) };
        Ok(Payment {
            operation_id: payment.operation_id.get(),
            order_id: payment.order_id,
            amount_cents: Amount(payment.amount),
            status: State(payment.status),
            date: payment.date.map(Date),
            transaction_id: payment.transaction_id,
            message: payment.message,
            callback_parameters: payment.callback_parameters,
            beneficiary: Beneficiary::child(py, payment.beneficiary)?,
            customer: Child(Py::new(py, customer)?),
            error_text: payment.error_text,
            extra: Unknown::from(&payment.extra),
        })
    }

    pub(crate) fn target(&self) -> Result<izly::RefundTarget, izly::Error> {
        izly::RefundTarget::new(izly::OperationId::new(self.operation_id)?, self.order_id.as_str())
    }
}

model!(Payment,
    shown: [operation_id, order_id, amount_cents, status, date],
    covered: [transaction_id, message, callback_parameters, beneficiary, customer, error_text, extra],
    match: ["operation_id", "order_id", "amount_cents", "status"],
{
    /// The amount in euros, exact, with two decimals.
    #[getter]
    fn amount(&self) -> Euros {
        self.amount_cents.euros()
    }

    /// Whom it pays.
    #[getter]
    fn beneficiary(&self, py: Python<'_>) -> Py<Beneficiary> {
        self.beneficiary.of(py)
    }

    /// Who pays.
    #[getter]
    fn customer(&self, py: Python<'_>) -> Py<Customer> {
        self.customer.of(py)
    }

    /// When it was created, in Izly's local time: naive, for no zone is documented. `None` if it cannot be read.
    #[getter]
    fn date(&self) -> Option<Moment> {
        Date::moment(self.date.as_ref())
    }

    /// The date as Izly wrote it.
    #[getter]
    fn date_text(&self) -> Option<&str> {
        Date::text(self.date.as_ref())
    }
});

/// A payment that Izly itself says is completed, for the order it was compared with.
///
/// `Client.confirm` makes it, and nothing else does: it means that the operation was read back from Izly, and that its
/// number, order, amount, payee and status were all as they should be. Credit an order on this, and on nothing else.
///
/// It does not say that the order was not credited already: claim `operation_id` under a uniqueness rule, in the same
/// database transaction as the credit. It can be pickled, for a task queue: a pickle is trusted, as all pickles are, and
/// what comes out of one was a proof when it went in.
#[pyclass(frozen, eq, module = "izly")]
#[derive(PartialEq, Hash)]
pub(crate) struct PaidPayment {
    payment: Child<Payment>,
}

impl PaidPayment {
    pub(crate) fn from_core(py: Python<'_>, paid: &izly::PaidPayment) -> PyResult<Self> {
        let payment = Payment::from_core(py, paid.payment().clone())?;
        Ok(PaidPayment { payment: Child(Py::new(py, payment)?) })
    }

    /// Whether this is what a confirmation gives: asked of what comes out of a pickle.
    pub(crate) fn is_paid(&self) -> bool {
        let payment = self.payment.0.get();
        payment.status.0.is_paid() && payment.error_text.is_none()
    }

    pub(crate) fn target(&self) -> Result<izly::RefundTarget, izly::Error> {
        self.payment.0.get().target()
    }
}

model!(PaidPayment, shown: [payment], covered: [], match: ["operation_id", "order_id", "amount_cents"], {
    /// Izly's number for the payment: the one to claim under a uniqueness rule.
    #[getter]
    fn operation_id(&self) -> u64 {
        self.payment.0.get().operation_id
    }

    /// The partner's reference, equal to the order's.
    #[getter]
    fn order_id(&self) -> &str {
        &self.payment.0.get().order_id
    }

    /// The amount paid in centimes, equal to the order's.
    #[getter]
    fn amount_cents(&self) -> u32 {
        self.payment.0.get().amount_cents.0.get()
    }

    /// The amount paid in euros, exact, with two decimals.
    #[getter]
    fn amount(&self) -> Euros {
        self.payment.0.get().amount_cents.euros()
    }

    /// When the operation was created: naive local time. `None` if it cannot be read.
    #[getter]
    fn date(&self) -> Option<Moment> {
        Date::moment(self.payment.0.get().date.as_ref())
    }

    /// The date as Izly wrote it.
    #[getter]
    fn date_text(&self) -> Option<&str> {
        Date::text(self.payment.0.get().date.as_ref())
    }

    /// All that Izly said.
    #[getter]
    fn payment(&self, py: Python<'_>) -> Py<Payment> {
        self.payment.of(py)
    }
});

/// What a refund undoes, for a program that has only kept an operation's number and its order's id.
///
/// Raises `InvalidInputError`: field `operation_id` or `order_id`.
#[pyclass(frozen, eq, module = "izly")]
#[derive(PartialEq, Hash)]
pub(crate) struct RefundTarget {
    /// The operation to refund.
    #[pyo3(get)]
    operation_id: u64,
    /// The order it was for.
    #[pyo3(get)]
    order_id: String,
}

impl RefundTarget {
    pub(crate) fn target(&self) -> Result<izly::RefundTarget, izly::Error> {
        izly::RefundTarget::new(izly::OperationId::new(self.operation_id)?, self.order_id.as_str())
    }
}

model!(RefundTarget, shown: [operation_id, order_id], covered: [], match: ["operation_id", "order_id"], {
    #[new]
    fn new(py: Python<'_>, operation_id: StrictInt, order_id: String) -> PyResult<Self> {
        let id = operation_id.operation_id(py, "operation_id")?;
        let target = raised(py, izly::RefundTarget::new(id, order_id))?;
        Ok(RefundTarget { operation_id: target.operation_id().get(), order_id: target.order_id().to_owned() })
    }
});

/// A refund that was made: the whole amount went back to the student (protocol §4.5).
#[pyclass(frozen, eq, module = "izly")]
#[derive(PartialEq, Hash)]
pub(crate) struct Refund {
    /// The operation that was refunded.
    #[pyo3(get)]
    operation_id: u64,
    /// The partner's reference, as echoed.
    #[pyo3(get)]
    order_id: Option<String>,
    /// The amount that went back, in centimes; `None` if Izly did not say.
    #[pyo3(get)]
    amount_cents: Option<Amount>,
    /// The operation's state now: `Status.REFUND`.
    #[pyo3(get)]
    status: State,
    date: Option<Date>,
    /// Izly's number for the debit.
    #[pyo3(get)]
    transaction_id: Option<i64>,
    /// Fields of the reply this library does not know: dotted path to raw JSON text.
    #[pyo3(get)]
    extra: Unknown,
}

impl Refund {
    pub(crate) fn from_core(refund: izly::Refund) -> Self {
        Refund {
            operation_id: refund.operation_id.get(),
            order_id: refund.order_id,
            amount_cents: refund.amount.map(Amount),
            status: State(refund.status),
            date: refund.date.map(Date),
            transaction_id: refund.transaction_id,
            extra: Unknown::from(&refund.extra),
        }
    }
}

model!(Refund,
    shown: [operation_id, order_id, amount_cents, status, date, transaction_id, extra], covered: [],
    match: ["operation_id", "order_id", "amount_cents", "status"],
{
    /// The amount that went back in euros, exact, with two decimals.
    #[getter]
    fn amount(&self) -> Option<Euros> {
        self.amount_cents.map(Amount::euros)
    }

    /// When: naive local time. `None` if it cannot be read.
    #[getter]
    fn date(&self) -> Option<Moment> {
        Date::moment(self.date.as_ref())
    }

    /// The date as Izly wrote it.
    #[getter]
    fn date_text(&self) -> Option<&str> {
        Date::text(self.date.as_ref())
    }
});
