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

    /// The worker of this language.
    ///
    /// # Errors
    /// When none was built.
    pub fn worker(&self, language: Language) -> Result<Command, String> {
        self.command(&self.workers, language)
    }

    /// The interpreter of this language, with nothing loaded.
    ///
    /// # Errors
    /// When there is none.
    pub fn script(&self, language: Language) -> Result<Command, String> {
        self.command(&self.scripts, language)
    }

    fn command(&self, programs: &BTreeMap<Language, Vec<String>>, language: Language) -> Result<Command, String> {
        let line = programs.get(&language).map(Vec::as_slice);
        let Some([program, arguments @ ..]) = line else { return Err(format!("there is no worker for {language:?}")) };
        let mut command = Command::new(program);
        command.args(arguments).envs(&self.environment).env("IZLY_BENCH_SAMPLES", &self.samples);
        Ok(command)
    }
}
