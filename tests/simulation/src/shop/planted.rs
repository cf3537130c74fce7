//! The partner as the world calls it: the recipe, or what a planted mistake makes of one of its functions.

use izly::{Callback, ErrorKind, NewPayment, OperationId, Order, Outcome, RefundTarget, Reply, Retry, Status};

use crate::plant::Plant;
use crate::shop::recipe;
use crate::shop::tables::Credit;
use crate::shop::{Early, Shop, State, Trouble};
use crate::time::{MINUTE, Millis};

/// A click on *Payer*.
pub(crate) async fn checkout(shop: &Shop, order: &Order) -> Result<String, Trouble> {
    match shop.plant {
        Some(Plant::RedirectBeforeStore) => redirect_before_store(shop, order).await,
        Some(Plant::SameOrderAgain) => same_order_again(shop, order).await,
        _ => recipe::checkout(shop, order).await,
    }
}

/// A callback.
pub(crate) async fn answer(shop: &Shop, body: &[u8]) -> Result<Reply, izly::Error> {
    let settled = match shop.plant {
        Some(Plant::ReplyBeforeCommit) => {
            shop.early.borrow_mut().push(Early::Accepted);
            return recipe::answer(shop, body).await;
        }
        Some(Plant::CreditBeforeConfirm) => credit_before_confirm(shop, body).await,
        Some(Plant::NoUniqueness) => no_uniqueness(shop, body).await,
        Some(Plant::TrustCallbackAmount) => trust_callback_amount(shop, body).await,
        Some(Plant::TrustCallbackOrder) => trust_callback_order(shop, body).await,
        _ => return recipe::answer(shop, body).await,
    };
    match settled {
        Ok(()) => Ok(Reply::accepted()),
        Err(Trouble::Izly(error)) if error.retry() == Retry::No => Ok(Reply::accepted()),
        Err(_) => Reply::rejected(1, "pas encore réglée"),
    }
}

/// A student is back on the order's page.
pub(crate) async fn come_back(shop: &Shop, order_id: &str) -> Result<(), Trouble> {
    match shop.plant {
        Some(Plant::NoReconciliation) => Ok(()),
        _ => recipe::come_back(shop, order_id).await,
    }
}

/// The job.
pub(crate) async fn reconcile(shop: &Shop) -> Result<(), Trouble> {
    match shop.plant {
        Some(Plant::NoReconciliation) => look_at_refunds(shop).await,
        Some(Plant::SkipsOrdersWithoutOperation) => skips_orders_without_operation(shop).await,
        Some(Plant::GivesUpEarly) => gives_up_early(shop).await,
        Some(Plant::ImpatientRefund) => impatient_refund(shop).await,
        Some(Plant::OtherStatusIsNo) => other_status_is_no(shop).await,
        _ => recipe::reconcile(shop).await,
    }
}

/// A click on *Rembourser*.
pub(crate) async fn refund(shop: &Shop, order_id: &str) -> Result<(), Trouble> {
    match shop.plant {
        Some(Plant::RetryRefund) => retry_refund(shop, order_id).await,
        Some(Plant::RefundWithoutClaim) => refund_without_claim(shop, order_id).await,
        Some(Plant::UnknownIsFailure) => unknown_is_failure(shop, order_id).await,
        _ => recipe::refund(shop, order_id).await,
    }
}

async fn redirect_before_store(shop: &Shop, order: &Order) -> Result<String, Trouble> {
    shop.database(|tables| tables.place(order)).await?;
    let payment = NewPayment::new(order.clone());
    let pending = shop.izly(|client| client.create_payment(&payment)).await?;
    shop.early.borrow_mut().push(Early::Page(pending.authorization_url.clone()));
    shop.database(|tables| tables.payment_created(order.id(), pending.operation_id)).await?;
    Ok(pending.authorization_url)
}

/// The order is there already, and gets another payment.
async fn same_order_again(shop: &Shop, order: &Order) -> Result<String, Trouble> {
    if shop.database(|tables| tables.find(order.id())).await?.is_none() {
        return recipe::checkout(shop, order).await;
    }
    let payment = NewPayment::new(order.clone());
    let pending = shop.izly(|client| client.create_payment(&payment)).await?;
    shop.database(|tables| tables.payment_created(order.id(), pending.operation_id)).await?;
    Ok(pending.authorization_url)
}

async fn credit_before_confirm(shop: &Shop, body: &[u8]) -> Result<(), Trouble> {
    let callback = Callback::parse(body)?;
    let sale = recipe::sale_of(shop, &callback).await?;
    let (operation, amount) = (callback.operation_id(), sale.order.amount().get().into());
    if sale.settled_by.is_none() {
        shop.database(|tables| tables.credit_unguarded(sale.order.id(), operation, amount)).await?;
    }
    shop.izly(|client| client.confirm(operation, &sale.order)).await?;
    Ok(())
}

async fn no_uniqueness(shop: &Shop, body: &[u8]) -> Result<(), Trouble> {
    let callback = Callback::parse(body)?;
    let sale = recipe::sale_of(shop, &callback).await?;
    if sale.settled_by.is_some() {
        return Ok(());
    }
    let paid = shop.izly(|client| client.confirm(&callback, &sale.order)).await?;
    let amount = paid.amount().get().into();
    shop.database(|tables| tables.credit_unguarded(paid.order_id(), paid.operation_id(), amount)).await
}

