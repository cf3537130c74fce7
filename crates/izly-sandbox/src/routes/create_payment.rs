//! `POST /api/Izly/WebPayments`: a partner asks for a payment.

use serde_json::{Map, Value};

use crate::api_error::ApiError;
use crate::app::App;
use crate::callback::{Announcement, CallbackMode, DeliveryOptions};
use crate::http::{Incoming, Reply};
use crate::json::{Json, amount_text};
use crate::partner::is_http_url;
use crate::payment::{LARGEST_AMOUNT, PaymentOrder, PaymentRecord};
use crate::routes::authorize_payment::approve;
use crate::routes::partner_call::check_payment_call;
use crate::routes::shapes;
use crate::world::World;

/// Creates the payment and tells where the student pays.
pub(crate) fn answer(app: &App, world: &mut World, request: &Incoming) -> (Reply, Option<Announcement>) {
    let order = check_payment_call(world, request).and_then(|()| read(&request.body));
    let payment = match order.and_then(|order| world.create_payment(order)) {
        Ok(payment) => payment,
        Err(error) => return (Reply::api_error(error, &world.wire), None),
    };
    let amount = amount_text(payment.amount_cents, world.wire.create_amount);
    let json = Json::object()
        .with("PaymentAuthorizationUrl", format!("{}{}", app.base_url, payment.authorization_target()))
        .with("OperationSMoney", shapes::operation(&payment, amount, payment.status, &world.wire))
        .with("Beneficiary", shapes::beneficiary(world, &payment));
    let reply = Reply::json(200, &json, &world.wire).about(payment.operation_id);
    (reply, pay_at_once(app, world, &payment))
}

/// The payment of a student quicker than the reply, if the sandbox was told to play one.
fn pay_at_once(app: &App, world: &mut World, payment: &PaymentRecord) -> Option<Announcement> {
    if world.callbacks.mode != CallbackMode::BeforeCreationReply {
        return None;
    }
    let account = world.account_that_can_pay(payment.amount_cents)?;
    let outcome = world.pay(payment.operation_id, account)?;
    approve(app, world, payment.operation_id, outcome, &DeliveryOptions::default()).announcement
}

/// Reads the six properties, whatever their case (*observed*: production clients send `amount`).
fn read(body: &[u8]) -> Result<PaymentOrder, ApiError> {
    let properties: Map<String, Value> = serde_json::from_slice(body).map_err(|_| ApiError::UnreadableBody)?;
    Ok(PaymentOrder {
        amount_cents: amount(find(&properties, "Amount"))?,
        order_id: order_id(find(&properties, "ClientOrderId"))?,
        message: text(&properties, "Message")?,
        callback_parameters: text(&properties, "CallbackParameters")?,
        redirect_url: redirect_url(&properties)?,
        software: software(find(&properties, "Software"))?,
    })
}

fn find<'a>(properties: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    properties
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
        .filter(|value| !value.is_null())
}

/// A whole number of centimes, as a JSON number (*documented* by the type) or a text (*documented* by the sample).
fn amount(value: Option<&Value>) -> Result<u64, ApiError> {
    let cents = whole_number(value.ok_or(ApiError::Amount)?);
    cents.filter(|cents| (1..=LARGEST_AMOUNT).contains(cents)).ok_or(ApiError::Amount)
}

fn order_id(value: Option<&Value>) -> Result<String, ApiError> {
    value.and_then(Value::as_str).filter(|id| !id.is_empty()).map(str::to_owned).ok_or(ApiError::OrderId)
}

fn text(properties: &Map<String, Value>, name: &'static str) -> Result<Option<String>, ApiError> {
    match find(properties, name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(ApiError::OptionalProperty(name)),
    }
}

/// The link of the success page. It must be http or https: it ends up in a page that people trust.
fn redirect_url(properties: &Map<String, Value>) -> Result<Option<String>, ApiError> {
    const NAME: &str = "RedirectUrlAfterPayment";
    match text(properties, NAME)?.filter(|url| !url.is_empty()) {
        Some(url) if !is_http_url(&url) => Err(ApiError::OptionalProperty(NAME)),
        url => Ok(url),
    }
}

fn software(value: Option<&Value>) -> Result<Option<u64>, ApiError> {
    value.map(|value| whole_number(value).ok_or(ApiError::OptionalProperty("Software"))).transpose()
}

/// `150` or `"150"`; never `150.0`, `1.5e2`, `+150` or ` 150`.
fn whole_number(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(body: &str) -> ApiError {
        read(body.as_bytes()).unwrap_err()
    }

    #[test]
    fn reads_all_six_properties_whatever_their_case() {
        let body = r#"{"amount":"150","CLIENTORDERID":"é/1","callbackParameters":"a=1","Message":"2 cafés",
            "redirectUrlAfterPayment":"https://example.fr/x","software":39}"#;
        let order = read(body.as_bytes()).unwrap();
        assert_eq!((order.amount_cents, order.order_id.as_str()), (150, "é/1"));
        assert_eq!(order.callback_parameters.as_deref(), Some("a=1"));
        assert_eq!(order.message.as_deref(), Some("2 cafés"));
        assert_eq!(order.redirect_url.as_deref(), Some("https://example.fr/x"));
        assert_eq!(order.software, Some(39));
    }

    #[test]
    fn optional_properties_may_be_null_or_absent() {
        let order = read(br#"{"Amount":1,"ClientOrderId":"a","Message":null,"RedirectUrlAfterPayment":""}"#).unwrap();
        assert!(order.message.is_none() && order.redirect_url.is_none() && order.callback_parameters.is_none());
    }

    #[test]
    fn amounts_are_whole_positive_centimes() {
        for amount in
            ["0", "-1", "1.0", "1.5", "1e2", "\"1.00\"", "\"\"", "\" 1\"", "\"+1\"", "null", "true", "2147483648"]
        {
            let body = format!(r#"{{"Amount":{amount},"ClientOrderId":"a"}}"#);
            assert_eq!(fault(&body), ApiError::Amount, "{amount}");
        }
        assert_eq!(fault(r#"{"ClientOrderId":"a"}"#), ApiError::Amount);
    }

    #[test]
    fn names_what_is_wrong() {
        assert_eq!(fault(""), ApiError::UnreadableBody);
        assert_eq!(fault("[1]"), ApiError::UnreadableBody);
        assert_eq!(fault(r#"{"Amount":1}"#), ApiError::OrderId);
        assert_eq!(fault(r#"{"Amount":1,"ClientOrderId":""}"#), ApiError::OrderId);
        assert_eq!(fault(r#"{"Amount":1,"ClientOrderId":7}"#), ApiError::OrderId);
        let with = |extra: &str| fault(&format!(r#"{{"Amount":1,"ClientOrderId":"a",{extra}}}"#));
        assert_eq!(with(r#""Message":1"#), ApiError::OptionalProperty("Message"));
        assert_eq!(with(r#""Software":"x""#), ApiError::OptionalProperty("Software"));
        assert_eq!(
            with(r#""RedirectUrlAfterPayment":"javascript:alert(1)""#),
            ApiError::OptionalProperty("RedirectUrlAfterPayment")
        );
    }
}
