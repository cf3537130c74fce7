//! Which requests share connections, and what a client tells its observer.

#![allow(clippy::unwrap_used)]

mod support;

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use izly::{AccessToken, CallName, CallRecord, Client, ErrorKind, Outcome, RefreshToken, RefundTarget, Tokens};
use support::{RawServer, answer, operation, order, read_request};

fn watched(server: &RawServer) -> (Client, Arc<Mutex<Vec<CallRecord>>>) {
    let records = Arc::new(Mutex::new(Vec::new()));
    let kept = records.clone();
    let client = server.builder().observer(move |record| kept.lock().unwrap().push(record.clone())).build().unwrap();
    (client, records)
}

#[test]
fn reads_share_a_connection() {
    let server = RawServer::keep_alive(support::PAID);
    let (client, records) = watched(&server);
    for _ in 0..10 {
        client.payment(operation()).unwrap();
    }
    assert_eq!((server.requests().len(), server.connection_count()), (10, 1));
    let reused: Vec<bool> = records.lock().unwrap().iter().map(|record| record.is_reused).collect();
    assert_eq!(reused, [false, true, true, true, true, true, true, true, true, true]);
}

#[test]
fn what_moves_money_or_spends_a_code_never_does() {
    let reply =
        r#"{"OperationId":52795,"OperationStatus":"Refund","access_token":"a","Amount":1.50,"OrderId":"order-42"}"#;
    let server = RawServer::keep_alive(reply);
    let client = server.client();
    client.payment(operation()).unwrap();
    let target = RefundTarget::new(operation(), "order-42").unwrap();
    let tokens = Tokens::new(AccessToken::new("a"), Some(RefreshToken::new("r")));
    for _ in 0..3 {
        client.refund(&target).unwrap();
        client.refresh(&tokens).unwrap();
    }
    assert_eq!(server.connection_count(), 7);
    client.payment(operation()).unwrap();
    assert_eq!(server.connection_count(), 7, "the read's own connection was still there");
}

#[test]
fn reuse_can_be_switched_off() {
    let server = RawServer::keep_alive(support::PAID);
    let client = server.builder().reuse_connections(false).build().unwrap();
    for _ in 0..3 {
        client.payment(operation()).unwrap();
    }
    assert_eq!(server.connection_count(), 3);
}

#[test]
fn a_read_that_dies_on_a_shared_connection_is_sent_once_more_on_a_fresh_one() {
    // The first connection answers one request, then swallows the next and closes.
    let server = RawServer::start(|mut stream, number, requests| {
        let limit = if number == 0 { 1 } else { usize::MAX };
        let mut answered = 0;
        while let Some(request) = read_request(&mut stream) {
            requests.lock().unwrap().push(request);
            if answered == limit {
                return;
            }
            answered += 1;
            stream.write_all(answer(200, support::PAID).as_bytes()).unwrap();
        }
    });
    let (client, records) = watched(&server);
    client.payment(operation()).unwrap();
    client.payment(operation()).unwrap();
    assert_eq!((server.requests().len(), server.connection_count()), (3, 2));
    let seen: Vec<_> =
        records.lock().unwrap().iter().map(|record| (record.attempt, record.is_reused, record.error)).collect();
    assert_eq!(seen, [(1, false, None), (1, true, Some(ErrorKind::Disconnected)), (2, false, None)]);
}

#[test]
fn a_connection_the_server_closed_while_idle_is_not_used() {
    // Says that it keeps the connection, and closes it.
    let server = RawServer::always(answer(200, support::PAID));
    let client = server.client();
    client.payment(operation()).unwrap();
    thread::sleep(Duration::from_millis(50));
    client.payment(operation()).unwrap();
    assert_eq!((server.requests().len(), server.connection_count()), (2, 2));
}

#[test]
fn many_threads_share_one_client() {
    let server = RawServer::keep_alive(support::PAID);
    let client = server.client();
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                for _ in 0..20 {
                    assert!(client.confirm(operation(), &order()).is_ok());
                }
            });
        }
    });
    assert_eq!(server.requests().len(), 320);
    assert!(server.connection_count() <= 40, "{}", server.connection_count());
}

#[test]
fn a_record_tells_what_was_done_and_nothing_secret() {
    let server = RawServer::always(answer(400, r#"{"error":"invalid_grant"}"#));
    let (client, records) = watched(&server);
    let tokens = Tokens::new(AccessToken::new("a"), Some(RefreshToken::new("the-refresh-token")));
    client.refresh(&tokens).unwrap_err();
    let records = records.lock().unwrap();
    let [record] = records.as_slice() else { unreachable!("{records:?}") };
    assert_eq!(
        (record.call, record.method.as_str(), record.path.as_str()),
        (CallName::Refresh, "POST", "/oauth/Home/Token")
    );
    assert_eq!((record.attempt, record.status), (1, Some(400)));
    assert_eq!((record.error, record.outcome), (Some(ErrorKind::Api), Some(Outcome::Rejected)));
    assert!(record.duration > Duration::ZERO);
}

#[test]
fn an_observer_that_panics_does_not_take_the_answer_with_it() {
    let server = RawServer::always(answer(200, support::PAID));
    let client = server.builder().observer(|_| std::panic::resume_unwind(Box::new("a broken hook"))).build().unwrap();
    assert!(client.payment(operation()).is_ok());
}

#[test]
fn the_wait_for_a_final_answer_is_bounded_and_ends_as_soon_as_it_is_there() {
    let server = RawServer::scripted(|stream, number, _| {
        let body = if number < 2 { support::PAID.replace("Completed", "Waiting") } else { support::PAID.to_owned() };
        stream.write_all(answer(200, &body).as_bytes()).unwrap();
    });
    let client = server.client();
    let error = client.confirm(operation(), &order()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFinal);
    client.confirm_within(Duration::from_secs(4), operation(), &order()).unwrap();
    assert_eq!(server.requests().len(), 3);

    let waiting = RawServer::always(answer(200, &support::PAID.replace("Completed", "Waiting")));
    let error = waiting.client().confirm_within(Duration::from_secs(2), operation(), &order()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFinal);
    let asked = waiting.requests().len();
    // At once, when the two seconds are over, and between: after 0.2, 0.6 and 1.4 seconds where the machine is quick.
    assert!((3..=5).contains(&asked), "{asked}");
}
