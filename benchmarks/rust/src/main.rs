//! `izly-bench-rust OPERATION CONTENDER`: does one thing many times with one contender, in a process of its own, and prints
//! what it cost as a line of JSON. `izly-bench-rust list` names the pairs. What the environment says: `settings.rs`.

// Its output is its interface.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod call;
mod contenders;
mod decode;
mod measure;
mod settings;

use std::error::Error;
use std::process::ExitCode;

use crate::contenders::CONTENDERS;
use crate::settings::Settings;

const USAGE: &str = "izly-bench-rust OPERATION CONTENDER | izly-bench-rust list";

/// Why nothing was measured.
type Failure = Box<dyn Error + Send + Sync>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["list"] => list(),
        [operation, contender] => run(operation, contender),
        _ => Err(USAGE.into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{}", describe(&*failure));
            ExitCode::FAILURE
        }
    }
}

// Like its neighbour below, it can be put in the table of results.
#[allow(clippy::unnecessary_wraps)]
fn list() -> Result<(), Failure> {
    for contender in CONTENDERS {
        println!("{} {}", contender.operation, contender.name);
    }
    Ok(())
}

fn run(operation: &str, name: &str) -> Result<(), Failure> {
    let contender = CONTENDERS
        .iter()
        .find(|contender| (contender.operation, contender.name) == (operation, name))
        .ok_or_else(|| format!("`{operation} {name}` is no pair that `list` names"))?;
    let cost = (contender.run)(&Settings::from_environment()?)?;
    println!("{}", serde_json::to_string(&cost)?);
    Ok(())
}

/// A failure with its causes: what an HTTP library says first is seldom what went wrong.
fn describe(failure: &(dyn Error + 'static)) -> String {
    let causes = std::iter::successors(Some(failure), |&cause| cause.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
