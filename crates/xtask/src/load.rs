//! How many requests the sandbox answers, and how much memory it takes: figures to look at, not a test.

use std::path::Path;
use std::thread;
use std::time::Duration;

use crate::chore::{Result, program, read, root, step, succeeds};
use crate::dist::target;
use crate::sandbox::Sandbox;

/// Purchases for a minute, five requests each, over 16 connections: create, read, pay, read, refund. The callbacks are
/// lost on purpose: a partner site's own speed is none of the sandbox's.
pub(crate) fn run() -> Result {
    if !succeeds("which wrk") {
        return Err("wrk is missing. Install it with:\n\n    sudo apt-get install --yes wrk\n".into());
    }
    step("the izly command", &mut program("cargo build --locked --release --package izly-cli"))?;
    let sandbox = Sandbox::of(&target().join("release/izly"), &["--seed", "0", "--callbacks", "never"])?;
    println!("memory at the start: {} MB", megabytes(&sandbox)?);
    let mut wrk = program("wrk --threads 1 --connections 16 --duration 60s --latency --script");
    wrk.arg(root().join("crates/xtask/src/load.lua")).arg(&sandbox.base_url).env("IZLY_API_KEY", &sandbox.api_key);
    let load = thread::spawn(move || step("a minute of purchases", &mut wrk));
    for second in (10..=60).step_by(10) {
        thread::sleep(Duration::from_secs(10));
        println!("memory after {second} s: {} MB", megabytes(&sandbox)?);
    }
    load.join().map_err(|_| "the load could not be made".to_owned())??;
    Ok(())
}

/// The memory that a sandbox has, as the system says.
fn megabytes(sandbox: &Sandbox) -> std::result::Result<u64, String> {
    let status = read(Path::new(&format!("/proc/{}/status", sandbox.process_id())))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().map_err(|_| "no memory is told".to_owned())?;
    Ok(kilobytes / 1024)
}
