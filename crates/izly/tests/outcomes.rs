//! Every fault a server can commit, against a read and a write: the kind, the outcome, the time, and how often the
//! server was asked.

#![allow(clippy::unwrap_used)]

mod support;

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::thread::sleep;
use std::time::{Duration, Instant};

use izly::{
    AccessToken, Client, Environment, Error, ErrorKind, NewPayment, Outcome, Phase, RefreshToken, RefundTarget, Retry,
    Tokens,
};
use support::{RawServer, answer, key, operation, order};

/// How long the calls of these tests may take.
const DEADLINE: Duration = Duration::from_millis(700);

fn client(server: &RawServer) -> Client {
    server.builder().deadline(DEADLINE).build().unwrap()
}

fn refund(client: &Client) -> Error {
    client.refund(RefundTarget::new(operation(), "order-42").unwrap()).unwrap_err()
}

fn create(client: &Client) -> Error {
    client.create_payment(&NewPayment::new(order())).unwrap_err()
}

/// A fault, and what a write that meets it must say. The outcome of every one of them is unknown: the request had left.
fn faults() -> Vec<(&'static str, RawServer, ErrorKind)> {
    let whole = answer(200, support::PAID);
    let cut_body = whole[..whole.len() - 10].to_owned();
    let close_delimited = format!("HTTP/1.1 200 OK\r\n\r\n{}", &support::PAID[..40]);
    let too_large = format!("HTTP/1.1 200 OK\r\nContent-Length: 2097152\r\n\r\n{}", "x".repeat(2_097_152));
    let large_head = format!("HTTP/1.1 200 OK\r\nX-A: {}\r\n\r\n", "x".repeat(2_000_000));
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let fault = r#"{"Code":356,"ErrorMessage":"Opération introuvable"}"#;
    let raw = |bytes: &str| RawServer::always(bytes.as_bytes());
    vec![
        ("closes after the request", raw(""), ErrorKind::Disconnected),
        ("ends in the status line", raw("HTTP/1.1 2"), ErrorKind::Disconnected),
        ("ends in the headers", raw("HTTP/1.1 200 OK\r\nContent-"), ErrorKind::Disconnected),
        ("ends in the body", raw(&cut_body), ErrorKind::Disconnected),
        ("ends in a chunk", raw(&format!("{chunked}ff\r\n{{\"a")), ErrorKind::Disconnected),
        ("leaves out the last chunk", raw(&format!("{chunked}2\r\n{{}}\r\n")), ErrorKind::Disconnected),
        ("ends a body without a length", raw(&close_delimited), ErrorKind::Unreadable),
        ("resets a body without a length", resetting(&close_delimited), ErrorKind::Disconnected),
        ("sends a bad chunk size", raw(&format!("{chunked}zz\r\n{{}}\r\n0\r\n\r\n")), ErrorKind::Protocol),
        ("sends a negative length", raw("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}"), ErrorKind::Protocol),
        ("speaks another protocol", raw("SSH-2.0-OpenSSH_9.2\r\n"), ErrorKind::Protocol),
        ("sends two megabytes of headers", raw(&large_head), ErrorKind::TooLarge),
        ("sends two megabytes of body", raw(&too_large), ErrorKind::TooLarge),
        ("sends nothing in an answer", raw(&answer(200, "")), ErrorKind::Unreadable),
        ("sends 204", raw("HTTP/1.1 204 No Content\r\n\r\n"), ErrorKind::Unreadable),
        ("sends a page", raw(&answer(200, "<html>Maintenance</html>")), ErrorKind::Unreadable),
        ("sends a page with 404", raw(&answer(404, "<html></html>")), ErrorKind::Api),
        ("sends a page with 502", raw(&answer(502, "<html></html>")), ErrorKind::Server),
        ("fails with a fault", raw(&answer(500, fault)), ErrorKind::Server),
        (
            "redirects",
            raw("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"),
            ErrorKind::Redirect,
        ),
        ("redirects nowhere", raw("HTTP/1.1 307 Temporary Redirect\r\nContent-Length: 0\r\n\r\n"), ErrorKind::Redirect),
        ("never answers", RawServer::scripted(|_, _, _| sleep(DEADLINE * 3)), ErrorKind::Timeout),
        ("drips the head", dripping("HTTP/1.1 200 OK\r\nX-A: ", "a"), ErrorKind::Timeout),
        ("drips the body", dripping("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", " "), ErrorKind::Timeout),
    ]
}

