//! A server that says in one line of JSON where it listens, and ends with its input.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A running server, ended on drop.
pub(crate) struct Serving {
    process: Child,
    ready: serde_json::Value,
}

impl Serving {
    /// Starts it, and reads its ready line.
    pub(crate) fn start(command: &mut Command) -> Result<Self, String> {
        let name = command.get_program().to_string_lossy().into_owned();
        let mut process = command
            // A chore that is killed drops nothing; its end of the pipe closes all the same.
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{name}: {error}"))?;
        let mut line = String::new();
        let stdout = process.stdout.take().ok_or_else(|| format!("{name} has no output"))?;
        BufReader::new(stdout).read_line(&mut line).map_err(|error| format!("{name}: {error}"))?;
        let ready = serde_json::from_str(&line).map_err(|error| format!("the ready line of {name}: {error}"))?;
        Ok(Serving { process, ready })
    }

    /// A member of the ready line.
    pub(crate) fn said(&self, name: &str) -> &str {
        self.ready[name].as_str().unwrap_or_default()
    }

    pub(crate) fn process_id(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
