//! The chores of this repository. `cargo xtask help` lists them.

// Talking to the person at the terminal is what this program is for.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod bench;
mod beside;
mod browser;
mod built;
mod c;
mod chore;
mod dist;
mod faults;
mod fuzz;
mod header;
mod load;
mod php;
mod python;
mod reproducible;
mod sandbox;
mod sandbox_tests;
mod serving;
mod simulate;
mod soak;
mod supply;
mod test;
mod tidy;
mod tools;

use std::path::Path;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <chore>

  test    every test of every language, as CI runs them; installs what is missing or says what to install
  test c  the C library's tests alone
  test php
          the PHP extension's tests alone; the parts that need more than a compiler and Python install it as `test` does
  test python
          the Python wheel's tests alone: builds it, and runs them against what it built
  test sandbox
          the sandbox's tests from outside alone: over HTTP
  test browser
          the sandbox's pages in Chromium alone
  screenshots
          writes the pictures of these pages to docs/screenshots
  dist c --prefix DIR
          builds libizly as it is shipped and installs it: header, libraries, pkg-config, CMake
  dist php --out DIR
          the PHP extension's sources, for PIE and phpize, and its stubs for editors and PHPStan
  dist python --out DIR
          builds the wheels and the source distribution, and looks at them as the package index would
  fuzz [--seconds N [TARGET]]
          every fuzz target, or one, for a minute or N seconds each; needs a C++ compiler, installs cargo-fuzz
  fuzz merge
          adds what the runs here have found to the committed corpus, where it reaches new code
  sanitize
          the Rust tests under AddressSanitizer and ThreadSanitizer; needs a nightly toolchain with rust-src
  bench   izly beside its peers: a report in docs/benchmarks.md, in some eight minutes; nothing else should run
  bench NAME
          one comparison of it
  bench instructions [--write]
          the instructions of the hot paths, beside those that are kept; or keeps them
  bench report
          the report once more, from benchmarks/results.json
  load    how many requests the sandbox answers in a minute, and with how much memory; needs wrk
  soak    a hundred thousand calls that go wrong in each language, which must leave nothing behind; or in one: soak c
  faults  writes docs/faults.md, the table of faults for people
  supply  what comes from others: notes, licences, bills of materials; and that two builds give the same bytes
  simulate [--checkouts N] [--seed N] [--world N] [--plant MISTAKE]
          partner sites that crash and an Izly that misbehaves; for the night with --checkouts 1000000
  stubs   writes python/izly/_native.pyi
  header  writes include/izly.h
  arginfo writes the PHP extension's declarations, from its stubs
  tidy    the house rules that no compiler checks
  help    this text
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["test"] => test::run(),
        ["tidy"] => tidy::run(),
        ["bench"] => bench::run(),
        ["bench", "report"] => bench::report(),
        ["bench", "instructions"] => bench::instructions::check(),
        ["bench", "instructions", "--write"] => bench::instructions::write(),
        ["bench", name] => bench::only(name),
        ["load"] => load::run(),
        ["supply"] => supply::run(),
        ["soak"] => soak::run(None),
        ["soak", language] => soak::run(Some(language)),
        ["faults"] => faults::write(),
        ["simulate", ref rest @ ..] => simulate::run(rest),
        ["fuzz"] => fuzz::run("60", None),
        ["fuzz", "--seconds", seconds] => fuzz::run(seconds, None),
        ["fuzz", "--seconds", seconds, target] => fuzz::run(seconds, Some(target)),
        ["fuzz", "merge"] => fuzz::merge(),
        ["sanitize"] => fuzz::sanitize(),
        ["header"] => header::write(),
        ["stubs"] => python::write_stubs(),
        // As `test` has it, which has built everything.
        ["test", "python", "--built"] => python::test(),
        ["test", "browser", "--built"] => browser::test(),
        ["test", "python"] => built::for_python().and_then(|()| python::test()),
        ["dist", "python", "--out", out] => {
            std::path::absolute(out).map_err(|error| error.to_string()).and_then(|out| python::dist(&out)).map(drop)
        }
        ["arginfo"] => php::write_arginfo(),
        ["test", "c"] => built::programs().and_then(|()| c::test()),
        ["test", "php"] => with_tools(php::test),
        ["test", "sandbox"] => with_tools(sandbox_tests::test),
        ["test", "browser"] => with_tools(browser::test),
        ["screenshots"] => with_tools(browser::screenshots),
        ["dist", "php", "--out", folder] => php::dist(Path::new(folder)),
        ["dist", "c", "--prefix", prefix] => dist::c(Path::new(prefix)),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        _ => Err(format!("there is no such chore: {}\n\n{HELP}", arguments.join(" "))),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\nxtask: {message}");
            ExitCode::FAILURE
        }
    }
}

/// One part of `test`, with what it stands on.
fn with_tools(part: fn() -> chore::Result) -> chore::Result {
    tools::ensure()?;
    built::programs()?;
    part()
}
