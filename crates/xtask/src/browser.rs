//! The sandbox's pages in a real browser: its tests, and the pictures of them among the docs.

use std::fs::{create_dir, remove_dir_all};
use std::process::Command;

use crate::chore::{Result, root, step};
use crate::python::Environment;
use crate::sandbox;

const FOLDER: &str = "tests/browser";
const REQUIREMENTS: &str = "tests/browser/requirements.txt";

/// Drives every page in Chromium, against the `izly` command as the tests of the workspace have built it.
pub(crate) fn test() -> Result {
    step("browser tests", &mut pytest(&[])?)
}

/// The same, and writes the pictures to `docs/screenshots`.
pub(crate) fn screenshots() -> Result {
    let folder = root().join("docs/screenshots");
    // Of what is no page any more, nothing stays.
    remove_dir_all(&folder)
        .and_then(|()| create_dir(&folder))
        .map_err(|error| format!("{}: {error}", folder.display()))?;
    // The scenes alone: they are what takes pictures.
    step("screenshots", &mut pytest(&["--screenshots", "-k", "pages and not the_docs_show"])?)
}

fn pytest(arguments: &[&str]) -> std::result::Result<Command, String> {
    let environment = Environment::with("browser", &[REQUIREMENTS])?;
    let folder = root().join(FOLDER);
    let mut command = environment.pytest(&folder.join("pytest.toml"));
    command.args(["-n", "2"]).args(arguments).arg(&folder).env("IZLY_COMMAND", sandbox::command());
    Ok(command)
}
