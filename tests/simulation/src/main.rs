//! The command behind `cargo xtask simulate`.

// Telling is what it is for.
#![allow(clippy::print_stdout)]

use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use izly_simulation::{Plan, Plant, simulate};

/// Partner sites that crash, and an Izly that misbehaves.
#[derive(Parser)]
struct Arguments {
    /// How many students go to pay.
    #[arg(long, default_value_t = 10_000)]
    checkouts: u64,
    /// Decides everything.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only this world, to see a failure again.
    #[arg(long)]
    world: Option<u64>,
    /// A mistake to plant in the partner.
    #[arg(long)]
    plant: Option<Plant>,
    /// Worlds at a time; as many as there are cores, unless said otherwise.
    #[arg(long)]
    threads: Option<usize>,
}

fn main() -> ExitCode {
    let Arguments { checkouts, seed, world, plant, threads } = Arguments::parse();
    let plan = Plan { checkouts, seed, world, plant, threads: threads.unwrap_or_else(|| Plan::default().threads) };
    let begins = Instant::now();
    let report = simulate(&plan);
    println!("{report}");
    println!("{checkouts} checkouts of seed {seed} in {:.1} s", begins.elapsed().as_secs_f64());
    if report.breach.is_none() && report.obstacle.is_none() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
