//! What people read when something is wrong: every wrong argument and every malformed reply has a message of its own.

#![allow(clippy::unwrap_used)]

use std::collections::HashMap;
use std::time::Duration;

use izly::protocol::{Call, Confirm, CreatePayment, Partner, ReadPayment, ReadUser, Response};
use izly::{
    AccessToken, ApiKey, Callback, Cents, Client, Environment, Error, NewPayment, OperationId, Order, Outcome, Reply,
    State, StatePolicy,
};

fn key() -> ApiKey {
    ApiKey::from_parts("Paris-78-78-78-78", "s3cret").unwrap()
}

fn order() -> Order {
    Order::new("order-42", Cents::new(150).unwrap()).unwrap()
}

fn partner() -> Partner {
    Partner::new(Environment::Preproduction, key()).unwrap()
}

fn payment(change: impl FnOnce(NewPayment) -> NewPayment) -> Error {
    let payment = change(NewPayment::new(order()));
    CreatePayment::new(&payment).request(&partner()).unwrap_err()
}

fn setting(change: impl FnOnce(izly::ClientBuilder) -> izly::ClientBuilder) -> Error {
    change(Client::builder(Environment::Preproduction, key())).build().unwrap_err()
}

fn read(body: &str) -> Error {
    let id = OperationId::new(52795).unwrap();
    ReadPayment::new(id).reply(&partner(), &Response::new(200, body)).unwrap_err()
}

fn confirm(body: &str) -> Error {
    let id = OperationId::new(52795).unwrap();
    Confirm::new(id, &order()).reply(&partner(), &Response::new(200, body)).unwrap_err()
}

fn returned(query: &str) -> Error {
    izly::protocol::read_return(query, &State::new("s"), StatePolicy::Require).unwrap_err()
}

#[test]
fn every_wrong_argument_is_named_with_its_rule() {
    let cents = Cents::new(150).unwrap();
    let errors = [
        (Cents::new(-1).unwrap_err(), "invalid input: amount must be 0 to 2147483647 centimes"),
        (Cents::from_euros("1,50").unwrap_err(), "invalid input: amount must be a plain decimal number such as 1.50"),
        (Cents::from_euros("1.505").unwrap_err(), "invalid input: amount must have at most two decimals"),
        (Cents::from_euros("99999999999").unwrap_err(), "invalid input: amount is out of range"),
        (Order::new("a", Cents::new(0).unwrap()).unwrap_err(), "invalid input: amount must be at least 1 centime"),
        (Order::new("", cents).unwrap_err(), "invalid input: order_id must not be empty"),
        (Order::new("x".repeat(101), cents).unwrap_err(), "invalid input: order_id must be at most 100 characters"),
        (Order::new("a\u{7}", cents).unwrap_err(), "invalid input: order_id must not hold control characters"),
        (Order::new("a ", cents).unwrap_err(), "invalid input: order_id must not have white space around it"),
        (OperationId::new(0).unwrap_err(), "invalid input: operation_id must be 1 to 9223372036854775807"),
        (payment(|p| p.message("a\nb")), "invalid input: message must not hold control characters"),
        (payment(|p| p.message("é".repeat(256))), "invalid input: message must be at most 255 characters"),
        (
            payment(|p| p.callback_parameters("a=é")),
            "invalid input: callback_parameters must be a percent-encoded query such as a=1&b=2, without a leading `?` or `&`",
        ),
        (
            payment(|p| p.redirect_url("javascript:alert(1)")),
            "invalid input: redirect_url must be an absolute http or https URL without a user name",
        ),
        (payment(|p| p.software(u32::MAX)), "invalid input: software must be 0 to 2147483647"),
        (
            ReadUser::new(&AccessToken::new("a\r\nX: y")).request(&partner()).unwrap_err(),
            "invalid input: access_token must be visible ASCII and not empty",
        ),
        (Reply::rejected(0, "").unwrap_err(), "invalid input: code must not be 0, which means success"),
        (Reply::accepted().with_status(99).unwrap_err(), "invalid input: status must be 200 to 599"),
        (returned("state=s"), "invalid input: code is missing from the query"),
        (returned("state=s&code=a&code=b"), "invalid input: code stands twice in the query, with different values"),
        (returned("state=s&code=%zz"), "invalid input: code holds a broken percent sequence"),
        (returned("state=s&code=%ff"), "invalid input: code is not UTF-8"),
        (returned("code=a"), "login: the state did not come back with the login [not_sent]"),
        (returned("code=a&state=t"), "login: the state is not the one this login began with [not_sent]"),
        (
            ApiKey::new("UGFyaXM=").unwrap_err(),
            "configuration: api_key holds no `:`: it must be Base64 of `identifier:secret`",
        ),
        (ApiKey::from_parts("a:b", "c").unwrap_err(), "configuration: identifier must not hold a `:`"),
        (
            setting(|b| b.app_identifier("Lyon-69-69-69-69")),
            "configuration: app_identifier is not the one in the API key, `Paris-78-78-78-78`",
        ),
        (setting(|b| b.deadline(Duration::ZERO)), "configuration: deadline must be above 0 and at most 10 minutes"),
        (setting(|b| b.connect_timeout(Duration::ZERO)), "configuration: connect_timeout must be above 0"),
        (setting(|b| b.max_body_bytes(1)), "configuration: max_body_bytes must be at least 1024"),
        (
            setting(|b| b.application("café/1")),
            "configuration: application must be printable ASCII, such as boutique-bde/1.4",
        ),
        (setting(|b| b.ca_file("/nowhere/ca.pem")), "configuration: ca_file cannot be read"),
        (
            Environment::url("http://rest.izly.fr").unwrap_err(),
            "configuration: environment must be https; plain http is for loopback addresses only",
        ),
        (
            Environment::url("https://a/b").unwrap_err(),
            "configuration: environment must not hold a path, query or fragment",
        ),
        (
            Environment::url("http://127.0.0.1:99999").unwrap_err(),
            "configuration: environment must have a port from 1 to 65535, or none",
        ),
        (
            Partner::new(Environment::Production, ApiKey::from_parts("a", "sandbox_1").unwrap()).unwrap_err(),
            "configuration: api_key is a sandbox key, which is never sent to the real Izly",
        ),
    ];
    assert_distinct(&errors);
    for (error, message) in errors {
        assert_eq!(error.to_string(), message);
        assert_eq!(error.outcome(), Outcome::NotSent, "{message}");
        assert!(error.field().is_some(), "{message}");
    }
}

