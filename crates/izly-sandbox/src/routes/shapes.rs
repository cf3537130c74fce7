//! The JSON objects that several replies share, in the property order of the guide's samples.

use crate::clock::Date;
use crate::json::Json;
use crate::payment::PaymentRecord;
use crate::payment::PaymentStatus;
use crate::wire::{BeneficiaryName, Dates, Wire};
use crate::world::World;

/// `NumeroAffectation` of every test account (*documented* by the sample: the number 1).
pub(crate) const AFFECTATION: u64 = 1;

/// `OperationSMoney` of a creation's reply and of a callback.
pub(crate) fn operation(payment: &PaymentRecord, amount: String, status: PaymentStatus, wire: &Wire) -> Json {
    Json::object()
        .with("Id", payment.operation_id)
        .with("IdTransactionDebitIzly", payment.transaction_id)
        .with("Amount", amount)
        .with("Date", french(payment.created, wire))
        .with("Status", status.name())
        .with("Message", payment.message.clone())
        .with("ClientOrderId", payment.order_id.clone())
        .with("CallbackParameters", payment.callback_parameters.clone())
}

/// `Beneficiary` of a creation's reply and of a callback.
pub(crate) fn beneficiary(world: &World, payment: &PaymentRecord) -> Json {
    let name = match world.wire.beneficiary_name {
        BeneficiaryName::AppIdentifier => "AppIdentifier",
        BeneficiaryName::ClientId => "ClientId",
    };
    Json::object().with("Id", world.partner.account_id.clone()).with(name, payment.partner.clone())
}

/// A date of a creation or a callback.
fn french(date: Date, wire: &Wire) -> String {
    match wire.dates {
        Dates::Guide => date.french(),
        Dates::Drifting => format!("{}{}", date.french(), drift(date)),
    }
}

/// A date of a reading or a refund.
pub(crate) fn iso(date: Date, wire: &Wire) -> String {
    match wire.dates {
        Dates::Guide => date.iso(),
        Dates::Drifting => format!("{}{}", date.iso(), drift(date)),
    }
}

/// What a date that drifts has behind its seconds: each of them something else.
fn drift(date: Date) -> &'static str {
    match date.second() % 4 {
        0 => ".453",
        1 => "+01:00",
        2 => ".4530000+01:00",
        _ => "Z",
    }
}
