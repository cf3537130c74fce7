//! A sandbox for the tests of other languages.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::dist::target;
use crate::serving::Serving;

/// The `izly` command as the tests of the workspace have built it.
pub(crate) fn command() -> PathBuf {
    target().join("debug/izly")
}

/// A running `izly sandbox`, ended on drop.
pub(crate) struct Sandbox {
    serving: Serving,
    pub(crate) base_url: String,
    pub(crate) api_key: String,
}

impl Sandbox {
    /// Starts the command as the tests of the workspace have built it.
    pub(crate) fn start(arguments: &[&str]) -> Result<Self, String> {
        Self::of(&command(), arguments)
    }

    /// Starts this build of the command.
    pub(crate) fn of(command: &Path, arguments: &[&str]) -> Result<Self, String> {
        let mut command = Command::new(command);
        command.args(["sandbox", "--port", "0", "--until-stdin-closes"]).args(arguments).stderr(Stdio::null());
        let serving = Serving::start(&mut command)?;
        let (base_url, api_key) = (serving.said("base_url").to_owned(), serving.said("api_key").to_owned());
        Ok(Sandbox { serving, base_url, api_key })
    }

    pub(crate) fn process_id(&self) -> u32 {
        self.serving.process_id()
    }
}
