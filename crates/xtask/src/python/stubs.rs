//! The type stubs: made from the classes they describe, and never edited.

use std::fs;
use std::path::PathBuf;

use super::environment::Environment;
use super::wheel::WHEEL;
use crate::chore::{Result, read, root, step};
use crate::dist::target;

fn path() -> PathBuf {
    root().join("python/izly/_native.pyi")
}

fn make() -> std::result::Result<String, String> {
    let out = target().join("python/stubs");
    let mut command = Environment::with("wheel", &[WHEEL])?.program("maturin");
    command.current_dir(root()).args(["generate-stubs", "--profile", "dev", "--features", "stubs", "--out"]).arg(&out);
    step("type stubs", command.arg("--target-dir").arg(target()))?;
    read(&out.join("izly/_native.pyi"))
}

/// Writes the stubs.
pub(crate) fn write() -> Result {
    fs::write(path(), make()?).map_err(|error| error.to_string())
}

/// Whether the stubs in the tree are the ones that the module gives.
pub(crate) fn check() -> Result {
    let message = "python/izly/_native.pyi has drifted: run `cargo xtask stubs`";
    if read(&path())? == make()? { Ok(()) } else { Err(message.to_owned()) }
}
