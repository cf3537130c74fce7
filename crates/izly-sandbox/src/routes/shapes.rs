//! The JSON objects that several replies share, in the property order of the guide's samples.

use crate::json::Json;
use crate::payment::PaymentRecord;
use crate::state::State;
use crate::wire::BeneficiaryName;

/// `NumeroAffectation` of every test account (*documented* by the sample: the number 1).
pub(crate) const AFFECTATION: u64 = 1;

/// `OperationSMoney` of a creation's reply and of a callback.
pub(crate) fn operation(payment: &PaymentRecord, amount: String) -> Json {
    Json::object()
        .with("Id", payment.operation_id)
        .with("IdTransactionDebitIzly", payment.transaction_id)
        .with("Amount", amount)
        .with("Date", payment.created.french())
        .with("Status", payment.status.name())
        .with("Message", payment.message.clone())
        .with("ClientOrderId", payment.order_id.clone())
        .with("CallbackParameters", payment.callback_parameters.clone())
}

/// `Beneficiary` of a creation's reply and of a callback.
pub(crate) fn beneficiary(state: &State, payment: &PaymentRecord) -> Json {
    let name = match state.wire.beneficiary_name {
        BeneficiaryName::AppIdentifier => "AppIdentifier",
        BeneficiaryName::ClientId => "ClientId",
    };
    Json::object().with("Id", state.partner(payment.partner_id).account_id.clone()).with(name, payment.partner.clone())
}
