//! Nothing grows, whatever goes wrong: memory, descriptors and threads, over thousands of calls that meet every fault that
//! ends at once.
//!
//! `IZLY_SOAK_CALLS` sets how many. The server runs in the same process, so what it would leave behind is found too.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

mod support;

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use izly::{Client, Environment};
use support::faults::{make, serve};
use support::key;

/// Where nothing else is asked for.
const CALLS: usize = 5000;
/// A client is used this often, then another takes its place.
const CALLS_OF_A_CLIENT: usize = 20;
/// How often is measured after the warm-up.
const MEASURES: usize = 5;
/// What memory may grow by: a little is always in motion. Over the hundred thousand calls of `cargo xtask soak` it is 21 bytes
/// each, and nothing that is left behind is so small; over those of the tests, 419.
const MOST_BYTES: u64 = 2 << 20;
/// What must be seen.
const LEAK: usize = 3 << 20;
/// A thread is about to end, and has a connection.
const MOST_THINGS: usize = 8;

/// What a process holds.
#[derive(Debug, Clone, Copy)]
struct Held {
    bytes: u64,
    descriptors: usize,
    threads: usize,
}

impl Held {
    /// Now, once the server's threads have ended.
    fn now() -> Self {
        let mut held = Held::at_once();
        for _ in 0..50 {
            std::thread::sleep(Duration::from_millis(10));
            let next = Held::at_once();
            if (next.descriptors, next.threads) == (held.descriptors, held.threads) {
                return next;
            }
            held = next;
        }
        held
    }

    fn at_once() -> Self {
        let statm = fs::read_to_string("/proc/self/statm").unwrap();
        let pages: u64 = statm.split(' ').nth(1).unwrap().parse().unwrap();
        Held { bytes: pages * 4096, descriptors: entries("/proc/self/fd"), threads: entries("/proc/self/task") }
    }

    /// Whether it is more than `before` by more than what is always in motion.
    fn has_grown_since(self, before: Held) -> bool {
        self.bytes > before.bytes + MOST_BYTES
            || self.descriptors > before.descriptors + MOST_THINGS
            || self.threads > before.threads + MOST_THINGS
    }
}

fn entries(folder: &str) -> usize {
    fs::read_dir(folder).unwrap().count()
}

/// Clients, one for each fault, each for a while.
struct Clients<'s> {
    ca_file: &'s Path,
    known: HashMap<String, (Client, usize)>,
}

impl Clients<'_> {
    fn at(&mut self, url: &str) -> &Client {
        let ca_file = self.ca_file;
        let made = || Client::builder(Environment::url(url).unwrap(), key()).ca_file(ca_file).build().unwrap();
        let (client, uses) = self.known.entry(url.to_owned()).or_insert_with(|| (made(), 0));
        *uses += 1;
        if *uses > CALLS_OF_A_CLIENT {
            (*client, *uses) = (made(), 1);
        }
        client
    }
}

/// What tells the C library to keep little for itself. Of the arenas that it would make, for the server's threads too,
/// each takes megabytes when it first needs them, and gives them back or not.
const FRUGAL: [(&str, &str); 3] =
    [("MALLOC_ARENA_MAX", "1"), ("MALLOC_MMAP_THRESHOLD_", "65536"), ("MALLOC_TRIM_THRESHOLD_", "65536")];

/// In a process of its own, which alone can be told so.
#[test]
fn nothing_grows() {
    if FRUGAL.iter().all(|(name, _)| std::env::var_os(name).is_some()) {
        return calls_leave_nothing();
    }
    let mut again = Command::new(std::env::current_exe().unwrap());
    let output = again.args(["--exact", "nothing_grows", "--nocapture"]).envs(FRUGAL).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    println!("{said}{}", String::from_utf8_lossy(&output.stderr));
    // Under another name nothing would run, and nothing would fail.
    assert!(output.status.success() && said.contains(" calls of "));
}

fn calls_leave_nothing() {
    let (server, ca_file, _folder) = serve();
    let all = server.faults().flat_map(|(fault, port)| fault.calls.iter().map(move |call| (fault, port, call)));
    let quick: Vec<_> = all.filter(|(fault, _, call)| fault.ends_at_once(call)).collect();
    assert!(quick.len() > 500, "{}", quick.len());

    let calls = std::env::var("IZLY_SOAK_CALLS").map_or(CALLS, |text| text.parse().unwrap());
    let mut clients = Clients { ca_file: &ca_file, known: HashMap::new() };
    let mut next = quick.iter().cycle();
    let (mut succeeded, mut failed) = (0_usize, 0_usize);
    let mut held_after = |count: usize| {
        for (_, port, call) in next.by_ref().take(count) {
            match make(clients.at(&port.url()), call) {
                Ok(()) => succeeded += 1,
                Err(_) => failed += 1,
            }
        }
        // Each keeps idle connections, whose buffers are larger than any leak.
        clients.known.clear();
        Held::now()
    };
    // Every fault has been met, four times: after two, more is still taken that then stays.
    let start = held_after((calls / 4).max(quick.len() * 4));
    let begins = Instant::now();
    let measures: Vec<Held> = (0..MEASURES).map(|_| held_after(calls / MEASURES)).collect();
    let (took, end) = (begins.elapsed(), measures[MEASURES - 1]);
    let peak = measures.iter().map(|held| held.bytes).max();
    println!("{calls} calls of {} sorts in {took:?}: {start:?} → {end:?}, peak {peak:?} bytes", quick.len());
    assert!(succeeded > 0 && failed > 0);
    assert!(!end.has_grown_since(start), "{start:?} → {measures:#?}");
    let kept = std::hint::black_box(vec![1_u8; LEAK]);
    assert!(Held::now().has_grown_since(end), "what grows is not seen");
    drop(kept);
}
