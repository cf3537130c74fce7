//! `GET /api/Izly/WebPayments/{OperationId}`: the truth about a payment.

use crate::app::App;
use crate::http::{Incoming, Reply};
use crate::json::{Json, hundredths};
use crate::payment::PaymentRecord;
use crate::routes::partner_call::check_payment_call;
use crate::state::State;

/// Reads a payment of the calling partner.
pub(crate) fn answer(app: &App, request: &Incoming, id: Option<u64>) -> Reply {
    let state = app.state();
    let found = check_payment_call(&state, request).and_then(|partner| state.payment_of(partner, id));
    match found {
        Ok(payment) => Reply::json(200, &shape(&state, payment), &state.wire),
        Err(fault) => Reply::fault(fault, &state.wire),
    }
}

/// The order of the guide's sample. The customer's fields are null until somebody pays (*our invention*).
fn shape(state: &State, payment: &PaymentRecord) -> Json {
    let customer = payment.account.map(|id| state.account(id));
    Json::object()
        .with("OperationId", payment.operation_id)
        .with("IdTransactionDebitIzly", payment.transaction_id)
        .with("Amount", Json::Decimal(hundredths(payment.amount_cents, state.wire.read_amount)))
        .with("BeneficiarySmoneyId", state.partner(payment.partner_id).account_id.clone())
        .with("BeneficiaryClientId", payment.partner.clone())
        .with("CustomerSmoneyId", customer.map(|account| account.smoney_id.clone()))
        .with("CustomerEmail", customer.map(|account| account.email.clone()))
        .with("CustomerClientCode", customer.map(|account| account.client_code.clone()))
        .with("OperationStatus", payment.status.name())
        .with("Error", "")
        .with("ClientParameters", payment.callback_parameters.clone())
        .with("Message", payment.message.clone())
        // Documented: "Date de création de l'opération", in spite of the name.
        .with("PaymentDate", payment.created.iso())
        .with("OrderId", payment.order_id.clone())
}
