//! `izly-instructions CASE COUNT [SIZE]` does one thing so many times and ends; `izly-instructions` lists the things.
//!
//! Under valgrind, a thousand times more cost exactly a thousand times what one costs, start and end of the process left
//! out. That does not depend on the machine's mood, so it is compared on each change (`cargo xtask bench instructions`).

// Its output is its interface.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod cases;
mod samples;

use std::process::ExitCode;

use cases::{CASES, Work};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => {
            for (name, _) in &CASES {
                println!("{name}");
            }
            Ok(())
        }
        [case, count] => run(case, count, "0"),
        [case, count, size] => run(case, count, size),
        _ => Err("izly-instructions [CASE COUNT [SIZE]]".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(case: &str, count: &str, size: &str) -> Result<(), String> {
    let number = |text: &str| text.parse::<usize>().map_err(|_| format!("not a number: {text}"));
    let (count, size) = (number(count)?, number(size)?);
    let found = CASES.iter().find(|(name, _)| *name == case).map(|(_, make)| make);
    let make = found.ok_or_else(|| format!("there is no case {case}"))?;
    let mut work: Work = make(size).map_err(|error| error.to_string())?;
    for _ in 0..count {
        work().map_err(|error| format!("{case}: {error}"))?;
    }
    Ok(())
}
