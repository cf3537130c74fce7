//! Every test of every language, in the order that finds the cheapest mistakes first.

use crate::bench::instructions;
use crate::beside::{self, Beside};
use crate::built;
use crate::chore::{Result, program, step, succeeds};
use crate::dist::target;
use crate::{c, php, sandbox_tests, supply, tidy, tools};

/// Runs them all; stops at the first that fails.
pub(crate) fn run() -> Result {
    tools::ensure()?;
    tidy::run()?;
    supply::check()?;
    step("formatting", &mut program("cargo fmt --all --check"))?;
    step("lints", &mut program("cargo clippy --locked --workspace --all-targets -- --deny warnings"))?;
    built::everything()?;
    let processors = beside::all_processors()?;
    let mut beside = vec![Beside::begin("browser", beside::half_of(&processors))];
    let here = built::what_is_shipped().and_then(|()| {
        beside.push(Beside::begin("python", processors));
        one_by_one(&beside)
    });
    // All of them, whatever became of the others: nothing may run on after the end.
    let ended: Vec<Result> = beside.into_iter().map(Beside::end).collect();
    here.and(ended.into_iter().collect::<Result>())?;
    println!("\nAll tests passed.");
    Ok(())
}

/// What is not run beside; ends early if one of the others has failed.
fn one_by_one(beside: &[Beside]) -> Result {
    let parts = [rust, native_tls, sandbox_tests::test, c::test, php::test, instructions::check, miri, documentation];
    for part in parts {
        if beside.iter().any(Beside::has_failed) {
            return Ok(());
        }
        part()?;
    }
    Ok(())
}

fn rust() -> Result {
    step("Rust tests and runnable examples", &mut built::rust_tests())
}

/// The TLS tests and the faults once more over the system's OpenSSL.
fn native_tls() -> Result {
    let line = "cargo test --locked --package izly --features native-tls --test tls --test faults";
    step("TLS tests and faults over OpenSSL", program(line).env("IZLY_TEST_TLS", "native"))
}

fn documentation() -> Result {
    let mut command = program("cargo doc --locked --workspace --no-deps");
    step("documentation", command.env("RUSTDOCFLAGS", "--deny warnings"))
}

/// The C library's pointer code under Miri, where a nightly toolchain has it: no release of Rust does, so it is asked for
/// nowhere.
fn miri() -> Result {
    if !succeeds("cargo +nightly miri --version") {
        println!("\n== Miri is not on this machine (rustup component add miri --toolchain nightly): left out");
        return Ok(());
    }
    let line = "cargo +nightly miri test --locked --package izly-capi --lib";
    step("the C library's pointers under Miri", program(line).env("CARGO_TARGET_DIR", target().join("miri")))
}
