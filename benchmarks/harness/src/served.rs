//! A running server, in a process of its own.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};

use serde::Deserialize;
use tempfile::TempDir;

use crate::server::Answers;
use crate::setup::{Place, Setup};

/// Ended on drop.
pub(crate) struct Served {
    process: Child,
    ready: Ready,
    answers: Answers,
    folder: TempDir,
}

#[derive(Deserialize)]
struct Ready {
    url: String,
    tls_url: String,
}

impl Served {
    pub(crate) fn start(setup: &Setup, place: Place, options: &[&str]) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let mut command = place.command(&setup.server);
        command.arg("serve").arg("--samples").arg(&setup.samples).arg("--ca-file").arg(folder.path().join("ca.pem"));
        command.args(options).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().map_err(|error| format!("{command:?}: {error}"))?;
        let mut line = String::new();
        let stdout = process.stdout.take().ok_or("the server has no output")?;
        BufReader::new(stdout).read_line(&mut line).map_err(|error| error.to_string())?;
        let ready = serde_json::from_str(&line).map_err(|error| format!("the server said {line:?}: {error}"))?;
        Ok(Served { process, ready, answers: Answers::from_samples(&setup.samples)?, folder })
    }

    pub(crate) fn url(&self, is_tls: bool) -> &str {
        if is_tls { &self.ready.tls_url } else { &self.ready.url }
    }

    pub(crate) fn ca_file(&self) -> std::path::PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// How long the body of its answer to an operation is.
    pub(crate) fn body(&self, operation: &str, is_tls: bool) -> usize {
        match operation {
            "create_payment" => self.answers.pending.replace("{base}", self.url(is_tls)).len(),
            _ => self.answers.payment.len(),
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
