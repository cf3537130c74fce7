//! The wheel's tests: run in clean environments, against the built wheel, far from the source tree.

use std::path::{Path, PathBuf};

use super::environment::Environment;
use super::stubs;
use super::wheel::{self, Built};
use crate::chore::{Result, output_of, program, root, step, succeeds};
use crate::dist::{as_everywhere, target};
use crate::faults::FaultServer;

const TEST: &str = "python/requirements/test.txt";
const TYPING: &str = "python/requirements/typing.txt";
/// The last ones are named by the first, and listed so that a change in them is seen.
const SITES: [&str; 4] = [
    "python/tests/sites/requirements.txt",
    "python/examples/django_site/requirements.txt",
    "python/examples/fastapi_site/requirements.txt",
    "python/examples/flask_site/requirements.txt",
];

/// The versions of Python that the wheel is tried on where they are found, beside the one that runs everything: the oldest
/// and a newer one. One wheel serves all.
const OTHERS: [&str; 2] = ["3.10", "3.13"];

/// Everything about the wheel, as it was built.
pub(crate) fn test() -> Result {
    stubs::check()?;
    let built = wheel::found(&folder())?;
    let faults = FaultServer::start()?;
    behaviour(&built, &faults)?;
    types(&built)?;
    sites(&built)?;
    other_versions(&built, &faults)?;
    sources(&built)
}

/// Builds what is tested.
pub(crate) fn build() -> Result {
    wheel::for_tests(&folder()).map(drop)
}

fn folder() -> PathBuf {
    target().join("python/dist")
}

/// The tests of the package itself.
fn behaviour(built: &Built, faults: &FaultServer) -> Result {
    let environment = installed("test", &[TEST], built)?;
    step("Python tests", faults.tell(&mut pytest(&environment, &[], "python/tests")))
}

/// Many calls that go wrong: from one thread, then from eight that share a client.
pub(crate) fn soak(calls: u32) -> Result {
    let built = wheel::for_tests(&folder())?;
    let environment = installed("test", &[TEST], &built)?;
    let faults = FaultServer::start()?;
    for threads in ["1", "8"] {
        let mut command = environment.program("python");
        command.args(["-m", "support.soak", "--calls", &calls.to_string(), "--threads", threads]);
        // Not from the sources' folder, whose `izly` Python would take for the package.
        command.env("PYTHONPATH", root().join("python/tests"));
        step(&format!("Python, {threads} threads: calls that go wrong"), faults.tell(&mut command))?;
    }
    Ok(())
}

/// The partner sites in their frameworks.
fn sites(built: &Built) -> Result {
    let environment = installed("sites", &[&[TEST], &SITES[..]].concat(), built)?;
    let mut command = pytest(&environment, &[], "python/tests/sites");
    step("example sites", command.env("IZLY_TEST_REQUIRE_POSTGRESQL", "1"))
}

/// What type checkers see: the stubs against the module, the completeness of the types, the types of ordinary code.
fn types(built: &Built) -> Result {
    let environment = installed("typing", &[TEST, TYPING], built)?;
    let python = environment.folder().join("bin/python");
    let checked = root().join("python/tests/typing");
    step("stubtest", environment.program("stubtest").arg("izly"))?;
    let complete = ["--ignoreexternal", "--verifytypes", "izly"];
    step("completeness of types", environment.program("pyright").arg("--pythonpath").arg(&python).args(complete))?;
    step("types seen by mypy", environment.program("mypy").args(["--strict"]).arg(&checked))?;
    step("types seen by pyright", environment.program("pyright").arg("--pythonpath").arg(&python).arg(&checked))
}

/// The wheel on other versions of Python, the oldest among them: what does not depend on tools.
fn other_versions(built: &Built, faults: &FaultServer) -> Result {
    for version in OTHERS {
        let Some(interpreter) = interpreter(version) else {
            println!("\n== Python {version} is not on this machine: the wheel was not tried on it");
            continue;
        };
        let environment = Environment::clean(&format!("on-{version}"), &interpreter)?;
        step("test tools", environment.pip(&["install", "--requirement"]).arg(root().join(TEST)))?;
        environment.install("the wheels", &[&built.wheel, &built.command])?;
        let mut command = pytest(&environment, &["-m", "not slow"], "python/tests");
        step(&format!("Python tests on {version}"), faults.tell(&mut command))?;
    }
    Ok(())
}

/// An interpreter of this version: on the path, or among those that pyenv keeps.
fn interpreter(version: &str) -> Option<String> {
    let name = format!("python{version}");
    if succeeds(&format!("{name} --version")) {
        return Some(name);
    }
    let kept = output_of(&mut program("pyenv root")).ok()?;
    let versions = std::fs::read_dir(Path::new(kept.trim()).join("versions")).ok()?;
    let fits = |folder: &PathBuf| folder.to_string_lossy().contains(&format!("/{version}."));
    let folder = versions.filter_map(|entry| Some(entry.ok()?.path())).find(fits)?;
    Some(folder.join("bin").join(name).display().to_string())
}

/// The source distribution, built by pip as on a machine that no wheel fits: in isolation, with what it declares.
fn sources(built: &Built) -> Result {
    let environment = Environment::clean("from-sources", "python3")?;
    let mut install = environment.pip(&["install"]);
    // The compiled dependencies are shared, the sources are not.
    let install = as_everywhere(install.arg(&built.sources).env("CARGO_TARGET_DIR", target()));
    step("a build from the sources", install)?;
    let works = "import izly; assert izly.Order('order-42', 150).amount_cents == 150";
    step("what was built from the sources", environment.program("python").args(["-c", works]))
}

/// An environment with these requirements, and the wheels just built.
fn installed(name: &str, requirements: &[&str], built: &Built) -> std::result::Result<Environment, String> {
    let environment = Environment::with(name, requirements)?;
    let wheels: [&Path; 2] = [&built.wheel, &built.command];
    environment.install("the wheels", &wheels)?;
    Ok(environment)
}

fn pytest(environment: &Environment, arguments: &[&str], tests: &str) -> std::process::Command {
    let mut command = environment.pytest(&root().join("pyproject.toml"));
    command.args(arguments).arg(root().join(tests));
    command
}
