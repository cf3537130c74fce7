//! The four replies about a payment (protocol §4.1, §4.4, §4.5): where money is decided on.

use std::str::FromStr;

use bigdecimal::BigDecimal;
use izly::protocol::{Confirm, CreatePayment, Partner, ReadPayment, RefundPayment, Response};
use izly::{Cents, Error, ErrorKind, NewPayment, OperationId, Order, Outcome, Payment, RefundTarget, Status, Wire};

use crate::authorization_url::authorization_url;
use crate::fault::assert_rejected_for_a_reason;
use crate::json::{Fields, assert_accepted, assert_fairly_refused};
use crate::partner::{IDENTIFIER, answer, partner};

/// Each call takes a 200 with this body for what `serde_json` and a decimal library find in it, or for an error that
/// claims no more than it may.
pub fn payment(body: &[u8]) {
    let partner = partner(Wire::default());
    let fields = Fields::of(body);
    let response = Response::new(200, body);
    let asked = operation_id(&fields);
    let read = answer(&ReadPayment::new(asked), &partner, &response);
    judge(&read, body, &response);
    if let Ok(payment) = &read {
        assert_is_in_the_body(payment, &fields);
        let other = OperationId::new(asked.get() ^ 2).expect("neither 0 nor out of range");
        let error = answer(&ReadPayment::new(other), &partner, &response).expect_err("it is about another operation");
        assert_eq!(error.field(), Some("operation_id"));
    }
    confirms(&partner, &fields, body, read.ok().as_ref());
    refunds(&partner, &fields, body);
    creates(&partner, &fields, body);
}

fn judge<T>(result: &Result<T, Error>, body: &[u8], response: &Response) {
    match result {
        Ok(_) => assert_accepted(body),
        Err(error) => {
            assert_fairly_refused(body, error);
            assert_rejected_for_a_reason(error, response);
        }
    }
}

/// The operation a reply names, so that the one asked about is the one answered about.
fn operation_id(fields: &Fields) -> OperationId {
    let id = fields.integer("OperationId").and_then(|id| u64::try_from(id).ok());
    // 2 is no number that any other can be mistaken for below.
    id.filter(|id| *id != 2).and_then(|id| OperationId::new(id).ok()).unwrap_or(OperationId::new(7).expect("in range"))
}

/// The order a reply is about, where its reference is one that a partner could have given.
fn order(id: Option<String>, amount: Option<Cents>) -> Order {
    let amount = amount.filter(|amount| amount.get() > 0).unwrap_or(Cents::new(150).expect("in range"));
    let order = id.and_then(|id| Order::new(id, amount).ok());
    order.unwrap_or_else(|| Order::new("order-42", amount).expect("a reference and an amount"))
}

fn assert_is_in_the_body(payment: &Payment, fields: &Fields) {
    assert_eq!(i64::try_from(payment.operation_id.get()).ok(), fields.integer("OperationId"));
    assert_eq!(Some(&payment.order_id), fields.text("OrderId").as_ref());
    assert_eq!(Some(payment.status.clone()), fields.text("OperationStatus").as_deref().map(Status::from));
    assert_is_amount(payment.amount, fields);
}

fn assert_is_amount(amount: Cents, fields: &Fields) {
    let text = fields.text("Amount").expect("an amount that was read is in the body");
    let euros = BigDecimal::from_str(&text).unwrap_or_else(|error| panic!("{text} was read as {amount}: {error}"));
    assert_eq!(euros * 100, BigDecimal::from(amount.get()), "{text} was read as {amount}");
}

