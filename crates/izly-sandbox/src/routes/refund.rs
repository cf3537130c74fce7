//! `POST /api/Izly/WebPayments/{OperationId}/Refund?clientOrderId=…`: the whole amount goes back.

use crate::http::{Incoming, Reply};
use crate::json::{Json, hundredths};
use crate::payment::PaymentRecord;
use crate::remark::Remark;
use crate::routes::partner_call::check_payment_call;
use crate::routes::shapes;
use crate::wire::{RefundSlash, Wire};
use crate::world::World;

/// Refunds a payment of the calling partner.
pub(crate) fn answer(world: &mut World, request: &Incoming, id: Option<u64>) -> Reply {
    let given = request.query_value("clientOrderId").unwrap_or_default();
    let outcome = check_payment_call(world, request).and_then(|()| world.refund(id, &given));
    let reply = match outcome {
        Ok(payment) => Reply::json(200, &shape(&payment, &world.wire), &world.wire),
        Err(error) => Reply::api_error(error, &world.wire),
    };
    if given.starts_with('/') { reply.remark(slash_remark(&world.wire)) } else { reply }
}

fn slash_remark(wire: &Wire) -> Remark {
    match wire.refund_slash {
        RefundSlash::Refused => Remark::invented("La barre oblique fait partie du numéro de commande."),
        RefundSlash::Tolerated | RefundSlash::Required => {
            Remark::documented("4.5", "La barre oblique en tête de clientOrderId a été ôtée.")
        }
    }
}

fn shape(payment: &PaymentRecord, wire: &Wire) -> Json {
    Json::object()
        .with("OperationId", payment.operation_id)
        .with("IdTransactionDebitIzly", payment.transaction_id)
        .with("RefundDate", payment.refunded.map(|date| shapes::iso(date, wire)))
        .with("Amount", Json::Decimal(hundredths(payment.amount_cents, wire.read_amount)))
        .with("OperationStatus", payment.status.name())
        .with("ClientOrderId", payment.order_id.clone())
}
