//! What the tests run, built before them: no program that they use is replaced by another build of it meanwhile, little is
//! compiled beside a test with a deadline, and what libraries there are is compiled as few times as cargo can.

use std::process::Command;

use crate::bench::instructions;
use crate::chore::{Result, program, step};
use crate::dist::{self, target};
use crate::python;

/// The Python module tells its stubs; nothing else minds.
const FEATURES: &str = "--features izly-python/stubs";

/// All programs and all Rust tests. Cargo decides about features for what it builds at a time: built one by one, most
/// libraries would be compiled several times.
pub(crate) fn everything() -> Result {
    step("everything that tests run", &mut cargo(&format!("build --workspace --all-targets {FEATURES}")))
}

/// The Rust tests, of that build.
pub(crate) fn rust_tests() -> Command {
    cargo(&format!("test --workspace {FEATURES}"))
}

/// What is shipped, optimized. The tests of C and PHP and the counting build it once more, which is then done at once.
pub(crate) fn what_is_shipped() -> Result {
    dist::build()?;
    python::build()?;
    instructions::build().map(drop)
}

/// The programs that a part of the tests runs, for that part alone.
pub(crate) fn programs() -> Result {
    let line = "build --package izly-cli --package izly-fault-server";
    step("the izly command and the fault server", &mut cargo(line))
}

/// The same for Python's, with its module and its wheels.
pub(crate) fn for_python() -> Result {
    programs()?;
    python::build_stubs()?;
    python::build()
}

/// Cargo at the root, building where the chores look for it, whatever its settings say.
pub(crate) fn cargo(line: &str) -> Command {
    let (what, rest) = line.split_once(' ').unwrap_or((line, ""));
    let mut command = program(&format!("cargo {what} --locked"));
    command.arg("--target-dir").arg(target()).args(rest.split_whitespace());
    command
}
