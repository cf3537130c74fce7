//! The PHP extension: its declarations, its build through pkg-config alone, its tests, and the site under three servers.

mod arginfo;
mod build;
mod package;
mod pages;
mod phpt;
mod readme;
mod recipes;
mod servers;
mod site;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::chore::{Result, read, root};
use crate::dist;

pub(crate) use arginfo::write as write_arginfo;
pub(crate) use package::write as dist;
pub(crate) use pages::{Pages, module, serve};

/// Everything about the extension, from an installed libizly in a folder of its own.
pub(crate) fn test() -> Result {
    arginfo::check()?;
    statuses()?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    // The servers give up root's rights, and have to read what is in there.
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).map_err(|error| error.to_string())?;
    let prefix = folder.path().join("prefix");
    dist::c(&prefix)?;
    let module = build::extension(folder.path(), &prefix)?;
    package::check_stubs(folder.path(), &module)?;
    recipes::check(folder.path())?;
    phpt::run(folder.path(), &module)?;
    readme::check(folder.path(), &module)?;
    site::test(folder.path(), &module)
}

/// So many faulty calls, which must leave nothing behind.
pub(crate) fn soak(calls: u32) -> Result {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let prefix = folder.path().join("prefix");
    dist::c(&prefix)?;
    let module = build::extension(folder.path(), &prefix)?;
    phpt::soak(&module, calls)
}

fn sources() -> PathBuf {
    root().join("bindings/php")
}

/// What `php-config` knows of this PHP.
fn config(question: &str) -> std::result::Result<String, String> {
    let text = crate::chore::output_of(&mut crate::chore::program(&format!("php-config {question}")))?;
    Ok(text.trim().to_owned())
}

/// Each status of the header has its class of exception, and none has one that the header does not know.
fn statuses() -> Result {
    println!("\n== PHP: a class for each status");
    let header = read(&root().join("include/izly.h"))?;
    let mapping = read(&sources().join("src/exceptions.c"))?;
    let names = |text: &str, before: &str| -> std::collections::BTreeSet<String> {
        let lines = text.lines().filter_map(|line| line.trim().strip_prefix(before));
        let words = lines.filter_map(|rest| rest.split([' ', ',']).next());
        words.filter(|word| word.starts_with("IZLY_ERR_")).map(str::to_owned).collect()
    };
    let (declared, mapped) = (names(&header, "#define "), names(&mapping, "{ "));
    let difference: Vec<&String> = declared.symmetric_difference(&mapped).collect();
    if declared.is_empty() || !difference.is_empty() {
        return Err(format!("src/exceptions.c and include/izly.h differ in their statuses: {difference:?}"));
    }
    println!("{} statuses", declared.len());
    Ok(())
}

/// Copies a folder, as it is.
fn copy(from: &Path, to: &Path) -> Result {
    let failed = |error: std::io::Error| format!("{} to {}: {error}", from.display(), to.display());
    fs::create_dir_all(to).map_err(failed)?;
    for entry in fs::read_dir(from).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target).map_err(failed)?;
        }
    }
    Ok(())
}

/// PHP without the machine's settings, with the extension.
fn interpreter(module: &Path) -> std::process::Command {
    let mut command = crate::chore::program("php -n -d");
    command.arg(format!("extension={}", module.display()));
    command
}
