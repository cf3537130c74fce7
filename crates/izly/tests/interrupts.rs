//! A program that wants a call to end is heard wherever the call waits.

#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::io::Write as _;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use izly::{Client, ClientBuilder, Environment, Error, ErrorKind, NewPayment, Outcome, Retry};
use izly_fault_server::Port;

use support::{RawServer, answer, key, operation, order};

/// Far beyond the patience of a test: a call that does not hear the program fails it.
const DEADLINE: Duration = Duration::from_mins(1);

/// Makes a call with a hook that says "end" after a second, by when a busy machine too has got as far as each test wants, and
/// gives what it ended with.
fn interrupted<T: std::fmt::Debug>(builder: ClientBuilder, call: impl FnOnce(&Client) -> Result<T, Error>) -> Error {
    let flag = Arc::new(AtomicBool::new(false));
    let hook = flag.clone();
    let client = builder.deadline(DEADLINE).connect_timeout(DEADLINE);
    let client = client.interrupt(move || hook.load(Ordering::Relaxed)).build().unwrap();
    thread::spawn(move || {
        thread::sleep(Duration::from_secs(1));
        flag.store(true, Ordering::Relaxed);
    });
    let begins = Instant::now();
    let error = call(&client).unwrap_err();
    assert!(begins.elapsed() < DEADLINE / 4, "the call went on for {:?}", begins.elapsed());
    error
}

fn at(url: &str) -> ClientBuilder {
    Client::builder(Environment::url(url).unwrap(), key())
}

/// A server that takes a request and never answers.
fn silent() -> RawServer {
    RawServer::scripted(|_, _, _| thread::sleep(DEADLINE))
}

#[test]
fn a_write_that_waits_for_its_answer_may_have_been_carried_out() {
    let server = silent();
    let error = interrupted(server.builder(), |client| client.create_payment(&NewPayment::new(order())));
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Interrupted, Outcome::Unknown));
    assert_eq!(error.retry(), Retry::LookUpFirst);
    assert_eq!(error.to_string(), "create payment: the program ended the call [unknown]");
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_read_is_not_repeated() {
    let server = silent();
    let error = interrupted(server.builder(), |client| client.payment(operation()));
    assert_eq!((error.kind(), error.retry()), (ErrorKind::Interrupted, Retry::Safe));
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn an_answer_in_drops_does_not_hide_the_wish() {
    let server = RawServer::scripted(|stream, _, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n");
        while stream.write_all(b" ").is_ok() {
            thread::sleep(Duration::from_millis(200));
        }
    });
    let error = interrupted(server.builder(), |client| client.payment(operation()));
    assert_eq!((error.kind(), error.http_status()), (ErrorKind::Interrupted, Some(200)));
}

#[test]
fn a_tls_handshake_that_hangs_sends_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let error = interrupted(at(&url), |client| client.payment(operation()));
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Interrupted, Outcome::NotSent));
}

#[test]
fn a_connection_that_nobody_accepts_sends_nothing() {
    let port = Port::full().unwrap();
    let error = interrupted(at(&port.url()), |client| client.refund(target()));
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Interrupted, Outcome::NotSent));
}

fn target() -> izly::RefundTarget {
    izly::RefundTarget::new(operation(), "order-42").unwrap()
}

#[test]
fn a_confirmation_with_patience_gives_its_last_answer() {
    const WAITING: &str =
        r#"{"OperationId":52795,"Amount":1.50,"OperationStatus":"Waiting","OrderId":"order-42","Error":""}"#;
    let server = RawServer::keep_alive(WAITING);
    let error = interrupted(server.builder(), |client| client.confirm_within(DEADLINE, operation(), &order()));
    assert_eq!(error.kind(), ErrorKind::NotFinal);
}

#[test]
fn a_wish_from_before_sends_nothing() {
    let server = silent();
    let client = server.builder().interrupt(|| true).build().unwrap();
    let error = client.refund(target()).unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Interrupted, Outcome::NotSent));
    assert_eq!(server.connection_count(), 0);
}

#[test]
fn a_wish_at_the_last_moment_sends_nothing() {
    let server = silent();
    // Asked before the connection, and once more before the first byte of the request.
    let asked = AtomicU32::new(0);
    let client = server.builder().interrupt(move || asked.fetch_add(1, Ordering::Relaxed) > 0).build().unwrap();
    let error = client.refund(target()).unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Interrupted, Outcome::NotSent));
    assert!(server.requests().is_empty());
}

#[test]
fn a_call_made_by_the_hook_does_not_change_the_outcome_of_the_one_that_waits() {
    // The hook of a Python program runs signal handlers, and those may do anything.
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let inner = at(&format!("http://{closed}")).build().unwrap();
    let server = silent();
    let asked = AtomicU32::new(0);
    let hook = move || {
        let times = asked.fetch_add(1, Ordering::Relaxed);
        if times == 3 {
            let error = inner.payment(operation()).unwrap_err();
            assert_eq!((error.kind(), error.outcome()), (ErrorKind::Connect, Outcome::NotSent));
        }
        false
    };
    let client = server.builder().deadline(Duration::from_secs(1)).interrupt(hook).build().unwrap();
    let error = client.refund(target()).unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::Unknown));
    assert_eq!(error.phase(), Some(izly::Phase::Receive));
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_pause_between_attempts_gives_its_last_error() {
    let server = RawServer::always(answer(503, ""));
    // Wished for when the first attempt has ended, which the observer hears: a hook that counted how often it is asked would
    // speak earlier on a slower machine.
    let ended = Arc::new(AtomicBool::new(false));
    let (observer, hook) = (ended.clone(), ended);
    let builder = server.builder().observer(move |_| observer.store(true, Ordering::Relaxed));
    let client = builder.interrupt(move || hook.load(Ordering::Relaxed)).build().unwrap();
    assert_eq!(client.payment(operation()).unwrap_err().kind(), ErrorKind::Server);
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_hook_that_never_says_so_changes_nothing() {
    let server = RawServer::always(answer(200, support::PAID));
    let client = server.builder().interrupt(|| false).build().unwrap();
    assert!(client.confirm(operation(), &order()).is_ok());
    assert!(client.payment(operation()).is_ok());
    let silent = silent();
    let client = silent.builder().deadline(Duration::from_millis(300)).interrupt(|| false).build().unwrap();
    assert_eq!(client.payment(operation()).unwrap_err().kind(), ErrorKind::Timeout);
}
