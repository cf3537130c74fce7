//! What the outcomes of calls do not say by themselves: repeats, pauses, limits, advice. The faults one by one are in
//! `faults.rs`.

#![allow(clippy::unwrap_used)]

mod support;

use std::io::Write;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use izly::{Client, Environment, Error, ErrorKind, NewPayment, Outcome, Phase, RefundTarget, Retry};
use izly_fault_server::Port;
use support::{RawServer, answer, key, operation, order};

/// How long the calls of these tests may take.
const DEADLINE: Duration = Duration::from_millis(700);
/// A limit that another one must come before, on a busy machine too.
const LONG: Duration = Duration::from_secs(20);

fn refund(client: &Client) -> Error {
    client.refund(RefundTarget::new(operation(), "order-42").unwrap()).unwrap_err()
}

fn create(client: &Client) -> Error {
    client.create_payment(&NewPayment::new(order())).unwrap_err()
}

#[test]
fn a_read_is_asked_three_times_and_no_more_with_a_pause_between() {
    let server = RawServer::always(answer(503, "busy"));
    let begins = Instant::now();
    let error = server.builder().deadline(LONG).build().unwrap().payment(operation()).unwrap_err();
    assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Server, 3));
    assert!(begins.elapsed() >= Duration::from_millis(400), "{:?}", begins.elapsed());
}

#[test]
fn a_read_gets_through_two_passing_faults() {
    let server = RawServer::scripted(|stream, number, _| {
        let bytes = match number {
            0 => String::new(),
            1 => answer(503, "busy"),
            _ => answer(200, support::PAID),
        };
        stream.write_all(bytes.as_bytes()).unwrap();
    });
    let paid = server.client().confirm(operation(), &order()).unwrap();
    assert_eq!(paid.operation_id(), operation());
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn a_read_that_arrived_once_is_not_one_that_was_never_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let environment = Environment::url(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        // Nobody listens any more when the next attempt comes.
        drop(listener);
        support::read_request(&mut stream).unwrap();
        stream.write_all(answer(503, "busy").as_bytes()).unwrap();
    });
    let client = Client::builder(environment, key()).deadline(LONG).build().unwrap();
    let error = client.payment(operation()).unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Connect, Outcome::Unknown), "{error}");
    server.join().unwrap();
}

#[test]
fn what_never_left_says_so() {
    // A port where nobody listens.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let environment = Environment::url(&format!("http://127.0.0.1:{port}")).unwrap();
    let refused = Client::builder(environment, key()).deadline(DEADLINE).build().unwrap();
    for error in [refund(&refused), create(&refused), refused.payment(operation()).unwrap_err()] {
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Connect, Outcome::NotSent), "{error}");
        assert_eq!(error.retry(), Retry::Safe);
    }
    // `.invalid` is reserved for names that do not exist.
    let environment = Environment::url("https://izly.invalid").unwrap();
    let unknown = Client::builder(environment, key()).build().unwrap();
    let error = refund(&unknown);
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Resolve, Outcome::NotSent), "{error}");
}

#[test]
fn a_connection_that_cannot_be_opened_in_time_was_not_sent() {
    let port = Port::full().unwrap();
    let environment = Environment::url(&port.url()).unwrap();
    let client = Client::builder(environment, key()).deadline(LONG).connect_timeout(Duration::from_millis(200));
    let client = client.build().unwrap();
    let begins = Instant::now();
    let error = refund(&client);
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::NotSent), "{error}");
    assert_eq!(error.phase(), Some(Phase::Connect));
    assert!(begins.elapsed() < LONG / 4, "{:?}", begins.elapsed());
}

#[test]
fn a_confirm_with_little_patience_does_not_wait_longer_for_a_connection() {
    let port = Port::full().unwrap();
    let environment = Environment::url(&port.url()).unwrap();
    let client = Client::builder(environment, key()).deadline(LONG).connect_timeout(LONG).build().unwrap();
    let begins = Instant::now();
    let error = client.confirm_within(Duration::from_millis(100), operation(), &order()).unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::NotSent), "{error}");
    // A second is the least that an answer is waited for.
    assert!(begins.elapsed() < LONG / 4, "{:?}", begins.elapsed());
}

#[test]
fn a_refusal_is_final_and_keeps_the_vendors_words() {
    let fault =
        r#"{"Code":356,"ErrorMessage":"Opération introuvable","Title":"L'opération ne peut pas aboutir","Priority":2}"#;
    for status in [200, 400, 404, 409, 422] {
        let server = RawServer::always(answer(status, fault));
        for error in
            [refund(&server.client()), create(&server.client()), server.client().payment(operation()).unwrap_err()]
        {
            assert_eq!((error.kind(), error.outcome()), (ErrorKind::Api, Outcome::Rejected), "{status}: {error}");
            assert_eq!((error.api_code(), error.http_status()), (Some(356), Some(status)));
            assert_eq!(error.title(), Some("L'opération ne peut pas aboutir"));
            assert!(error.to_string().contains("Opération introuvable"), "{error}");
            assert_eq!(error.retry(), Retry::No);
        }
        assert_eq!(server.requests().len(), 3, "{status}");
    }
}

#[test]
fn a_body_of_exactly_the_cap_is_accepted_and_one_byte_more_is_not() {
    let padded = |length: usize| format!("{}{}", support::PAID, " ".repeat(length - support::PAID.len()));
    let server = RawServer::always(answer(200, &padded(1024)));
    assert!(server.builder().max_body_bytes(1024).build().unwrap().payment(operation()).is_ok());
    let server = RawServer::always(answer(200, &padded(1025)));
    let error = server.builder().max_body_bytes(1024).build().unwrap().payment(operation()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
}

#[test]
fn a_wait_is_told() {
    let server =
        RawServer::always(&b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n"[..]);
    let error = server.client().payment(operation()).unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome(), error.retry()),
        (ErrorKind::RateLimited, Outcome::Rejected, Retry::Later)
    );
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(server.requests().len(), 1);
}
