//! The server that misbehaves on order: for the tests of other languages, and its table for people.

use std::fs;
use std::process::Command;

use crate::chore::{Result, output_of, program, root};
use crate::dist::target;
use crate::serving::Serving;

const TABLE: &str = "tests/scenarios/faults.json";

/// A running `izly-fault-server`, ended on drop.
pub(crate) struct FaultServer {
    serving: Serving,
    /// What holds the certificate that clients should trust.
    _folder: tempfile::TempDir,
}

impl FaultServer {
    /// Starts it, as it was built for the tests.
    pub(crate) fn start() -> std::result::Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let mut command = program(&target().join("debug/izly-fault-server").to_string_lossy());
        command.args(["--table", TABLE, "--ca-file"]).arg(folder.path().join("ca.pem"));
        Ok(FaultServer { serving: Serving::start(&mut command)?, _folder: folder })
    }

    /// Tells a test where it is.
    pub(crate) fn tell<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command.env("IZLY_FAULTS", self.serving.said("control")).env("IZLY_FAULTS_CA", self.serving.said("ca_file"))
    }
}

/// Writes docs/faults.md. A test of the server's own compares the two.
pub(crate) fn write() -> Result {
    let line = format!("cargo run --quiet --locked --package izly-fault-server -- --table {TABLE} --document");
    let page = output_of(&mut program(&line))?;
    fs::write(root().join("docs/faults.md"), page).map_err(|error| error.to_string())
}
