//! Every test of every language, in the order that finds the cheapest mistakes first.

use crate::bench::instructions;
use crate::beside::Beside;
use crate::built::{self, FEATURES};
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
    let beside = [Beside::begin("python", "5"), Beside::begin("browser", "10")];
    let here = rust()
        .and_then(|()| native_tls())
        .and_then(|()| sandbox_tests::test())
        .and_then(|()| c::test())
        .and_then(|()| php::test())
        .and_then(|()| instructions::check());
    // All of them, whatever became of the others: nothing may run on after the end.
    let ended: Vec<Result> = beside.into_iter().map(Beside::end).collect();
    here.and(ended.into_iter().collect::<Result>())?;
    miri()?;
    step("documentation", program("cargo doc --locked --workspace --no-deps").env("RUSTDOCFLAGS", "--deny warnings"))?;
    println!("\nAll tests passed.");
    Ok(())
}

fn rust() -> Result {
    let line = format!("cargo test --locked --workspace --features {FEATURES}");
    step("Rust tests and runnable examples", &mut program(&line))
}

/// The TLS tests and the faults once more over the system's OpenSSL.
fn native_tls() -> Result {
    let line = format!("cargo test --locked --workspace --features {FEATURES} --test tls --test faults");
    step("TLS tests and faults over OpenSSL", program(&line).env("IZLY_TEST_TLS", "native"))
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
