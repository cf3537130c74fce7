//! From a click on *Payer* to Izly's page.

use izly::{NewPayment, Order};

use crate::shop::{Shop, Trouble};

/// Gives the address of the page where the student pays. If it fails, nobody has that page: the next click is a new
/// order.
pub(crate) async fn checkout(shop: &Shop, order: &Order) -> Result<String, Trouble> {
    shop.database(|tables| tables.place(order)).await?;
    let payment = NewPayment::new(order.clone());
    let pending = shop.izly(|client| client.create_payment(&payment)).await?;
    let is_open = shop.database(|tables| tables.payment_created(order.id(), pending.operation_id)).await?;
    if is_open { Ok(pending.authorization_url) } else { Err(Trouble::NotOpen) }
}
