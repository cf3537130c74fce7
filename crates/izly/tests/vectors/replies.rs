//! Vectors about what Izly sends: callbacks and replies.

use base64::Engine as _;
use izly::protocol::{
    Call, Confirm, CreatePayment, ExchangeCode, ReadPayment, ReadUser, RefreshTokens, RefundPayment, Response,
};
use izly::{
    AccessToken, AuthorizationCode, Beneficiary, Callback, CallbackDate, CallbackPersonal, Date, Error, Extra,
    NewPayment, Payment, PendingPayment, Personal, RefreshToken, Refund, Status, Tokens, UserDetails,
};
use serde_json::{Value, json};

use crate::vectors::inputs::{operation_id, order, refund, text};
use crate::{Outcome, partner};

pub(crate) fn run(call: &str, vector: &Value) -> Option<Outcome> {
    let input = &vector["input"];
    let result = match call {
        "callback" => Callback::parse(&body(vector)).map(|callback| callback_members(&callback)),
        "create_payment" => order(input).and_then(|order| {
            received(&CreatePayment::new(&NewPayment::new(order)), vector).map(|pending| pending_members(&pending))
        }),
        "payment" => operation_id(input)
            .and_then(|id| received(&ReadPayment::new(id), vector).map(|payment| payment_members(&payment))),
        "confirm" => operation_id(input).and_then(|id| {
            let order = order(input)?;
            received(&Confirm::new(id, &order), vector).map(|paid| payment_members(paid.payment()))
        }),
        "refund" => refund(input)
            .and_then(|target| received(&RefundPayment::new(&target), vector).map(|refund| refund_members(&refund))),
        "token" => received(&ExchangeCode::new(&AuthorizationCode::new("the-code")), vector)
            .map(|tokens| token_members(&tokens)),
        "refresh" => received(&RefreshTokens::new(&RefreshToken::new(text(input, "refresh_token"))), vector)
            .map(|tokens| token_members(&tokens)),
        "user" => received(&ReadUser::new(&AccessToken::new("the-token")), vector).map(|user| user_members(&user)),
        _ => return None,
    };
    Some(result.map(|members| members.as_object().unwrap().clone()))
}

fn body(vector: &Value) -> Vec<u8> {
    match (vector["body"].as_str(), vector["body_base64"].as_str()) {
        (Some(text), None) => text.as_bytes().to_vec(),
        (None, Some(base64)) => base64::engine::general_purpose::STANDARD.decode(base64).unwrap(),
        _ => panic!("a vector has one body"),
    }
}

fn received<C: Call>(call: &C, vector: &Value) -> Result<C::Output, Error> {
    let status = vector["status"].as_u64().map_or(200, |status| u16::try_from(status).unwrap());
    call.reply(&partner(vector), &Response::new(status, body(vector)))
}

fn extra(extra: &Extra) -> Value {
    extra.iter().map(|(path, raw)| (path.to_owned(), Value::from(raw))).collect::<serde_json::Map<_, _>>().into()
}

fn date_text(date: Option<&Date>) -> Option<&str> {
    date.map(Date::text)
}

fn civil(date: Option<&Date>) -> Option<String> {
    date?.civil().map(|civil| civil.to_string())
}

fn personal(text: Option<&Personal>) -> Option<&str> {
    text.map(Personal::reveal)
}

fn status(status: Option<&Status>) -> Option<&str> {
    status.map(Status::as_str)
}

fn beneficiary(members: &mut Value, beneficiary: &Beneficiary) {
    members["beneficiary.account_id"] = json!(beneficiary.account_id);
    members["beneficiary.identifier"] = json!(beneficiary.identifier);
}

