//! The type stubs: made from the classes they describe, and never edited.

use std::fs;
use std::path::{Path, PathBuf};

use pyo3_introspection::{introspect_cdylib, module_stub_files};

use crate::built::cargo;
use crate::chore::{Result, read, root, step};
use crate::dist::target;

fn path() -> PathBuf {
    root().join("python/izly/_native.pyi")
}

/// The stubs of the module that was built last, with the feature `stubs`.
fn make() -> std::result::Result<String, String> {
    let module = target().join("debug/lib_native.so");
    let failed = |what: &dyn std::fmt::Display| format!("{}: {what}", module.display());
    let classes = introspect_cdylib(&module, "_native").map_err(|error| failed(&error))?;
    let mut files = module_stub_files(&classes);
    files.remove(Path::new("__init__.pyi")).ok_or_else(|| failed(&"no stubs in it"))
}

/// Builds the module that tells its stubs.
pub(crate) fn build() -> Result {
    step("the Python module", &mut cargo("build --package izly-python --features stubs"))
}

/// Builds the module, and writes its stubs.
pub(crate) fn write() -> Result {
    build()?;
    fs::write(path(), make()?).map_err(|error| error.to_string())
}

/// Whether the stubs in the tree are the ones that the module gives.
pub(crate) fn check() -> Result {
    println!("\n== type stubs");
    let message = "python/izly/_native.pyi has drifted: run `cargo xtask stubs`";
    if read(&path())? == make()? { Ok(()) } else { Err(message.to_owned()) }
}