fn confirms(partner: &Partner, fields: &Fields, body: &[u8], read: Option<&Payment>) {
    let response = Response::new(200, body);
    let asked = operation_id(fields);
    let order = order(fields.text("OrderId"), read.map(|payment| payment.amount));
    let confirmed = answer(&Confirm::new(asked, &order), partner, &response);
    judge(&confirmed, body, &response);
    match (&confirmed, read) {
        (Ok(paid), Some(read)) => {
            assert!(paid.payment() == read, "a confirmation is a read");
            assert_eq!((paid.order_id(), paid.amount()), (order.id(), order.amount()));
            assert_eq!(
                fields.text("OperationStatus").map(|status| status.to_ascii_lowercase()).as_deref(),
                Some("completed")
            );
            assert!(fields.text("BeneficiaryClientId").is_none_or(|payee| payee == IDENTIFIER), "paid to another");
            assert!(fields.integer("Code").is_none_or(|code| code == 0), "paid beside an error");
            assert!(!fields.has("ErrorMessage"), "paid beside an error");
            let note = fields.inside("Error");
            assert!(note.integer("Code").is_none_or(|code| code == 0) && !note.has("Message"), "paid beside an error");
            assert!(fields.text("Error").is_none_or(|text| text == "0"), "paid beside an error");
        }
        (Ok(_), None) => panic!("confirmed what cannot be read"),
        (Err(_), _) => {}
    }
    assert_pays_nothing_else(partner, asked, &order, &response);
}

/// No other order, no other amount, no other operation is ever paid by this body.
fn assert_pays_nothing_else(partner: &Partner, asked: OperationId, order: &Order, response: &Response) {
    let other_id = Order::new(format!("{}x", order.id().get(..1).unwrap_or("y")), order.amount());
    let more = Cents::new(i64::from(order.amount().get() ^ 0x4000_0000)).ok();
    let other_amount = more.filter(|amount| amount.get() > 0).map(|amount| Order::new(order.id(), amount));
    for other in [Some(other_id), other_amount].into_iter().flatten().flatten() {
        if other != *order {
            assert!(answer(&Confirm::new(asked, &other), partner, response).is_err(), "{other:?} for {order:?}");
        }
    }
    let another = OperationId::new(asked.get() ^ 2).expect("neither 0 nor out of range");
    assert!(answer(&Confirm::new(another, order), partner, response).is_err(), "another operation pays {order:?}");
}

fn refunds(partner: &Partner, fields: &Fields, body: &[u8]) {
    let asked = operation_id(fields);
    let order = order(fields.text("ClientOrderId"), None);
    let target = RefundTarget::new(asked, order.id()).expect("an order's own reference");
    let response = Response::new(200, body);
    let refund = answer(&RefundPayment::new(&target), partner, &response);
    judge(&refund, body, &response);
    let Ok(refund) = refund else { return };
    assert_eq!(i64::try_from(refund.operation_id.get()).ok(), fields.integer("OperationId"));
    assert_eq!(fields.text("OperationStatus").as_deref().map(Status::from), Some(Status::Refund));
    assert!(fields.integer("Code").is_none_or(|code| code == 0), "refunded beside an error");
    if let Some(amount) = refund.amount {
        assert_is_amount(amount, fields);
    }
    let another = RefundTarget::new(OperationId::new(asked.get() ^ 2).expect("in range"), order.id());
    let error = answer(&RefundPayment::new(another.expect("as above")), partner, &response).expect_err("not asked for");
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Mismatch, Outcome::Unknown));
}

fn creates(partner: &Partner, fields: &Fields, body: &[u8]) {
    let operation = fields.inside("OperationSMoney");
    let amount = operation.text("Amount").and_then(|text| Cents::from_euros(&text).ok());
    let order = order(operation.text("ClientOrderId"), amount);
    let new = NewPayment::new(order.clone());
    let response = Response::new(200, body);
    let created = answer(&CreatePayment::new(&new), partner, &response);
    judge(&created, body, &response);
    let Ok(pending) = created else { return };
    assert_eq!(i64::try_from(pending.operation_id.get()).ok(), operation.integer("Id"));
    assert_eq!(Some(&pending.authorization_url), fields.text("PaymentAuthorizationUrl").as_ref());
    authorization_url(format!("preproduction\n{}", pending.authorization_url).as_bytes());
    assert!(operation.text("ClientOrderId").is_none_or(|id| id == order.id()), "created for another order");
    assert!(fields.integer("Code").is_none_or(|code| code == 0), "created beside an error");
}
