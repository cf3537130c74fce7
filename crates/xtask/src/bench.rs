//! izly beside its peers: builds it as it is shipped, installs the peers from their registries, runs them in turns, and
//! writes what came of it.

pub(crate) mod instructions;
mod setup;
mod versions;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use crate::chore::{Result, program, root, step};
use crate::dist::target;
use crate::tools;

/// Where the figures are kept.
const RESULTS: &str = "benchmarks/results.json";

/// Everything: figures, report and pictures.
pub(crate) fn run() -> Result {
    with_setup(|setup| {
        let results = root().join(RESULTS);
        let mut run = harness();
        step("benchmarks", run.args(["run", "--setup"]).arg(setup).arg("--results").arg(results))
    })?;
    report()
}

/// One comparison, whose figures are printed and not kept.
pub(crate) fn only(name: &str) -> Result {
    with_setup(|setup| step("benchmark", harness().args(["run", "--setup"]).arg(setup).args(["--only", name])))
}

/// The report once more, from the figures that are kept.
pub(crate) fn report() -> Result {
    build_harness()?;
    let mut write = harness();
    write.arg("report").arg("--results").arg(root().join(RESULTS)).arg("--docs").arg(root().join("docs"));
    step("the report", &mut write)
}

/// Builds everything, and gives the place of the file that says where it is.
fn with_setup(work: impl FnOnce(&Path) -> Result) -> Result {
    tools::ensure_for_benchmarks()?;
    build_harness()?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    // php-fpm gives up root's rights, and has to read what is in there.
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).map_err(|error| error.to_string())?;
    let built = setup::build(folder.path())?;
    let file = folder.path().join("setup.json");
    fs::write(&file, built.json.to_string()).map_err(|error| error.to_string())?;
    work(&file)
}

fn build_harness() -> Result {
    let line = "cargo build --locked --release --package izly-benchmarks";
    step("the harness", program(line).arg("--target-dir").arg(target()))
}

/// The program that serves, runs and reports.
fn harness_path() -> PathBuf {
    target().join("release/izly-benchmarks")
}

fn harness() -> std::process::Command {
    std::process::Command::new(harness_path())
}
