//! `izly demo`: the whole protocol, played on this machine, and explained as it goes.
//!
//! The sandbox is Izly, [`partner_site`] is the shop, [`student`] is the browser. [`happy`] and [`unhappy`] are the
//! story; a [`stage`] plays it step by step, and the [`narrator`] tells it. Everything shown was on the wire.

mod exchange;
mod happy;
mod narrator;
mod partner_site;
mod stage;
mod step;
mod student;
mod unhappy;
mod wrap;

use crate::cli::DemoArgs;
use crate::exit::{Exit, Failure};
use crate::output::Output;
use crate::shop;
use narrator::Narrator;
use stage::Stage;

/// Plays the whole story, or opens the demo shop for a person to play it. The exit code says whether every step went as expected.
pub(crate) fn run(arguments: &DemoArgs, output: Output) -> Result<Exit, Failure> {
    if arguments.serve {
        return shop::run(arguments, output);
    }
    let begins = std::time::Instant::now();
    let mut stage = Stage::set(arguments.seed, Narrator::new(output))
        .map_err(|trouble| Failure::usage("demo", format!("cannot start: {trouble}")))?;
    stage.begin();
    // A step that stops has been told; the other part stands on its own and is played all the same.
    let _ = happy::play(&mut stage);
    let _ = unhappy::play(&mut stage);
    Ok(if stage.end(begins.elapsed()) { Exit::Ok } else { Exit::No })
}
