//! The server that misbehaves on order: for the tests of other languages, and its table for people.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::chore::{Result, output_of, program, root, step};
use crate::dist::target;

const TABLE: &str = "tests/scenarios/faults.json";

/// A running `izly-fault-server`, ended on drop.
pub(crate) struct FaultServer {
    process: Child,
    /// Where it tells of its faults, and of what it saw.
    control: String,
    /// The certificate that clients should trust.
    ca_file: String,
    /// What holds that file.
    _folder: tempfile::TempDir,
}

impl FaultServer {
    /// Builds and starts it.
    pub(crate) fn start() -> std::result::Result<Self, String> {
        step("the fault server", &mut program("cargo build --locked --package izly-fault-server"))?;
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let mut process = program(&target().join("debug/izly-fault-server").to_string_lossy())
            .args(["--table", TABLE, "--ca-file"])
            .arg(folder.path().join("ca.pem"))
            // A chore that is killed drops nothing; its end of the pipe closes all the same.
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("the fault server: {error}"))?;
        let mut line = String::new();
        let stdout = process.stdout.take().ok_or("the fault server has no output")?;
        BufReader::new(stdout).read_line(&mut line).map_err(|error| error.to_string())?;
        let ready: serde_json::Value =
            serde_json::from_str(&line).map_err(|error| format!("the fault server's ready line: {error}"))?;
        let text = |name: &str| ready[name].as_str().unwrap_or_default().to_owned();
        Ok(FaultServer { process, control: text("control"), ca_file: text("ca_file"), _folder: folder })
    }

    /// Tells a test where it is.
    pub(crate) fn tell<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command.env("IZLY_FAULTS", &self.control).env("IZLY_FAULTS_CA", &self.ca_file)
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Writes docs/faults.md. A test of the server's own compares the two.
pub(crate) fn write() -> Result {
    let line = format!("cargo run --quiet --locked --package izly-fault-server -- --table {TABLE} --document");
    let page = output_of(&mut program(&line))?;
    fs::write(root().join("docs/faults.md"), page).map_err(|error| error.to_string())
}
