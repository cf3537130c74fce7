//! Vectors about what a caller gives: keys, orders, environments, and the requests made of them.

use izly::protocol::{
    Call, CreatePayment, ExchangeCode, ReadPayment, ReadUser, RefreshTokens, RefundPayment, Request, authorization_url,
    read_return,
};
use izly::{
    AccessToken, ApiKey, AuthorizationCode, Cents, Client, Environment, Error, NewPayment, OperationId, Order,
    RefreshToken, RefundTarget, Scope, State,
};
use serde_json::{Value, json};

use crate::{Outcome, partner, wire};

pub(crate) fn run(call: &str, vector: &Value) -> Option<Outcome> {
    let input = &vector["input"];
    let result = match call {
        "login_return" => login_return(vector),
        "login_url" => Ok(login_url(vector)),
        "api_key" => api_key(input),
        "order" => order(input).map(|order| json!({"order_id": order.id(), "amount_cents": order.amount().get()})),
        "environment" => environment(input),
        "new_payment" => new_payment(vector),
        "payment_request" => operation_id(input).and_then(|id| sent(&ReadPayment::new(id), vector)),
        "refund_request" => refund(input).and_then(|target| sent(&RefundPayment::new(&target), vector)),
        "token_request" => sent(&ExchangeCode::new(&AuthorizationCode::new(text(input, "code"))), vector),
        "refresh_request" => sent(&RefreshTokens::new(&RefreshToken::new(text(input, "refresh_token"))), vector),
        "user_request" => sent(&ReadUser::new(&AccessToken::new(text(input, "access_token"))), vector),
        _ => return None,
    };
    Some(result.map(|members| members.as_object().unwrap().clone()))
}

pub(crate) fn text<'v>(input: &'v Value, name: &str) -> &'v str {
    input[name].as_str().unwrap_or_else(|| panic!("the input has no {name}"))
}

pub(crate) fn operation_id(input: &Value) -> Result<OperationId, Error> {
    OperationId::new(input["operation_id"].as_u64().unwrap())
}

pub(crate) fn order(input: &Value) -> Result<Order, Error> {
    let amount = Cents::new(input["amount_cents"].as_i64().unwrap())?;
    Order::new(text(input, "order_id"), amount)
}

pub(crate) fn refund(input: &Value) -> Result<RefundTarget, Error> {
    RefundTarget::new(operation_id(input)?, text(input, "order_id"))
}

fn login_return(vector: &Value) -> Result<Value, Error> {
    let input = &vector["input"];
    let state = State::new(text(input, "state"));
    let code = read_return(text(input, "query"), &state, wire(&vector["wire"]).state)?;
    Ok(json!({"code": code.reveal()}))
}

fn login_url(vector: &Value) -> Value {
    let input = &vector["input"];
    let scope = Scope::from_bits(u32::try_from(input["scope"].as_u64().unwrap()).unwrap());
    let url = authorization_url(&partner(vector), scope, &State::new(text(input, "state")));
    json!({"url": url})
}

fn api_key(input: &Value) -> Result<Value, Error> {
    let key = match input["api_key"].as_str() {
        Some(key) => ApiKey::new(key)?,
        None => ApiKey::from_parts(text(input, "identifier"), text(input, "secret"))?,
    };
    if let Some(identifier) = input["app_identifier"].as_str() {
        Client::builder(Environment::Preproduction, key.clone()).app_identifier(identifier).build()?;
    }
    Ok(json!({"identifier": key.identifier(), "api_key": key.reveal()}))
}

fn environment(input: &Value) -> Result<Value, Error> {
    let environment = Environment::url(text(input, "url"))?;
    let secret = if input["sandbox_key"] == json!(true) { "sandbox_s3cret" } else { "s3cret" };
    let client = Client::builder(environment, ApiKey::from_parts("Paris-78-78-78-78", secret)?).build()?;
    Ok(json!({"base_url": client.partner().environment().base_url()}))
}

fn new_payment(vector: &Value) -> Result<Value, Error> {
    let input = &vector["input"];
    let mut payment = NewPayment::new(order(input)?);
    if let Some(message) = input["message"].as_str() {
        payment = payment.message(message);
    }
    payment = match &input["callback_parameters"] {
        Value::String(query) => payment.callback_parameters(query),
        Value::Array(pairs) => pairs.iter().fold(payment, |payment, pair| {
            payment.callback_parameter(pair[0].as_str().unwrap(), pair[1].as_str().unwrap())
        }),
        _ => payment,
    };
    if let Some(url) = input["redirect_url"].as_str() {
        payment = payment.redirect_url(url);
    }
    if let Some(software) = input["software"].as_i64() {
        // The type itself refuses a negative one.
        payment = payment.software(u32::try_from(software).unwrap_or(u32::MAX));
    }
    sent(&CreatePayment::new(&payment), vector)
}

fn sent(call: &impl Call, vector: &Value) -> Result<Value, Error> {
    let request = call.request(&partner(vector))?;
    Ok(describe(&request))
}

fn describe(request: &Request) -> Value {
    let target = request.url().reveal().strip_prefix("https://rest-pp.izly.fr").unwrap();
    let headers: Value = request
        .headers()
        .map(|(name, value)| (name.to_owned(), Value::from(value)))
        .collect::<serde_json::Map<_, _>>()
        .into();
    json!({
        "method": request.method().as_str(),
        "target": target,
        "headers": headers,
        "body": std::str::from_utf8(request.body()).unwrap(),
    })
}
