//! `GET /api/Izly/WebPayments/{OperationId}`: the truth about a payment.

use crate::http::{Incoming, Reply};
use crate::json::{Json, hundredths};
use crate::payment::PaymentRecord;
use crate::routes::partner_call::check_payment_call;
use crate::routes::shapes;
use crate::world::World;

/// Reads a payment of the calling partner.
pub(crate) fn answer(world: &World, request: &Incoming, id: Option<u64>) -> Reply {
    let found = check_payment_call(world, request).and_then(|()| world.payment(id));
    match found {
        Ok(payment) => Reply::json(200, &shape(world, payment), &world.wire),
        Err(error) => Reply::api_error(error, &world.wire),
    }
}

/// The order of the guide's sample. The customer's fields are null until somebody pays (*our invention*).
fn shape(world: &World, payment: &PaymentRecord) -> Json {
    let customer = payment.account.filter(|_| !payment.settling).map(|id| world.account(id));
    Json::object()
        .with("OperationId", payment.operation_id)
        .with("IdTransactionDebitIzly", payment.transaction_id)
        .with("Amount", Json::Decimal(hundredths(payment.amount_cents, world.wire.read_amount)))
        .with("BeneficiarySmoneyId", world.partner.account_id.clone())
        .with("BeneficiaryClientId", payment.partner.clone())
        .with("CustomerSmoneyId", customer.map(|account| account.smoney_id.clone()))
        .with("CustomerEmail", customer.map(|account| account.email.clone()))
        .with("CustomerClientCode", customer.map(|account| account.client_code.clone()))
        .with("OperationStatus", payment.told_status().name())
        .with("Error", "")
        .with("ClientParameters", payment.callback_parameters.clone())
        .with("Message", payment.message.clone())
        // Documented: "Date de création de l'opération", in spite of the name.
        .with("PaymentDate", shapes::iso(payment.created, &world.wire))
        .with("OrderId", payment.order_id.clone())
}
