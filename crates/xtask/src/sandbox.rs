//! A sandbox for the tests of other languages.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::dist::target;

/// The `izly` command as the tests of the workspace have built it.
pub(crate) fn command() -> PathBuf {
    target().join("debug/izly")
}

/// A running `izly sandbox`, ended on drop.
pub(crate) struct Sandbox {
    process: Child,
    pub(crate) base_url: String,
    pub(crate) api_key: String,
}

impl Sandbox {
    /// Starts the command as the tests of the workspace have built it.
    pub(crate) fn start(arguments: &[&str]) -> Result<Self, String> {
        Self::of(&command(), arguments)
    }

    /// Starts this build of the command, and reads its ready line.
    pub(crate) fn of(command: &Path, arguments: &[&str]) -> Result<Self, String> {
        let mut process = Command::new(command)
            // A chore that is killed drops nothing; its end of the pipe closes all the same.
            .args(["sandbox", "--port", "0", "--until-stdin-closes"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{}: {error}", command.display()))?;
        let mut line = String::new();
        let stdout = process.stdout.take().ok_or("the sandbox has no output")?;
        BufReader::new(stdout).read_line(&mut line).map_err(|error| error.to_string())?;
        let ready: serde_json::Value =
            serde_json::from_str(&line).map_err(|error| format!("the sandbox's ready line: {error}"))?;
        let text = |name: &str| ready[name].as_str().unwrap_or_default().to_owned();
        Ok(Sandbox { process, base_url: text("base_url"), api_key: text("api_key") })
    }

    pub(crate) fn process_id(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
