//! Giving the money back, once.

use izly::{OperationId, Outcome, RefundTarget, Status};

use crate::shop::tables::OpenRefund;
use crate::shop::{Shop, State, Trouble};

/// Refunds a paid order. Whoever claims it first sends it; for everyone else there is nothing to do.
pub(crate) async fn refund(shop: &Shop, order_id: &str) -> Result<(), Trouble> {
    let Some(operation) = shop.database(|tables| tables.claim_refund(order_id)).await? else { return Ok(()) };
    let target = RefundTarget::new(operation, order_id)?;
    match shop.izly(|client| client.refund(&target)).await {
        Ok(_) => end(shop, order_id, State::Refunded).await,
        Err(error) if error.outcome() == Outcome::NotSent => end(shop, order_id, State::Paid).await,
        // Refused: because it was refunded before, or for another reason. Izly knows.
        Err(error) if error.outcome() == Outcome::Rejected => {
            let state = state_of(shop, operation).await?;
            end(shop, order_id, state).await
        }
        // Perhaps. It stays claimed, and is never sent again: the job finds out.
        Err(error) => Err(error.into()),
    }
}

/// Ends a refund of which nobody knows how it went. A yes is believed at once, a no only when it is surely over.
pub(crate) async fn look_at_refund(shop: &Shop, refund: &OpenRefund) -> Result<(), Trouble> {
    match state_of(shop, refund.operation_id).await? {
        State::Paid if !refund.is_over => Ok(()),
        state => end(shop, &refund.order_id, state).await,
    }
}

/// What Izly says of a refund. Only `Completed` is a no: a status that nobody knows may be money on its way back.
async fn state_of(shop: &Shop, operation: OperationId) -> Result<State, Trouble> {
    let payment = shop.izly(|client| client.payment(operation)).await?;
    Ok(match payment.status {
        Status::Refund => State::Refunded,
        Status::Completed => State::Paid,
        _ => State::Refunding,
    })
}

pub(crate) async fn end(shop: &Shop, order_id: &str, state: State) -> Result<(), Trouble> {
    shop.database(|tables| tables.end_refund(order_id, state)).await
}
