//! How an order becomes paid: Izly is asked, and the order credited once.

use izly::{Callback, OperationId, Reply, Retry};

use crate::shop::tables::Credit;
use crate::shop::{Sale, Shop, Trouble};

/// Answers a callback: after the order is settled, and not before.
pub(crate) async fn answer(shop: &Shop, body: &[u8]) -> Result<Reply, izly::Error> {
    match settle_callback(shop, body).await {
        Ok(()) => Ok(Reply::accepted()),
        // Not this order's payment, or one that will never be paid: there is nothing to try again.
        Err(Trouble::Izly(error)) if error.retry() == Retry::No => Ok(Reply::accepted()),
        Err(_) => Reply::rejected(1, "pas encore réglée"),
    }
}

async fn settle_callback(shop: &Shop, body: &[u8]) -> Result<(), Trouble> {
    let callback = Callback::parse(body)?;
    let sale = sale_of(shop, &callback).await?;
    settle(shop, &sale, callback.operation_id()).await
}

/// The shop's own record of the order that a callback names.
pub(crate) async fn sale_of(shop: &Shop, callback: &Callback) -> Result<Sale, Trouble> {
    let order_id = callback.order_id().ok_or(Trouble::UnknownOrder)?;
    shop.database(|tables| tables.find(order_id)).await?.ok_or(Trouble::UnknownOrder)
}

/// Credits an order that Izly confirms, once.
pub(crate) async fn settle(shop: &Shop, sale: &Sale, operation: OperationId) -> Result<(), Trouble> {
    if sale.settled_by == Some(operation) {
        return Ok(());
    }
    let paid = shop.izly(|client| client.confirm(operation, &sale.order)).await?;
    match shop.database(|tables| tables.credit(&paid)).await? {
        Credit::Made | Credit::MadeBefore => Ok(()),
        Credit::MadeByAnother => Err(Trouble::PaidTwice),
    }
}
