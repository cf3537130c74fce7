//! The measuring: what a number of operations cost, in the time of the processor and on the wall.

use std::hint::black_box;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::{TimeVal, TimeValLike as _};
use serde::Serialize;

use crate::Failure;
use crate::settings::Settings;

/// What the measured operations cost, as the worker prints it.
#[derive(Debug, Serialize)]
pub(crate) struct Cost {
    /// How many there were.
    count: u64,
    /// Time of the processor for them: user and system, all threads of this process.
    cpu_ns: u64,
    /// Time on the wall.
    wall_ns: u64,
    /// The proof that the work was done: the sum of what each gave.
    sum: u64,
}

/// Does the work, one operation after the other.
pub(crate) fn measure(settings: &Settings, mut work: impl FnMut() -> Result<u64, Failure>) -> Result<Cost, Failure> {
    repeat(settings.warmup, &mut work)?;
    let start = Clock::now()?;
    let sum = repeat(settings.count, &mut work)?;
    start.cost(settings.count, sum)
}

/// Does the work in several threads at once, each with its share.
pub(crate) fn measure_in_threads(
    settings: &Settings,
    work: impl Fn() -> Result<u64, Failure> + Sync,
) -> Result<Cost, Failure> {
    let threads = settings.threads.max(1);
    // All wait for the clock, and the clock for all of them.
    let gate = Barrier::new(usize::try_from(threads)? + 1);
    let (gate, work) = (&gate, &work);
    thread::scope(|scope| {
        let one = |index| {
            let share = move |total| total / threads + u64::from(index < total % threads);
            move || {
                let warm = repeat(share(settings.warmup), work);
                gate.wait();
                gate.wait();
                warm.and_then(|_| repeat(share(settings.count), work))
            }
        };
        let all: Vec<_> = (0..threads).map(|index| scope.spawn(one(index))).collect();
        gate.wait();
        let start = Clock::now();
        gate.wait();
        let sums = all.into_iter().map(|thread| thread.join().map_err(|_| Failure::from("a thread has panicked"))?);
        let sum = sums.sum::<Result<u64, Failure>>()?;
        start?.cost(settings.count, sum)
    })
}

fn repeat(count: u64, mut work: impl FnMut() -> Result<u64, Failure>) -> Result<u64, Failure> {
    let mut sum = 0;
    for _ in 0..count {
        sum += black_box(work()?);
    }
    Ok(sum)
}

/// Both clocks at one moment.
struct Clock {
    cpu: Duration,
    wall: Instant,
}

impl Clock {
    fn now() -> Result<Self, Failure> {
        let usage = getrusage(UsageWho::RUSAGE_SELF)?;
        let cpu = duration(usage.user_time()) + duration(usage.system_time());
        Ok(Clock { cpu, wall: Instant::now() })
    }

    /// What `count` operations cost that began at this moment and end now.
    fn cost(&self, count: u64, sum: u64) -> Result<Cost, Failure> {
        let wall = self.wall.elapsed();
        let cpu = Clock::now()?.cpu.saturating_sub(self.cpu);
        Ok(Cost { count, cpu_ns: nanoseconds(cpu)?, wall_ns: nanoseconds(wall)?, sum })
    }
}

/// The system counts microseconds, and never less than none.
fn duration(time: TimeVal) -> Duration {
    Duration::from_micros(time.num_microseconds().unsigned_abs())
}

fn nanoseconds(duration: Duration) -> Result<u64, Failure> {
    Ok(u64::try_from(duration.as_nanos())?)
}
