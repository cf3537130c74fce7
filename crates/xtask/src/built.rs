//! What the tests run, built before them: nothing that runs is replaced by another build of it while others use it, and what
//! libraries there are is compiled once.

use crate::chore::{Result, program, step};
use crate::tools;

/// Features beside the usual ones that some tests need, and no other minds.
pub(crate) const FEATURES: &str = "izly/native-tls,izly-python/stubs";

/// All programs and all Rust tests. Cargo decides about features for what it builds at a time: built one by one, most
/// libraries would be compiled several times.
pub(crate) fn everything() -> Result {
    let line = format!("cargo build --locked --workspace --all-targets --features {FEATURES}");
    step("everything that tests run", &mut program(&line))
}

/// Runs a part of the tests alone, after what it needs of the tools and of this workspace's programs.
pub(crate) fn then(part: impl FnOnce() -> Result) -> Result {
    tools::ensure()?;
    let line = "cargo build --locked --package izly-cli --package izly-fault-server --package izly-python \
                --features izly-python/stubs";
    step("the izly command, the fault server, the Python module", &mut program(line))?;
    part()
}
