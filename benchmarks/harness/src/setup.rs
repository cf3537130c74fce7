//! What there is to run: the programs that `cargo xtask bench` has built and installed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::{Deserialize, Serialize};

/// Everything the runs need, as one JSON file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Setup {
    /// How to start the worker of each language: a program and its first arguments.
    pub workers: BTreeMap<Language, Vec<String>>,
    /// How to start an interpreter with a script, for what happens before a worker could look at the clock.
    pub scripts: BTreeMap<Language, Vec<String>>,
    /// The folder of those scripts.
    pub startup: PathBuf,
    /// Extensions of PHP's, by the contender that needs it: one that is loaded for nothing would slow the others.
    pub extensions: BTreeMap<String, String>,
    /// Environment variables for all of them.
    pub environment: BTreeMap<String, String>,
    /// The texts to decode and to answer with.
    pub samples: PathBuf,
    /// The command that serves them: this one.
    pub server: PathBuf,
    /// Pages of a web server, by contender.
    pub pages: BTreeMap<String, String>,
    /// Files whose size has a limit.
    pub sizes: BTreeMap<String, PathBuf>,
    /// What was measured on, and with: names and versions.
    pub versions: BTreeMap<String, String>,
}

/// Whose worker it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// The core, and crates.
    Rust,
    /// libizly, and libcurl.
    C,
    /// The wheel, and packages.
    Python,
    /// The extension, and extensions.
    Php,
}

impl Setup {
    /// From its file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// The script of this name.
    pub fn startup(&self, name: &str) -> PathBuf {
        self.startup.join(name).with_extension("py")
    }

    /// The worker of this language, for one contender.
    ///
    /// # Errors
    /// When none was built.
    pub fn worker(&self, language: Language, contender: &str, place: Place) -> Result<Command, String> {
        let line = self.workers.get(&language).map(Vec::as_slice);
        let Some([program, arguments @ ..]) = line else { return Err(format!("there is no worker for {language:?}")) };
        let mut command = self.command(program, place);
        if let (Language::Php, Some(extension)) = (language, self.extensions.get(contender)) {
            command.args(["-d", &format!("extension={extension}")]);
        }
        command.args(arguments);
        Ok(command)
    }

    /// The interpreter of this language, with nothing loaded.
    ///
    /// # Errors
    /// When there is none.
    pub fn script(&self, language: Language, place: Place) -> Result<Command, String> {
        let line = self.scripts.get(&language).map(Vec::as_slice);
        let Some([program, arguments @ ..]) = line else { return Err(format!("there is no {language:?} here")) };
        let mut command = self.command(program, place);
        command.args(arguments);
        Ok(command)
    }

    /// A program with what all of them find in their environment.
    fn command(&self, program: &str, place: Place) -> Command {
        let mut command = place.command(program);
        command.envs(&self.environment).env("IZLY_BENCH_SAMPLES", &self.samples);
        command
    }
}

/// Where a program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// On one processor, the same for a server and its clients: where they are on two, what a call costs depends on how
    /// the system wakes them, and jumps between two figures whose one is three times the other.
    OneProcessor,
    /// Wherever there is room.
    Anywhere,
}

impl Place {
    /// A program there.
    pub fn command(self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        match self {
            Place::OneProcessor => {
                let mut command = Command::new("taskset");
                command.args(["--cpu-list", "0"]).arg(program);
                command
            }
            Place::Anywhere => Command::new(program),
        }
    }
}
