//! Every fault of the shared table against every call: the kind, the outcome, the time, and what the server saw of it.

#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use izly::{Client, Environment, Error, ErrorKind, Outcome, Retry};
use izly_fault_server::{Counts, Expectation, Fault, Port};
use support::faults::{make, serve, table};
use support::key;

/// What a call may take beyond its deadline.
const GRACE: Duration = Duration::from_millis(100);
/// How often a call that took longer is looked at again, and after which pause: a machine that was busy elsewhere is no
/// finding, and a call that really waits too long does so each time.
const LOOKS: u32 = 12;
const REST: Duration = Duration::from_millis(200);
/// Most of the time is spent waiting for deadlines.
const WORKERS: usize = 8;

/// One call that met a fault.
struct Seen {
    result: Result<(), Error>,
    took: Duration,
    before: Counts,
    after: Counts,
}

fn meet(port: &Port, client: &Client, call: &str) -> Seen {
    let (before, begins) = (port.counts(), Instant::now());
    let result = make(client, call);
    let took = begins.elapsed();
    Seen { result, took, before, after: settled(port) }
}

/// The counts once they stand still: a call may end before the server has noted the last of it.
fn settled(port: &Port) -> Counts {
    loop {
        let counts = port.counts();
        thread::sleep(Duration::from_millis(10));
        if counts == port.counts() {
            return counts;
        }
    }
}

/// What is not as the table wants it.
fn differences(call: &str, seen: &Seen, expected: &Expectation) -> String {
    let mut found = String::new();
    let mut differs = |what: &str, wanted: String, got: String| {
        if wanted != got {
            write!(found, "; {what}: wanted {wanted}, got {got}").unwrap();
        }
    };
    let error = seen.result.as_ref().err();
    let kind = error.map_or("ok", |error| error.kind().as_str());
    if !expected.kind.iter().any(|wanted| wanted == kind) {
        differs("kind", format!("{:?}", expected.kind), kind.to_owned());
    }
    if let Some(error) = error {
        let outcome = error.outcome().as_str().to_owned();
        if !expected.outcome.contains(&outcome) {
            differs("outcome", format!("{:?}", expected.outcome), outcome);
        }
        differs("HTTP status", format!("{:?}", expected.http_status), format!("{:?}", error.http_status()));
        let phase = error.phase().map(|phase| phase.as_str().to_owned());
        differs("phase", format!("{:?}", expected.phase), format!("{phase:?}"));
    }
    if let Some(error) = error
        && ["create_payment", "refund"].contains(&call)
        && error.outcome() == Outcome::Unknown
    {
        differs("advice", Retry::LookUpFirst.as_str().to_owned(), error.retry().as_str().to_owned());
    }
    let requests = seen.after.requests - seen.before.requests;
    differs("requests", expected.requests.unwrap().to_string(), requests.to_string());
    if let Some(error) = error
        && error.outcome() != Outcome::Unknown
        && seen.after.commits > seen.before.commits
    {
        write!(found, "; {} of what was carried out: {error}", error.outcome()).unwrap();
    }
    found
}

/// Meets one fault with every call; all that is wrong, a line each.
fn check(fault: &Fault, port: &Port, ca_file: &std::path::Path) -> Vec<String> {
    let deadline = Duration::from_millis(fault.deadline_ms());
    let environment = Environment::url(&port.url()).unwrap();
    let builder = Client::builder(environment, key()).deadline(deadline).ca_file(ca_file);
    let client = support::with_tls(builder).build().unwrap();
    let mut findings = Vec::new();
    for call in &fault.calls {
        let mut seen = meet(port, &client, call);
        for _ in 1..LOOKS {
            if seen.took <= deadline + GRACE {
                break;
            }
            thread::sleep(REST);
            seen = meet(port, &client, call);
        }
        let mut found = differences(call, &seen, &fault.expected(call));
        if seen.took > deadline + GRACE {
            write!(found, "; took {:?} of {deadline:?}, {LOOKS} times", seen.took).unwrap();
        }
        if !found.is_empty() {
            findings.push(format!("{}, {call}{found} ({:?})", fault.name, seen.result));
        }
    }
    findings
}

#[test]
fn every_call_meets_every_fault_as_the_table_says() {
    let (server, ca_file, _folder) = serve();
    let faults: Vec<_> = server.faults().collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut findings = Vec::new();
        while let Some((fault, port)) = faults.get(next.fetch_add(1, Ordering::Relaxed)) {
            findings.extend(check(fault, port, &ca_file));
        }
        findings
    };
    let findings: Vec<String> = thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    assert!(!faults.is_empty());
    assert!(findings.is_empty(), "{} findings:\n{}", findings.len(), findings.join("\n"));
}

#[test]
fn the_table_knows_every_kind_that_a_call_can_end_with() {
    let table = table();
    let expected = |kind: ErrorKind| {
        table.faults.iter().any(|fault| fault.calls.iter().any(|call| fault.expected(call).kind == [kind.as_str()]))
    };
    for kind in [
        ErrorKind::Resolve,
        ErrorKind::Connect,
        ErrorKind::Tls,
        ErrorKind::Timeout,
        ErrorKind::Disconnected,
        ErrorKind::Protocol,
        ErrorKind::TooLarge,
        ErrorKind::Unreadable,
        ErrorKind::Redirect,
        ErrorKind::Authentication,
        ErrorKind::RateLimited,
        ErrorKind::Api,
        ErrorKind::Server,
    ] {
        assert!(expected(kind), "{kind:?}");
    }
}