/// Sends these bytes, then resets the connection instead of closing it.
fn resetting(bytes: &str) -> RawServer {
    let bytes = bytes.to_owned();
    RawServer::start(move |mut stream, _, requests| {
        // The last bytes of the request stay unread, which turns the close into a reset.
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r") && std::io::Read::read(&mut stream, &mut byte).is_ok_and(|read| read == 1) {
            head.push(byte[0]);
        }
        requests.lock().unwrap().push(String::from_utf8(head).unwrap());
        let _ = stream.write_all(bytes.as_bytes());
        sleep(Duration::from_millis(50));
    })
}

fn dripping(head: &str, drop: &str) -> RawServer {
    let (head, drop) = (head.to_owned(), drop.to_owned());
    RawServer::scripted(move |stream, _, _| {
        let _ = stream.write_all(head.as_bytes());
        while stream.write_all(drop.as_bytes()).is_ok() {
            sleep(Duration::from_millis(20));
        }
    })
}

#[test]
fn a_write_that_may_have_been_seen_is_unknown_and_sent_once() {
    type Write = fn(&Client) -> Error;
    for (name, write) in [("refund", refund as Write), ("create", create as Write)] {
        for (fault, server, kind) in faults() {
            let begins = Instant::now();
            let error = write(&client(&server));
            assert_eq!((error.kind(), error.outcome()), (kind, Outcome::Unknown), "{name}, {fault}: {error}");
            assert_eq!(error.retry(), Retry::LookUpFirst, "{name}, {fault}");
            assert_eq!(server.requests().len(), 1, "{name}, {fault}");
            assert!(
                begins.elapsed() < DEADLINE + Duration::from_millis(300),
                "{name}, {fault}: {:?}",
                begins.elapsed()
            );
        }
    }
}

#[test]
fn a_read_meets_the_same_faults_and_is_asked_again_only_after_passing_ones() {
    for (fault, server, kind) in faults() {
        let error = client(&server).payment(operation()).unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (kind, Outcome::Unknown), "{fault}: {error}");
        let asked = match kind {
            ErrorKind::Disconnected | ErrorKind::Server => 3,
            _ => 1,
        };
        assert_eq!(server.requests().len(), asked, "{fault}");
    }
}

#[test]
fn a_refresh_that_may_have_been_seen_is_unknown_and_sent_once() {
    let tokens = Tokens::new(AccessToken::new("a"), Some(RefreshToken::new("the-refresh-token")));
    for (fault, server, kind) in faults() {
        let error = client(&server).refresh(&tokens).unwrap_err();
        assert_eq!((error.kind(), error.outcome()), (kind, Outcome::Unknown), "{fault}: {error}");
        assert_eq!(server.requests().len(), 1, "{fault}");
    }
}

#[test]
fn a_read_is_asked_three_times_and_no_more_with_a_pause_between() {
    let server = RawServer::always(answer(503, "busy"));
    let begins = Instant::now();
    let error = server.builder().deadline(Duration::from_secs(20)).build().unwrap().payment(operation()).unwrap_err();
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
    // A full backlog: the last connection attempts hang.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let mut waiting = Vec::new();
    while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(200)) {
        waiting.push(stream);
    }
    let environment = Environment::url(&format!("http://{address}")).unwrap();
    let timeout = Duration::from_millis(200);
    let client = Client::builder(environment, key()).deadline(DEADLINE).connect_timeout(timeout).build().unwrap();
    let begins = Instant::now();
    let error = refund(&client);
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::NotSent), "{error}");
    assert_eq!(error.phase(), Some(Phase::Connect));
    assert!(begins.elapsed() < timeout * 2, "{:?}", begins.elapsed());
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
