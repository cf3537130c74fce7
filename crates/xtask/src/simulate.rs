//! A million checkouts, and any single world of theirs again.

use crate::chore::{Result, program, step};

/// Plays what the arguments say: `--checkouts 1000000`, `--seed N`, `--world N`, `--plant MISTAKE`. Optimised: a million
/// take minutes.
pub(crate) fn run(arguments: &[&str]) -> Result {
    let mut command = program("cargo run --locked --quiet --release --package izly-simulation --");
    step("the simulation", command.args(arguments))
}
