//! Running a comparison: round after round, each contender once in each, and another one first each time.

use std::collections::BTreeMap;
use std::process::Command;

use crate::pages;
use crate::plan::{Action, COMPARISONS, Comparison, Contender, Measure, Scene};
use crate::results::{Compared, Figure};
use crate::served::Served;
use crate::setup::{Place, Setup};
use crate::statistics::Spread;
use crate::worker::{self, Cost};

/// Runs everything in the plan, or one comparison.
///
/// # Errors
/// At the first run that fails, or that did not do its work.
pub fn compare(setup: &Setup, only: Option<&str>) -> Result<Vec<Compared>, String> {
    let mut servers = Servers::new(setup);
    let wanted = COMPARISONS.iter().filter(|comparison| only.is_none_or(|only| only == comparison.name));
    wanted.map(|comparison| run(setup, &mut servers, comparison)).collect()
}

/// The servers that run, by what they are like.
struct Servers<'s> {
    setup: &'s Setup,
    running: BTreeMap<(bool, Place), Served>,
}

impl<'s> Servers<'s> {
    fn new(setup: &'s Setup) -> Self {
        Servers { setup, running: BTreeMap::new() }
    }

    /// The one for a comparison, started when it is first asked for.
    fn of(&mut self, comparison: &Comparison) -> Result<&Served, String> {
        let like = (comparison.scene == Scene::Slow, place(comparison));
        if !self.running.contains_key(&like) {
            let options: &[&str] = if like.0 { &["--delay-ms", "50"] } else { &[] };
            self.running.insert(like, Served::start(self.setup, like.1, options)?);
        }
        self.running.get(&like).ok_or_else(|| "no server".to_owned())
    }
}

fn place(comparison: &Comparison) -> Place {
    if comparison.is_parallel { Place::Anywhere } else { Place::OneProcessor }
}

fn run(setup: &Setup, servers: &mut Servers<'_>, comparison: &Comparison) -> Result<Compared, String> {
    eprint!("{:<28}", comparison.name);
    let server = if comparison.scene == Scene::Offline { None } else { Some(servers.of(comparison)?) };
    let mut costs = vec![Vec::new(); comparison.contenders.len()];
    for round in 0..comparison.rounds {
        for turn in 0..costs.len() {
            let at = (round + turn) % costs.len();
            costs[at].push(run_once(setup, server, comparison, &comparison.contenders[at])?);
        }
        eprint!(".");
    }
    eprintln!();
    compared(comparison, &costs)
}

fn compared(comparison: &Comparison, costs: &[Vec<Cost>]) -> Result<Compared, String> {
    let is_wall = comparison.measure == Measure::Wall;
    let measured = |costs: &[Cost]| -> Vec<f64> {
        costs.iter().map(|cost| if is_wall { cost.wall } else { cost.cpu.unwrap_or(f64::NAN) }).collect()
    };
    let ours = costs.first().map(|costs| measured(costs)).unwrap_or_default();
    let figure = |(contender, costs): (&Contender, &Vec<Cost>)| {
        let runs = measured(costs);
        Some(Figure {
            contender: contender.name.to_owned(),
            cpu: Spread::of(costs.iter().filter_map(|cost| cost.cpu)),
            wall: Spread::of(costs.iter().map(|cost| cost.wall))?,
            memory_kib: Spread::of(costs.iter().filter_map(|cost| cost.memory_kib)),
            ratio: Spread::of_ratios(&ours, &runs)?,
            runs,
        })
    };
    let figures = comparison.contenders.iter().zip(costs).map(figure).collect::<Option<Vec<_>>>();
    Ok(Compared {
        name: comparison.name.to_owned(),
        title: comparison.title.to_owned(),
        is_wall,
        rounds: comparison.rounds,
        figures: figures.ok_or_else(|| format!("{}: a run cost nothing", comparison.name))?,
    })
}

fn run_once(setup: &Setup, server: Option<&Served>, comparison: &Comparison, who: &Contender) -> Result<Cost, String> {
    let is_tls = comparison.scene == Scene::Tls;
    match comparison.action {
        Action::Operation(language, operation) => {
            let mut command = setup.worker(language, who.name, place(comparison))?;
            tell(command.args([operation, who.name]), server, is_tls, comparison.count);
            let body = server.map_or(0, |server| server.body(operation, is_tls));
            worker::run(&mut command, comparison.count, who.proof.sum(body))
        }
        Action::Whole(language, operation) => {
            let mut command = setup.worker(language, who.name, place(comparison))?;
            tell(command.args([operation, who.name]), server, is_tls, 1);
            let body = server.map_or(0, |server| server.body(operation, is_tls));
            worker::run_whole(&mut command, who.proof.sum(body))
        }
        Action::Program(language) => {
            let mut command = setup.script(language, place(comparison))?;
            tell(command.arg(setup.startup(who.name)), server, is_tls, 1);
            let body = server.map_or(0, |server| server.body("read", is_tls));
            worker::run_whole(&mut command, who.proof.sum(body))
        }
        Action::Page => pages::read(setup, who),
        Action::Callback => pages::post(setup, who),
    }
}

/// What a worker finds in its environment.
pub(crate) fn tell(command: &mut Command, server: Option<&Served>, is_tls: bool, count: u64) {
    let warm_up = if count == 1 { 0 } else { (count / 10).max(3) };
    command.env("IZLY_BENCH_COUNT", count.to_string()).env("IZLY_BENCH_WARMUP", warm_up.to_string());
    if let Some(server) = server {
        command.env("IZLY_BENCH_URL", server.url(is_tls)).env("IZLY_BENCH_CA", server.ca_file());
    }
}
