//! An outsider who knows the callback's address, some orders and some operations, and has a cheap order of their own.

use serde_json::json;

use crate::chance::Chance;
use crate::events::Posting;
use crate::server::Ledger;
use crate::shop::Tables;

/// A perfect success callback that Izly never sent.
pub(crate) fn forge(chance: &mut Chance, ledger: &Ledger, tables: &Tables) -> Posting {
    let orders: Vec<&str> = tables.orders().map(|sale| sale.order.id()).collect();
    let order_id = match chance.below(10) {
        0 => "order-nobody-has".to_owned(),
        _ => chance.pick(&orders).copied().unwrap_or("order-1").to_owned(),
    };
    let own = tables.find(&order_id).and_then(|sale| sale.operation_id).map(izly::OperationId::get);
    let any = chance.pick(ledger.operations()).copied().unwrap_or(1);
    let operation_id = match chance.below(10) {
        0 => 4_242,
        // The right one, early: perhaps it is not paid yet.
        1..4 => own.unwrap_or(any),
        // Another order's, perhaps a paid and cheaper one.
        _ => any,
    };
    let amount = [150, 1, 99_999].get(usize::try_from(chance.below(3)).unwrap_or_default()).copied().unwrap_or(150);
    let body = json!({
        "OperationSMoney": {
            "Id": operation_id,
            "Amount": format!("{}.{:02}", amount / 100, amount % 100),
            "ClientOrderId": order_id,
            "Status": "Completed",
        },
        "Error": { "Code": 0, "Message": "" },
    });
    Posting { order_id, genuine: None, body: body.to_string(), retries: Vec::new() }
}
