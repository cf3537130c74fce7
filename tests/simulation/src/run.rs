//! All worlds of a plan, some at a time.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::chronicle::Detail;
use crate::plan::Plan;
use crate::rules::Breach;
use crate::world::{self, Ending};

/// How a simulation ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The first rule that was broken, in the first world that broke one.
    pub breach: Option<Breach>,
    /// How often each thing happened.
    pub numbers: BTreeMap<&'static str, u64>,
    /// The end of every order and payment, in one number: two runs of a plan agree.
    pub digest: u64,
    /// Why a world could not be played at all, which is a fault of the simulation's.
    pub obstacle: Option<String>,
}

/// Plays every world of the plan, or up to the first that breaks a rule.
pub fn simulate(plan: &Plan) -> Report {
    let endings = match plan.world {
        Some(world) => BTreeMap::from([(world, play_once(plan, world, Detail::Stories))]),
        None => play_all(plan),
    };
    let mut report = Report::default();
    for (world, ending) in endings {
        match ending {
            Ok(ending) => report.add(plan, world, ending),
            Err(obstacle) => report.obstacle = Some(obstacle),
        }
        if report.breach.is_some() || report.obstacle.is_some() {
            break;
        }
    }
    report
}

type Played = Result<Ending, String>;

/// Worlds are taken in order, and what follows the first breach is left out of the report, so that the number of threads
/// changes nothing.
fn play_all(plan: &Plan) -> BTreeMap<u64, Played> {
    let (next, stop) = (AtomicU64::new(0), AtomicU64::new(plan.worlds()));
    let endings = Mutex::new(BTreeMap::new());
    let work = || {
        loop {
            let world = next.fetch_add(1, Ordering::Relaxed);
            if world >= stop.load(Ordering::Relaxed) {
                return;
            }
            let played = play(plan, world);
            if !played.as_ref().is_ok_and(|ending| ending.breach.is_none()) {
                stop.fetch_min(world, Ordering::Relaxed);
            }
            endings.lock().unwrap_or_else(PoisonError::into_inner).insert(world, played);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..plan.threads.max(1) {
            scope.spawn(work);
        }
    });
    endings.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn play_once(plan: &Plan, number: u64, detail: Detail) -> Played {
    world::play(plan, number, detail).map_err(|error| error.to_string())
}

/// Plays a world; one that breaks a rule a second time, to tell its story.
fn play(plan: &Plan, number: u64) -> Played {
    let first = play_once(plan, number, Detail::Numbers);
    let Ok(Ending { breach: Some(_), .. }) = &first else { return first };
    let second = play_once(plan, number, Detail::Stories);
    let is_same = matches!((&first, &second), (Ok(first), Ok(second)) if first.breach == second.breach);
    if is_same { second } else { Err(format!("world {number} does not play the same way twice")) }
}

impl Report {
    fn add(&mut self, plan: &Plan, world: u64, ending: Ending) {
        for (what, number) in ending.numbers {
            *self.numbers.entry(what).or_default() += number;
        }
        self.digest = self.digest.rotate_left(5) ^ ending.digest;
        self.breach = ending.breach.map(|seen| Breach {
            rule: seen.rule,
            world,
            order: seen.order,
            what: seen.what,
            story: ending.story,
            command: plan.command(world),
        });
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (what, number) in &self.numbers {
            writeln!(f, "{number:>12}  {what}")?;
        }
        writeln!(f, "{:016x}  digest", self.digest)?;
        match (&self.breach, &self.obstacle) {
            (Some(breach), _) => write!(f, "\n{breach}"),
            (None, Some(obstacle)) => write!(f, "\nnot played: {obstacle}"),
            (None, None) => write!(f, "\nevery rule is kept"),
        }
    }
}
