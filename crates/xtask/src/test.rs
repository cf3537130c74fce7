//! Every test of every language, in the order that finds the cheapest mistakes first.

use crate::chore::{Result, program, step};
use crate::{tidy, tools};

/// Runs them all; stops at the first that fails.
pub(crate) fn run() -> Result {
    tools::ensure()?;
    tidy::run()?;
    step("formatting", &mut program("cargo fmt --all --check"))?;
    step("lints", &mut program("cargo clippy --locked --workspace --all-targets -- --deny warnings"))?;
    step("Rust tests and runnable examples", &mut program("cargo test --locked --workspace"))?;
    native_tls()?;
    step("documentation", program("cargo doc --locked --workspace --no-deps").env("RUSTDOCFLAGS", "--deny warnings"))?;
    println!("\nAll tests passed.");
    Ok(())
}

/// The TLS tests once more over the system's OpenSSL.
fn native_tls() -> Result {
    let line = "cargo test --locked --package izly --features native-tls --test tls";
    step("TLS tests over OpenSSL", program(line).env("IZLY_TEST_TLS", "native"))
}
