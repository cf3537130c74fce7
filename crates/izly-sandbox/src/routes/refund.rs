//! `POST /api/Izly/WebPayments/{OperationId}/Refund?clientOrderId=…`: the whole amount goes back.

use crate::app::App;
use crate::http::{Incoming, Reply};
use crate::json::{Json, hundredths};
use crate::payment::PaymentRecord;
use crate::routes::partner_call::check_payment_call;
use crate::wire::AmountUnit;

/// Refunds a payment of the calling partner.
pub(crate) fn answer(app: &App, request: &Incoming, id: Option<u64>) -> Reply {
    let mut state = app.state();
    let given = request.query_value("clientOrderId").unwrap_or_default();
    // The guide prints `clientOrderId=/{ClientOrderId}`, most likely a slip: both spellings work, and the journal says
    // which one came.
    let slashed = given.strip_prefix('/');
    let outcome =
        check_payment_call(&state, request).and_then(|partner| state.refund(partner, id, slashed.unwrap_or(&given)));
    let reply = match outcome {
        Ok(payment) => Reply::json(200, &shape(&payment, state.wire.read_amount), &state.wire),
        Err(fault) => Reply::fault(fault, &state.wire),
    };
    if slashed.is_some() { reply.note("a leading slash was stripped from clientOrderId") } else { reply }
}

fn shape(payment: &PaymentRecord, unit: AmountUnit) -> Json {
    Json::object()
        .with("OperationId", payment.operation_id)
        .with("IdTransactionDebitIzly", payment.transaction_id)
        .with("RefundDate", payment.refunded.map(crate::clock::Date::iso))
        .with("Amount", Json::Decimal(hundredths(payment.amount_cents, unit)))
        .with("OperationStatus", payment.status.name())
        .with("ClientOrderId", payment.order_id.clone())
}
