//! What is shipped for Python: the wheel of the SDK, the wheel of the command, the source distribution.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use super::environment::Environment;
use crate::chore::{Result, output, program, root, step};
use crate::dist::{as_everywhere, target};
use crate::sandbox::Sandbox;

/// What builds wheels and looks at them.
pub(crate) const WHEEL: &str = "python/requirements/wheel.txt";

/// The largest that the wheel may be, in bytes (the design's budget).
const MAX_WHEEL_BYTES: u64 = 1_300_000;

/// How something is made, by maturin.
struct How {
    arguments: &'static [&'static str],
    /// The folder for what is compiled, below that of all builds.
    compiled_in: Option<&'static str>,
}

const SHIPPED: How = How { arguments: &["build", "--strip", "--compression-level", "9"], compiled_in: Some("") };
/// In a folder of its own: tests that run at the same time run the command from the usual one.
const QUICK: How = How { arguments: &["build", "--strip", "--profile", "dev"], compiled_in: Some("command") };
const SOURCES: How = How { arguments: &["sdist"], compiled_in: None };

/// What was built, by its place.
pub(crate) struct Built {
    /// `izly`.
    pub(crate) wheel: PathBuf,
    /// `izly-cli`: the `izly` command.
    pub(crate) command: PathBuf,
    /// The sources of `izly`, from which pip builds where no wheel fits.
    pub(crate) sources: PathBuf,
}

/// Builds the wheel alone into this folder, and gives its place.
pub(crate) fn alone(out: &Path) -> std::result::Result<PathBuf, String> {
    let tools = Environment::with("wheel", &[WHEEL])?;
    maturin(&tools, "the wheel", "pyproject.toml", &SHIPPED, out)?;
    find(out, "izly-", ".whl")
}

/// Builds all that is shipped into this folder, and looks at it as the package index would.
pub(crate) fn dist(out: &Path) -> std::result::Result<Built, String> {
    all(out, &SHIPPED)
}

/// The same, but for the command: as it is shipped it takes minutes to compile, and Python's tests are not about its speed.
pub(crate) fn for_tests(out: &Path) -> std::result::Result<Built, String> {
    all(out, &QUICK)
}

fn all(out: &Path, command: &How) -> std::result::Result<Built, String> {
    if out.exists() {
        fs::remove_dir_all(out).map_err(|error| error.to_string())?;
    }
    let tools = Environment::with("wheel", &[WHEEL])?;
    maturin(&tools, "the wheel", "pyproject.toml", &SHIPPED, out)?;
    maturin(&tools, "the command's wheel", "crates/izly-cli/pyproject.toml", command, out)?;
    maturin(&tools, "the source distribution", "pyproject.toml", &SOURCES, out)?;
    let built = found(out)?;
    for wheel in [&built.wheel, &built.command] {
        let mut places = tools.program("python");
        places.arg(root().join("crates/xtask/src/python/places.py")).arg(wheel).arg(root());
        step("the bill of materials without places", &mut places)?;
    }
    look_at(&tools, &built)?;
    println!("the wheels and the sources are in {}", out.display());
    Ok(built)
}

/// What was built into this folder before.
pub(crate) fn found(out: &Path) -> std::result::Result<Built, String> {
    Ok(Built {
        wheel: find(out, "izly-", ".whl")?,
        command: find(out, "izly_cli-", ".whl")?,
        sources: find(out, "izly-", ".tar.gz")?,
    })
}

fn maturin(tools: &Environment, what: &str, project: &str, how: &How, out: &Path) -> Result {
    let folder = root().join(project);
    let mut command = tools.program("maturin");
    command.current_dir(folder.parent().unwrap_or(&folder)).args(how.arguments).arg("--out").arg(out);
    if let Some(place) = how.compiled_in {
        command.arg("--target-dir").arg(target().join(place));
    }
    step(what, as_everywhere(&mut command))
}

/// The one file in a folder whose name begins and ends like this.
fn find(folder: &Path, begins: &str, ends: &str) -> std::result::Result<PathBuf, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut found = names.filter(|name| name.starts_with(begins) && name.ends_with(ends));
    match (found.next(), found.next()) {
        (Some(name), None) => Ok(folder.join(name)),
        _ => Err(format!("{}: not one file {begins}…{ends}", folder.display())),
    }
}

/// What the index, pip and Python ask of a wheel, and what we do.
fn look_at(tools: &Environment, built: &Built) -> Result {
    unwinds_with_the_system(&built.wheel)?;
    serves(&built.command)?;
    let all = [&built.wheel, &built.command, &built.sources];
    step("metadata", tools.program("twine").args(["check", "--strict"]).args(all))?;
    step("the stable ABI", tools.program("abi3audit").arg("--strict").arg(&built.wheel))?;
    step("contents", tools.program("check-wheel-contents").arg(&built.wheel))?;
    // A program has no module to import.
    step(
        "the command's contents",
        tools.program("check-wheel-contents").args(["--ignore", "W007"]).arg(&built.command),
    )?;
    let bytes = fs::metadata(&built.wheel).map_err(|error| error.to_string())?.len();
    println!("the wheel has {bytes} bytes, of {MAX_WHEEL_BYTES}");
    if bytes > MAX_WHEEL_BYTES {
        Err(format!("the wheel has {bytes} bytes, at most {MAX_WHEEL_BYTES}"))
    } else {
        Ok(())
    }
}

/// At exit, Python ends the threads that still wait in a call by unwinding them with the system's unwinder. A module that
/// brings one of its own, as zig's linker has it, crashes there.
fn unwinds_with_the_system(wheel: &Path) -> Result {
    let folder = unpacked(wheel)?;
    let module = folder.path().join("izly/_native.abi3.so");
    let imported = output("nm --dynamic --undefined-only", &module)?;
    if imported.contains("_Unwind_RaiseException") {
        Ok(())
    } else {
        Err("the module brings an unwinder of its own".to_owned())
    }
}

/// The command in its wheel starts a sandbox.
fn serves(wheel: &Path) -> Result {
    let folder = unpacked(wheel)?;
    let command = folder.path().join(format!("izly_cli-{}.data/scripts/izly", env!("CARGO_PKG_VERSION")));
    // pip would do this; an archive's reader does not.
    fs::set_permissions(&command, fs::Permissions::from_mode(0o755))
        .map_err(|error| format!("{}: {error}", command.display()))?;
    let sandbox = Sandbox::of(&command, &[])?;
    if sandbox.base_url.is_empty() {
        Err("the command's sandbox does not say where it listens".to_owned())
    } else {
        Ok(())
    }
}

fn unpacked(wheel: &Path) -> std::result::Result<tempfile::TempDir, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    step("unpacking a wheel", program("python3 -m zipfile -e").arg(wheel).arg(folder.path()))?;
    Ok(folder)
}