#[test]
fn every_malformed_reply_is_named_with_its_field() {
    let with = |fields: &str| format!(r#"{{"OperationId":52795,"Amount":1.50,"OrderId":"order-42",{fields}}}"#);
    let errors = [
        (read(""), "read payment: the body is empty [unknown]"),
        (read("<html>"), "read payment: the body is not JSON (line 1, column 1) [unknown]"),
        (read("[]"), "read payment: the body is not a JSON object [unknown]"),
        (read(r#"{"OperationId":"#), "read payment: the body ends too early [unknown]"),
        (
            read(r#"{"Amount":1,"amount":2}"#),
            "read payment: the body holds `amount` twice with different values [unknown]",
        ),
        (read(&"[".repeat(99)), "read payment: the body nests deeper than 64 [unknown]"),
        (read("{}"), "read payment: OperationId is missing [unknown]"),
        (read(r#"{"OperationId":{}}"#), "read payment: OperationId must be a text or a number [unknown]"),
        (read(r#"{"OperationId":"1e3"}"#), "read payment: OperationId must be a whole number [unknown]"),
        (read(r#"{"OperationId":0}"#), "read payment: OperationId must be at least 1 [unknown]"),
        (read(r#"{"OperationId":"\ud800"}"#), "read payment: OperationId holds a broken escape [unknown]"),
        (
            read(r#"{"OperationId":52795,"Amount":"1,50"}"#),
            "read payment: Amount must be a plain decimal number such as 1.50 [unknown]",
        ),
        (
            read(&with(r#""OperationStatus":"Completed","Error":{"Code":"x"}"#)),
            "read payment: Error.Code must be a whole number [unknown]",
        ),
        (
            confirm(&with(r#""OperationStatus":"Waiting""#)),
            "confirm payment: its status is Waiting: ask again later [unknown]",
        ),
        (confirm(&with(r#""OperationStatus":"Refused""#)), "confirm payment: its status is Refused [rejected]"),
        (
            confirm(&with(r#""OperationStatus":"Completed","Error":"solde""#)),
            "confirm payment: its status is Completed, yet it reports an error [unknown]",
        ),
        (
            confirm(&with(r#""OperationStatus":"Completed","BeneficiaryClientId":"Lyon-69""#)),
            "confirm payment: the operation pays `Lyon-69`, not this partner [rejected]",
        ),
        (
            confirm(r#"{"OperationId":52795,"Amount":150.00,"OrderId":"order-42","OperationStatus":"Completed"}"#),
            "confirm payment: the operation is for 150.00 euros, the order for 1.50: \
             off by exactly 100, as if the switch `reply_amounts` should not be Euros [rejected]",
        ),
        (
            confirm(r#"{"OperationId":1,"Amount":1.50,"OrderId":"order-42","OperationStatus":"Completed"}"#),
            "confirm payment: asked about operation 52795, answered about 1 [unknown]",
        ),
        (Callback::parse(b"\xff").unwrap_err(), "callback: the body is not UTF-8"),
        (
            Callback::parse(br#"{"OperationSMoney":{"Id":1},"Beneficiary":{"ClientId":"a","AppIdentifier":"b"}}"#)
                .unwrap_err(),
            "callback: Beneficiary.ClientId and AppIdentifier differ",
        ),
        (Callback::parse(br#"{"OperationSMoney":7}"#).unwrap_err(), "callback: OperationSMoney must be an object"),
        (Callback::parse(&vec![b' '; (1 << 20) + 1]).unwrap_err(), "callback: the body is larger than 1048576 bytes"),
    ];
    assert_distinct(&errors);
    for (error, message) in errors {
        assert_eq!(error.to_string(), message);
    }
}

fn assert_distinct(errors: &[(Error, &str)]) {
    let mut seen = HashMap::new();
    for (_, message) in errors {
        *seen.entry(*message).or_insert(0) += 1;
    }
    assert!(seen.values().all(|count| *count == 1), "{seen:?}");
}
