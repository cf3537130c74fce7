//! Servers that do anything at all, at random: whatever a client says of a call is true, and it never asks twice for
//! what moves money.
//!
//! A plan is what a server does with each connection: when it reads, whether it carries out what it is asked for, what
//! it answers, in which pieces, how it is damaged on its way, and how it ends. The server keeps a record of what it did, and
//! the client's word is compared with it. `PROPTEST_CASES` sets how many plans each call meets.

#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

mod schedules {
    pub(crate) mod plan;
    pub(crate) mod server;
    pub(crate) mod truth;
}

use std::collections::BTreeMap;
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use izly::{Client, Environment};
use izly_fault_server::{Counts, Port, Step};
use proptest::prelude::*;
use proptest::test_runner::{Config, FileFailurePersistence, TestCaseError, TestRunner};
use schedules::plan::{Place, Plan, plan};
use schedules::server::{Scene, scene};
use schedules::truth::{Seen, lie, make};
use support::key;

/// Plans for each call, where nothing else is asked for.
const CASES: u32 = 360;
/// Most of the time is spent waiting.
const WORKERS: u32 = 4;
/// What a call may take beyond its deadline.
const GRACE: Duration = Duration::from_millis(100);
/// How often a call that took longer is looked at again, and after which pause: a machine that was busy elsewhere is no
/// finding, and among thousands of calls one meets it several times in a row.
const LOOKS: u32 = 12;
const REST: Duration = Duration::from_millis(200);
/// How long a finding is made smaller, in milliseconds.
const MAX_SHRINK_MS: u32 = 60_000;
/// A port is used again only after so many others: a thread of the server's that comes late is then not taken for the next call's.
const PORTS: usize = 32;

/// A port that plays one plan after the other.
struct Stage {
    port: Port,
    /// What the next connections meet, and the number of the first of them.
    scenes: Arc<Mutex<(u64, Vec<Vec<Step>>)>>,
}

impl Stage {
    fn open() -> Self {
        let scenes = Arc::new(Mutex::new((0, Vec::<Vec<Step>>::new())));
        let playing = Arc::clone(&scenes);
        let port = Port::open(move |number| {
            let (first, scenes) = &*playing.lock().unwrap();
            let index = usize::try_from(number.saturating_sub(*first)).unwrap();
            scenes.get(index).or(scenes.last()).cloned().unwrap_or_default()
        });
        Stage { port: port.unwrap(), scenes }
    }

    /// Plays a plan to one call.
    fn play(&self, call: &str, plan: &Plan, closed: &str) -> (Vec<Scene>, Seen) {
        let url = match plan.place {
            Place::Here => self.port.url(),
            Place::Private => self.port.url().replace("http://127.0.0.1", "https://localhost"),
            Place::Closed => closed.to_owned(),
        };
        let scenes: Vec<Scene> =
            plan.connections.iter().map(|connection| scene(connection, call, &plan.figures, &url)).collect();
        let steps = scenes.iter().map(|scene| scene.steps.clone()).collect();
        let before = self.port.counts();
        *self.scenes.lock().unwrap() = (before.connections, steps);
        let environment = Environment::url(&url).unwrap();
        let client = Client::builder(environment, key()).deadline(Duration::from_millis(plan.deadline_ms));
        let client = client.build().unwrap();
        let begins = Instant::now();
        let result = make(&client, call, &plan.figures);
        let took = begins.elapsed();
        (scenes, Seen { result, took, counts: difference(self.settled(), before) })
    }

    /// The counts once they stand still: a call may end before the server has noted the last of it.
    fn settled(&self) -> Counts {
        let (mut counts, mut still) = (self.port.counts(), 0);
        while still < 3 {
            thread::sleep(Duration::from_millis(2));
            let now = self.port.counts();
            still = if now == counts { still + 1 } else { 0 };
            counts = now;
        }
        counts
    }
}

fn difference(after: Counts, before: Counts) -> Counts {
    Counts {
        connections: after.connections - before.connections,
        requests: after.requests - before.requests,
        commits: after.commits - before.commits,
    }
}

/// An address where nobody listens. A connection of our own keeps its number from being given away.
fn closed() -> (String, [TcpStream; 2]) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let outgoing = TcpStream::connect(address).unwrap();
    let (incoming, _) = listener.accept().unwrap();
    (format!("http://{address}"), [outgoing, incoming])
}

/// How calls ended, by outcome.
type Tally = BTreeMap<&'static str, u32>;

/// Meets plans, and stops at the first that a client lies about, made as small as it can be.
fn explore(call: &str, deadline_ms: impl Strategy<Value = u64>, cases: u32) -> Result<Tally, String> {
    let stages: Vec<Stage> = (0..PORTS).map(|_| Stage::open()).collect();
    let (closed, _kept) = closed();
    let turn = Mutex::new(stages.iter().cycle());
    let tally = Mutex::new(Tally::new());
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/schedules.proptest-regressions");
    let config = Config {
        cases,
        max_shrink_time: MAX_SHRINK_MS,
        max_shrink_iters: u32::MAX,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(path))),
        ..Config::default()
    };
    let result = TestRunner::new(config).run(&plan(deadline_ms), |plan| {
        let limit = Duration::from_millis(plan.deadline_ms) + GRACE;
        for _ in 0..LOOKS {
            let stage = turn.lock().unwrap().next().unwrap();
            let (scenes, seen) = stage.play(call, &plan, &closed);
            let outcome = seen.result.as_ref().map_or_else(|error| error.outcome().as_str(), |_| "ok");
            *tally.lock().unwrap().entry(outcome).or_default() += 1;
            if let Some(lie) = lie(call, &plan, &scenes, &seen) {
                return Err(TestCaseError::fail(lie));
            }
            if seen.took <= limit {
                return Ok(());
            }
            thread::sleep(REST);
        }
        Err(TestCaseError::fail(format!("longer than its deadline, {LOOKS} times")))
    });
    result.map_err(|error| format!("{call}: {error}")).map(|()| tally.into_inner().unwrap())
}

/// The same in several threads.
fn explore_in_threads<S: Strategy<Value = u64>>(call: &str, deadline_ms: impl Fn() -> S + Sync) {
    let asked = std::env::var_os("PROPTEST_CASES").map(|_| Config::default().cases);
    let cases = asked.unwrap_or(CASES).div_ceil(WORKERS);
    let mut tally = Tally::new();
    thread::scope(|scope| {
        let work = || explore(call, deadline_ms(), cases);
        let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            let found = worker.join().unwrap().unwrap_or_else(|finding| panic!("{finding}"));
            for (outcome, count) in found {
                *tally.entry(outcome).or_default() += count;
            }
        }
    });
    // Plans that all end alike would show nothing.
    assert!(asked.is_some() || tally.len() == 4, "{tally:?}");
}

/// A call that is sent once.
fn once(call: &str) {
    explore_in_threads(call, || Just(2000));
}

/// A read: it is repeated where there is time for that.
fn read(call: &str) {
    explore_in_threads(call, || prop_oneof![6 => Just(90), 1 => Just(1500)]);
}

#[test]
fn the_truth_about_a_creation() {
    once("create_payment");
}

#[test]
fn the_truth_about_a_refund() {
    once("refund");
}

#[test]
fn the_truth_about_a_code() {
    once("exchange_code");
}

#[test]
fn the_truth_about_a_refresh() {
    once("refresh");
}

#[test]
fn the_truth_about_a_payment() {
    read("payment");
}

#[test]
fn the_truth_about_a_user() {
    read("user");
}
