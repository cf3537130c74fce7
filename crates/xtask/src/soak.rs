//! A hundred thousand calls that go wrong, in each language: the process must be left as it was.
//!
//! The programs are those of the tests, which make fewer calls with them. Each looks itself at its memory, its
//! descriptors and its threads, and prints what it finds.

use crate::chore::{Result, program, step};
use crate::{built, c, php, python};

const CALLS: u32 = 100_000;

/// Makes so many calls in one language.
type Soak = fn(u32) -> Result;

/// By the names that the chore is given.
const LANGUAGES: [(&str, Soak); 4] = [("rust", rust), ("c", c::soak), ("php", php::soak), ("python", python::soak)];

/// Runs it in one language, or in all.
pub(crate) fn run(only: Option<&str>) -> Result {
    let wanted: Vec<_> = LANGUAGES.iter().filter(|(name, _)| only.is_none_or(|only| only == *name)).collect();
    if wanted.is_empty() {
        let names = LANGUAGES.map(|(name, _)| name).join(", ");
        return Err(format!("there is no such language: {}; there are {names}", only.unwrap_or_default()));
    }
    built::programs()?;
    wanted.into_iter().try_for_each(|(_, soak)| soak(CALLS))
}

/// The test of the core, built as programs are that somebody runs.
fn rust(calls: u32) -> Result {
    let line = "cargo test --locked --release --package izly --test growth -- --nocapture";
    step("Rust: calls that go wrong", program(line).env("IZLY_SOAK_CALLS", calls.to_string()))
}
