//! How many requests the sandbox answers, and how much memory it takes: figures to look at, not a test.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::chore::{Result, program, root, step, succeeds};
use crate::dist::target;

/// Purchases for a minute, five requests each, over 16 connections: create, read, pay, read, refund. The callbacks are
/// lost on purpose: a partner site's own speed is none of the sandbox's.
pub(crate) fn run() -> Result {
    if !succeeds("which wrk") {
        return Err("wrk is missing. Install it with:\n\n    sudo apt-get install --yes wrk\n".into());
    }
    step("the izly command", &mut program("cargo build --locked --release --package izly-cli"))?;
    let sandbox = Running::start()?;
    println!("memory at the start: {} MB", sandbox.megabytes()?);
    let mut wrk = program("wrk --threads 1 --connections 16 --duration 60s --latency --script");
    wrk.arg(root().join("crates/xtask/src/load.lua")).arg(&sandbox.base_url).env("IZLY_API_KEY", &sandbox.api_key);
    let load = thread::spawn(move || step("a minute of purchases", &mut wrk));
    for second in (10..=60).step_by(10) {
        thread::sleep(Duration::from_secs(10));
        println!("memory after {second} s: {} MB", sandbox.megabytes()?);
    }
    load.join().map_err(|_| "the load could not be made".to_owned())??;
    Ok(())
}

/// An optimised sandbox, ended on drop.
struct Running {
    process: Child,
    base_url: String,
    api_key: String,
}

impl Running {
    fn start() -> std::result::Result<Self, String> {
        let command = target().join("release/izly");
        let mut process = Command::new(&command)
            .args(["sandbox", "--seed", "0", "--callbacks", "never"])
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
        Ok(Running { process, base_url: text("base_url"), api_key: text("api_key") })
    }

    /// The memory it has, as the system says.
    fn megabytes(&self) -> std::result::Result<u64, String> {
        let path = format!("/proc/{}/status", self.process.id());
        let status = fs::read_to_string(path).map_err(|error| error.to_string())?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
        let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().map_err(|_| "no memory is told".to_owned())?;
        Ok(kilobytes / 1024)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
