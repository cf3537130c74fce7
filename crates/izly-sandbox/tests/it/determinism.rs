//! The same seed and the same requests give the same bytes.

use izly_sandbox::{ClockMode, PASSWORD, Sandbox};

use crate::client::{Server, cancel, code_in, log_in, pay, pay_rich};

/// Plays everything once, and returns every answer and callback with the base URL replaced.
fn play(seed: u64) -> Vec<String> {
    let sandbox = Sandbox::builder().seed(seed).start().unwrap();
    // Nobody listens there, so that the deliveries are the same on each run too.
    sandbox.update_partner(|partner| partner.callback_allowed = false);
    let server = Server::of(&sandbox);
    let code = code_in(&log_in(&sandbox, "&scope=16385&state=s", "riche@example.fr", PASSWORD));
    let tokens = server.exchange(&code).json();
    let value = |name: &str| tokens[name].as_str().unwrap().to_owned();
    server.user(&value("access_token"));
    server.token(&format!("grant_type=refresh_token&refresh_token={}", value("refresh_token")));
    let paid = server.created(r#"{"Amount":150,"ClientOrderId":"a","CallbackParameters":"x=1"}"#);
    pay(&sandbox, &paid.url, "solde-insuffisant@example.fr", PASSWORD);
    pay_rich(&sandbox, &paid.url);
    server.read(paid.id);
    server.refund(paid.id, "a");
    let cancelled = server.created(r#"{"Amount":150,"ClientOrderId":"b"}"#);
    cancel(&sandbox, &cancelled.url);
    server.read(1);

    let base_url = sandbox.base_url().to_owned();
    let journal = sandbox.journal().into_iter().map(|entry| {
        let headers = format!("{:?}", entry.response_headers);
        let body = String::from_utf8(entry.response_body).unwrap();
        format!("{} {} {} {} {headers} {body}", entry.sequence, entry.date, entry.target, entry.status)
    });
    let deliveries = sandbox.deliveries().into_iter().map(|delivery| delivery.url + &delivery.body);
    let emails = sandbox.emails().into_iter().map(|email| email.text);
    journal.chain(deliveries).chain(emails).map(|text| text.replace(&base_url, "BASE")).collect()
}

#[test]
fn same_seed_and_script_same_bytes() {
    let (first, second) = (play(7), play(7));
    // 16 requests, 2 callbacks that were held back, 1 e-mail.
    assert_eq!(first.len(), 19);
    for (one, other) in first.iter().zip(&second) {
        assert_eq!(one, other);
    }
    assert_eq!(first.len(), second.len());
}

#[test]
fn another_seed_other_ids() {
    let ids = |seed| {
        let sandbox = Sandbox::builder().seed(seed).start().unwrap();
        let created = Server::of(&sandbox).created(r#"{"Amount":150,"ClientOrderId":"a"}"#);
        (created.id, sandbox.payments()[0].token.clone())
    };
    let (first, second) = (ids(1), ids(2));
    assert!(first.0 != second.0 && first.1 != second.1, "{first:?} {second:?}");
}

#[test]
fn the_real_clock_is_a_switch() {
    let sandbox = Sandbox::builder().clock(ClockMode::Real).start().unwrap();
    Server::of(&sandbox).created(r#"{"Amount":150,"ClientOrderId":"a"}"#);
    let created = sandbox.payments()[0].created;
    assert!(created.iso().as_str() > "2026-01-05T09:00:01" && created <= sandbox.now(), "{created}");
}
