//! Python's virtual environments, one for each purpose, so that what builds the wheel cannot help it run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::chore::{Result, read, root, step};
use crate::dist::target;

/// A virtual environment below the target folder.
pub(crate) struct Environment {
    folder: PathBuf,
}

impl Environment {
    /// The environment of this name that holds these requirements: found as it was left, or made.
    pub(crate) fn with(name: &str, requirements: &[&str]) -> std::result::Result<Self, String> {
        let environment = Environment { folder: target().join("python").join(name) };
        let wanted = wanted(requirements)?;
        let record = environment.folder.join("requirements.txt");
        if fs::read_to_string(&record).is_ok_and(|found| found == wanted) {
            return Ok(environment);
        }
        environment.make("python3")?;
        let mut install = environment.pip(&["install"]);
        for file in requirements {
            install.arg("--requirement").arg(root().join(file));
        }
        step(&format!("what {name} needs of Python"), &mut install)?;
        fs::write(record, wanted).map_err(|error| error.to_string())?;
        Ok(environment)
    }

    /// An empty one, made anew by this interpreter.
    pub(crate) fn clean(name: &str, interpreter: &str) -> std::result::Result<Self, String> {
        let environment = Environment { folder: target().join("python").join(name) };
        environment.make(interpreter)?;
        Ok(environment)
    }

    fn make(&self, interpreter: &str) -> Result {
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder).map_err(|error| error.to_string())?;
        }
        step("a virtual environment", Command::new(interpreter).args(["-m", "venv"]).arg(&self.folder))
    }

    /// A program of this environment's, run outside the source tree, whose `izly` folder Python would take for the package.
    pub(crate) fn program(&self, name: &str) -> Command {
        let programs = self.folder.join("bin");
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(programs.clone()).chain(std::env::split_paths(&path));
        let mut command = Command::new(programs.join(name));
        command.current_dir(&self.folder).env_remove("PYTHONPATH").env_remove("PYTHONHOME");
        // As an activated environment has it: programs look for others, and for their interpreter, there.
        command.env("VIRTUAL_ENV", &self.folder).env("PATH", std::env::join_paths(folders).unwrap_or(path));
        command.env("PYTHONDONTWRITEBYTECODE", "1");
        command
    }

    pub(crate) fn pip(&self, arguments: &[&str]) -> Command {
        let mut command = self.program("python");
        command.args(["-m", "pip", "--disable-pip-version-check", "--quiet"]).args(arguments);
        command
    }

    /// pytest, with the settings of this file and of no other, at the root that is the file's folder.
    pub(crate) fn pytest(&self, settings: &Path) -> Command {
        let mut command = self.program("python");
        command.args(["-m", "pytest", "--config-file"]).arg(settings);
        command.arg("--rootdir").arg(settings.parent().unwrap_or(settings));
        command
    }

    pub(crate) fn install(&self, what: &str, packages: &[&Path]) -> Result {
        step(what, self.pip(&["install", "--force-reinstall"]).args(packages))
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }
}

/// The requirements as one text: when it changes, the environment is made anew.
fn wanted(requirements: &[&str]) -> std::result::Result<String, String> {
    requirements
        .iter()
        .map(|file| read(&root().join(file)))
        .collect::<std::result::Result<Vec<_>, _>>()
        .map(|texts| texts.join("\n"))
}
