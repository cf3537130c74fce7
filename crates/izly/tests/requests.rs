//! What goes over the wire, byte for byte, as a server on a real socket sees it.

#![allow(clippy::unwrap_used)]

mod support;

use izly::{
    AccessToken, AmountUnit, Cents, ContentType, NewPayment, Order, RefreshToken, RefundTarget, State, Tokens, Wire,
};
use support::{IDENTIFIER, RawServer, answer, key, operation};

const USER_AGENT: &str = concat!("user-agent: izly/", env!("CARGO_PKG_VERSION"), " (Rust)");

/// The start line, the headers in alphabetical order without `host`, and the body.
fn parts(request: &str) -> (String, Vec<String>, String) {
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let mut lines = head.split("\r\n").map(str::to_owned);
    let start = lines.next().unwrap();
    let mut headers: Vec<String> = lines.filter(|line| !line.starts_with("host: ")).collect();
    headers.sort();
    (start, headers, body.to_owned())
}

fn headers(expected: &[&str]) -> Vec<String> {
    let mut all: Vec<String> = expected.iter().map(|line| (*line).to_owned()).collect();
    all.sort();
    all
}

fn basic() -> String {
    format!("authorization: Basic {}", key().reveal())
}

#[test]
fn a_code_is_traded_with_its_parameters_in_the_query_and_a_length_of_zero() {
    let server = RawServer::always(answer(200, r#"{"access_token":"a","refresh_token":"r"}"#));
    let query = "?code=MTs1Njtl%2BTI5R3I%2fNjR%3d%3d&state=s";
    let tokens = server.client().finish_login(query, &State::new("s")).unwrap();
    assert_eq!(tokens.access.reveal(), "a");
    let (start, sent, body) = parts(&server.requests()[0]);
    let code = "MTs1Njtl%2BTI5R3I%2FNjR%3D%3D";
    assert_eq!(start, format!("POST /oauth/Home/Token?grant_type=authorization_code&code={code} HTTP/1.1"));
    assert_eq!(sent, headers(&["accept: application/json", &basic(), "content-length: 0", USER_AGENT]));
    assert_eq!(body, "");
}

#[test]
fn a_refresh_token_is_encoded_once() {
    let server = RawServer::always(answer(200, r#"{"access_token":"a"}"#));
    let old = Tokens::new(AccessToken::new("x"), Some(RefreshToken::new("a+b/c=")));
    let tokens = server.client().refresh(&old).unwrap();
    assert_eq!(tokens.refresh.unwrap().reveal(), "a+b/c=", "the old refresh token is kept");
    let (start, sent, body) = parts(&server.requests()[0]);
    assert_eq!(start, "POST /oauth/Home/Token?grant_type=refresh_token&refresh_token=a%2Bb%2Fc%3D HTTP/1.1");
    assert_eq!(sent, headers(&["accept: application/json", &basic(), "content-length: 0", USER_AGENT]));
    assert_eq!(body, "");
}

#[test]
fn user_details_are_asked_for_with_the_token_alone() {
    let server = RawServer::always(answer(200, r#"{"Id":1}"#));
    server.client().user(&AccessToken::new("MTs1NjtjR2=")).unwrap();
    let (start, sent, body) = parts(&server.requests()[0]);
    assert_eq!(start, "GET /api/izly/users HTTP/1.1");
    assert_eq!(sent, headers(&["accept: application/json", "authorization: Bearer MTs1NjtjR2=", USER_AGENT]));
    assert_eq!(body, "");
}

#[test]
fn a_payment_is_created_with_all_six_properties() {
    let server = RawServer::scripted(|stream, _, request| {
        use std::io::Write as _;
        let host = request.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
        let body = format!(
            r#"{{"PaymentAuthorizationUrl":"http://{host}/pay","OperationSMoney":{{"Id":1,"Amount":"1.50"}}}}"#
        );
        stream.write_all(answer(200, &body).as_bytes()).unwrap();
    });
    let order = Order::new("étudiant@univ/2 & co", Cents::new(150).unwrap()).unwrap();
    let payment = NewPayment::new(order)
        .message("2 cafés")
        .callback_parameter("commande n°", "a&b=c")
        .callback_parameter("x", "1")
        .redirect_url("https://boutique.example/retour?o=1")
        .software(39);
    server.client().create_payment(&payment).unwrap();
    let (start, sent, body) = parts(&server.requests()[0]);
    assert_eq!(start, "POST /api/Izly/WebPayments HTTP/1.1");
    let length = format!("content-length: {}", body.len());
    let identifier = format!("appidentifier: {IDENTIFIER}");
    let content_type = "content-type: application/vnd.Xpollens.v1+json";
    let expected = ["accept: application/json", &identifier, &basic(), &length, content_type, USER_AGENT];
    assert_eq!(sent, headers(&expected));
    assert_eq!(
        body,
        concat!(
            r#"{"Amount":150,"ClientOrderId":"étudiant@univ/2 & co","#,
            r#""CallbackParameters":"commande%20n%C2%B0=a%26b%3Dc&x=1","#,
            r#""RedirectUrlAfterPayment":"https://boutique.example/retour?o=1","Message":"2 cafés","Software":39}"#
        )
    );
}

#[test]
fn a_payment_is_read_with_key_identifier_and_content_type() {
    let server = RawServer::always(answer(200, support::PAID));
    server.client().confirm(operation(), &support::order()).unwrap();
    let (start, sent, body) = parts(&server.requests()[0]);
    assert_eq!(start, "GET /api/Izly/WebPayments/52795 HTTP/1.1");
    let identifier = format!("appidentifier: {IDENTIFIER}");
    let content_type = "content-type: application/vnd.Xpollens.v1+json";
    assert_eq!(sent, headers(&["accept: application/json", &identifier, &basic(), content_type, USER_AGENT]));
    assert_eq!(body, "");
}

#[test]
fn a_refund_names_the_order_in_its_query_and_has_a_length_of_zero() {
    let reply = r#"{"OperationId":52795,"OperationStatus":"Refund","Amount":150.00}"#;
    let server = RawServer::always(answer(200, reply));
    let target = RefundTarget::new(operation(), "étudiant@univ/2 & co").unwrap();
    let mut wire = Wire::default();
    wire.content_type = ContentType::SMoney;
    wire.refund_slash = true;
    wire.reply_amounts = AmountUnit::Centimes;
    let switched = server.builder().wire(wire).application("boutique/1.4").build().unwrap();
    let refund = switched.refund(&target).unwrap();
    assert_eq!(refund.amount, Some(Cents::new(150).unwrap()));
    server.client().refund(&target).unwrap();
    let encoded = "%C3%A9tudiant%40univ%2F2%20%26%20co";
    let (start, sent, body) = parts(&server.requests()[0]);
    assert_eq!(start, format!("POST /api/Izly/WebPayments/52795/Refund?clientOrderId=/{encoded} HTTP/1.1"));
    let identifier = format!("appidentifier: {IDENTIFIER}");
    let content_type = "content-type: application/vnd.s-money.v1+json";
    let user_agent = format!("{USER_AGENT} boutique/1.4");
    let expected = ["accept: application/json", &identifier, &basic(), "content-length: 0", content_type, &user_agent];
    assert_eq!(sent, headers(&expected));
    assert_eq!(body, "");
    let (start, ..) = parts(&server.requests()[1]);
    assert_eq!(start, format!("POST /api/Izly/WebPayments/52795/Refund?clientOrderId={encoded} HTTP/1.1"));
}
