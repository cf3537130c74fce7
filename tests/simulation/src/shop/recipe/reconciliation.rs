//! The job that looks at what no callback settled. It may run twice at once, and die in the middle.

use izly::{ErrorKind, Status};

use crate::shop::recipe::{look_at_refund, settle};
use crate::shop::{Sale, Shop, State, Trouble};
use crate::time::{DAY, Millis};

/// How long Izly is asked about an open order. Nothing says how long its page works: a week is a guess on the safe side.
pub(crate) const LIFE: Millis = 7 * DAY;

/// Runs every few minutes. What fails waits for the next run.
pub(crate) async fn reconcile(shop: &Shop) -> Result<(), Trouble> {
    for sale in shop.database(|tables| tables.orders_to_look_at()).await? {
        if let Err(trouble) = look_again(shop, &sale).await {
            shop.tell(sale.order.id(), || format!("looks, and leaves it open: {trouble:?}"));
        }
    }
    for refund in shop.database(|tables| tables.open_refunds()).await? {
        if let Err(trouble) = look_at_refund(shop, &refund).await {
            shop.tell(&refund.order_id, || format!("looks at its refund, and leaves it: {trouble:?}"));
        }
    }
    Ok(())
}

/// The student is back on the order's page: what the browser says is nothing to go by, so Izly is asked.
pub(crate) async fn come_back(shop: &Shop, order_id: &str) -> Result<(), Trouble> {
    match shop.database(|tables| tables.find(order_id)).await? {
        Some(sale) if sale.state == State::Open => look_again(shop, &sale).await,
        _ => Ok(()),
    }
}

/// Settles an open order, closes it, or leaves it for later.
pub(crate) async fn look_again(shop: &Shop, sale: &Sale) -> Result<(), Trouble> {
    let (id, age) = (sale.order.id(), shop.now() - sale.placed_at);
    let Some(operation) = sale.operation_id else {
        // Nobody was sent to a page of this order: there is no payment to ask about, or nobody can pay it.
        return if age >= DAY { shop.database(|tables| tables.abandon(id)).await } else { Ok(()) };
    };
    match settle(shop, sale, operation).await {
        Err(Trouble::Izly(error)) if error.kind() == ErrorKind::NotPaid => {
            shop.database(|tables| tables.abandon(id)).await
        }
        Err(Trouble::Izly(error)) if error.kind() == ErrorKind::NotFinal && age >= LIFE => {
            // Only what surely still waits is given up: an unknown status may be a debit.
            let payment = shop.izly(|client| client.payment(operation)).await?;
            if payment.status == Status::Waiting { shop.database(|tables| tables.abandon(id)).await } else { Ok(()) }
        }
        Err(Trouble::Izly(error)) if error.kind() == ErrorKind::NotFinal => {
            shop.database(|tables| tables.look_later(id)).await
        }
        other => other,
    }
}