fn callback_members(callback: &Callback) -> Value {
    let claim = callback.untrusted();
    json!({
        "operation_id": callback.operation_id().get(),
        "order_id": callback.order_id(),
        "transaction_id": claim.transaction_id,
        "amount_text": claim.amount_text,
        "date_text": claim.date.map(CallbackDate::text),
        "date": claim.date.and_then(CallbackDate::civil).map(|civil| civil.to_string()),
        "status": status(claim.status),
        "message": claim.message,
        "callback_parameters": claim.callback_parameters,
        "user.account_id": claim.user.account_id.map(CallbackPersonal::reveal),
        "user.email": claim.user.email.map(CallbackPersonal::reveal),
        "user.client_code": claim.user.client_code.map(CallbackPersonal::reveal),
        "user.affectation_number": claim.user.affectation_number.map(CallbackPersonal::reveal),
        "error.code": claim.error.code,
        "error.message": claim.error.message,
        "beneficiary.account_id": claim.beneficiary.account_id,
        "beneficiary.identifier": claim.beneficiary.identifier,
        "extra": extra(claim.extra),
    })
}

fn pending_members(pending: &PendingPayment) -> Value {
    let mut members = json!({
        "operation_id": pending.operation_id.get(),
        "order_id": pending.order.id(),
        "amount_cents": pending.order.amount().get(),
        "authorization_url": pending.authorization_url,
        "transaction_id": pending.transaction_id,
        "date_text": date_text(pending.date.as_ref()),
        "date": civil(pending.date.as_ref()),
        "status": status(pending.status.as_ref()),
        "message": pending.message,
        "callback_parameters": pending.callback_parameters,
        "extra": extra(&pending.extra),
    });
    beneficiary(&mut members, &pending.beneficiary);
    members
}

fn payment_members(payment: &Payment) -> Value {
    let mut members = json!({
        "operation_id": payment.operation_id.get(),
        "order_id": payment.order_id,
        "transaction_id": payment.transaction_id,
        "amount_cents": payment.amount.get(),
        "date_text": date_text(payment.date.as_ref()),
        "date": civil(payment.date.as_ref()),
        "status": payment.status.as_str(),
        "message": payment.message,
        "callback_parameters": payment.callback_parameters,
        "customer.account_id": personal(payment.customer.account_id.as_ref()),
        "customer.email": personal(payment.customer.email.as_ref()),
        "customer.client_code": personal(payment.customer.client_code.as_ref()),
        "error_text": payment.error_text,
        "extra": extra(&payment.extra),
    });
    beneficiary(&mut members, &payment.beneficiary);
    members
}

fn refund_members(refund: &Refund) -> Value {
    json!({
        "operation_id": refund.operation_id.get(),
        "order_id": refund.order_id,
        "transaction_id": refund.transaction_id,
        "amount_cents": refund.amount.map(izly::Cents::get),
        "date_text": date_text(refund.date.as_ref()),
        "date": civil(refund.date.as_ref()),
        "status": refund.status.as_str(),
        "extra": extra(&refund.extra),
    })
}

fn token_members(tokens: &Tokens) -> Value {
    json!({
        "access_token": tokens.access.reveal(),
        "refresh_token": tokens.refresh.as_ref().map(RefreshToken::reveal),
        "token_type": tokens.token_type,
        "expires_in": tokens.expires_in,
        "scope": tokens.scope,
        "extra": extra(&tokens.extra),
    })
}

fn user_members(user: &UserDetails) -> Value {
    json!({
        "right_holder_id": personal(user.right_holder_id.as_ref()),
        "izly_id": personal(user.izly_id.as_ref()),
        "company": user.company,
        "rate": user.rate,
        "academic_year": user.academic_year,
        "employer": user.employer,
        "institution_code": user.institution_code,
        "component_code": user.component_code,
        "student_code": personal(user.student_code.as_ref()),
        "ine": personal(user.ine.as_ref()),
        "client_code": personal(user.client_code.as_ref()),
        "client_type": user.client_type,
        "affectation_number": personal(user.affectation_number.as_ref()),
        "id": personal(user.id.as_ref()),
        "extra": extra(&user.extra),
    })
}