async fn trust_callback_amount(shop: &Shop, body: &[u8]) -> Result<(), Trouble> {
    let callback = Callback::parse(body)?;
    let sale = recipe::sale_of(shop, &callback).await?;
    if sale.settled_by.is_some() {
        return Ok(());
    }
    let paid = shop.izly(|client| client.confirm(&callback, &sale.order)).await?;
    let amount = claimed_cents(&callback).unwrap_or_default();
    shop.database(|tables| match tables.find(paid.order_id()) {
        Some(sale) if sale.settled_by.is_none() => {
            tables.credit_unguarded(paid.order_id(), paid.operation_id(), amount);
        }
        _ => {}
    })
    .await
}

/// The amount as it is written, taken for euros.
fn claimed_cents(callback: &Callback) -> Option<u64> {
    let text = callback.untrusted().amount_text?;
    izly::Cents::from_euros(text).ok().map(|cents| cents.get().into())
}

async fn trust_callback_order(shop: &Shop, body: &[u8]) -> Result<(), Trouble> {
    let callback = Callback::parse(body)?;
    let sale = recipe::sale_of(shop, &callback).await?;
    let operation = callback.operation_id();
    let payment = shop.izly(|client| client.payment(operation)).await?;
    if payment.status != Status::Completed {
        return Err(Trouble::NotOpen);
    }
    let amount = payment.amount.get().into();
    shop.database(|tables| match tables.find(sale.order.id()) {
        Some(sale) if sale.settled_by.is_none() => tables.credit_unguarded(sale.order.id(), operation, amount),
        _ => {}
    })
    .await
}

async fn skips_orders_without_operation(shop: &Shop) -> Result<(), Trouble> {
    let sales = shop.database(|tables| tables.orders_to_look_at()).await?;
    for sale in sales.iter().filter(|sale| sale.operation_id.is_some()) {
        let _ = recipe::look_again(shop, sale).await;
    }
    look_at_refunds(shop).await
}

async fn gives_up_early(shop: &Shop) -> Result<(), Trouble> {
    const TOO_SOON: Millis = 15 * MINUTE;
    for sale in shop.database(|tables| tables.orders_to_look_at()).await? {
        if shop.now() - sale.placed_at >= TOO_SOON {
            let _ = give_up(shop, sale.order.id(), sale.operation_id, &sale.order).await;
        }
    }
    look_at_refunds(shop).await
}

async fn give_up(shop: &Shop, id: &str, operation: Option<OperationId>, order: &Order) -> Result<(), Trouble> {
    let Some(operation) = operation else { return shop.database(|tables| tables.abandon(id)).await };
    match shop.izly(|client| client.confirm(operation, order)).await {
        Ok(paid) => shop.database(|tables| tables.credit(&paid)).await.map(|_: Credit| ()),
        Err(error) if matches!(error.kind(), ErrorKind::NotFinal | ErrorKind::NotPaid) => {
            shop.database(|tables| tables.abandon(id)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn look_at_refunds(shop: &Shop) -> Result<(), Trouble> {
    for refund in shop.database(|tables| tables.open_refunds()).await? {
        let _ = recipe::look_at_refund(shop, &refund).await;
    }
    Ok(())
}

async fn other_status_is_no(shop: &Shop) -> Result<(), Trouble> {
    look_at_orders(shop).await?;
    for refund in shop.database(|tables| tables.open_refunds()).await? {
        let Ok(payment) = shop.izly(|client| client.payment(refund.operation_id)).await else { continue };
        let is_refunded = payment.status == Status::Refund;
        if is_refunded || refund.is_over {
            let state = if is_refunded { State::Refunded } else { State::Paid };
            recipe::end(shop, &refund.order_id, state).await?;
        }
    }
    Ok(())
}

async fn look_at_orders(shop: &Shop) -> Result<(), Trouble> {
    for sale in shop.database(|tables| tables.orders_to_look_at()).await? {
        let _ = recipe::look_again(shop, &sale).await;
    }
    Ok(())
}

async fn impatient_refund(shop: &Shop) -> Result<(), Trouble> {
    look_at_orders(shop).await?;
    for refund in shop.database(|tables| tables.open_refunds_after(MINUTE)).await? {
        let _ = recipe::look_at_refund(shop, &refund).await;
    }
    Ok(())
}

async fn retry_refund(shop: &Shop, order_id: &str) -> Result<(), Trouble> {
    let Some(operation) = shop.database(|tables| tables.claim_refund(order_id)).await? else { return Ok(()) };
    let target = RefundTarget::new(operation, order_id)?;
    let mut result = shop.izly(|client| client.refund(&target)).await;
    for _ in 0..2 {
        if result.as_ref().is_err_and(|error| error.outcome() == Outcome::Unknown) {
            result = shop.izly(|client| client.refund(&target)).await;
        }
    }
    result?;
    recipe::end(shop, order_id, State::Refunded).await
}

async fn refund_without_claim(shop: &Shop, order_id: &str) -> Result<(), Trouble> {
    let Some(sale) = shop.database(|tables| tables.find(order_id)).await? else { return Ok(()) };
    let Some(operation) = sale.settled_by.filter(|_| sale.state == State::Paid) else { return Ok(()) };
    let target = RefundTarget::new(operation, order_id)?;
    shop.izly(|client| client.refund(&target)).await?;
    shop.database(|tables| tables.set_state(order_id, State::Refunded)).await
}

async fn unknown_is_failure(shop: &Shop, order_id: &str) -> Result<(), Trouble> {
    let Some(operation) = shop.database(|tables| tables.claim_refund(order_id)).await? else { return Ok(()) };
    let target = RefundTarget::new(operation, order_id)?;
    let result = shop.izly(|client| client.refund(&target)).await;
    let is_refunded = match &result {
        Ok(_) => true,
        // One look, and then the next click may try again.
        Err(_) => shop.izly(|client| client.payment(operation)).await?.status == Status::Refund,
    };
    recipe::end(shop, order_id, if is_refunded { State::Refunded } else { State::Paid }).await
}
