//! The fuzz targets (`fuzz/`, docs/fuzzing.md), each for a while, from the committed corpus.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::chore::{Result, output_of, program, root, step, succeeds};
use crate::dist::target;

/// The longest input of a target, in bytes: enough for anything it reads, and what is longer only takes longer.
fn longest(name: &str) -> String {
    let bytes = match name {
        "amounts" | "dates" => 64,
        "authorization_url" | "return_query" => 512,
        _ => 4096,
    };
    format!("-max_len={bytes}")
}

/// Runs every target, or the one named, for so many seconds; fails on the first finding.
pub(crate) fn run(seconds: &str, only: Option<&str>) -> Result {
    let seconds: u32 = seconds.parse().map_err(|_| format!("{seconds} is no number of seconds"))?;
    ensure()?;
    let targets = targets(only)?;
    for target in &targets {
        step(&format!("building {target}"), &mut cargo_fuzz("build", target))?;
    }
    let figures = targets.iter().map(|target| run_one(target, seconds)).collect::<std::result::Result<Vec<_>, _>>()?;
    println!("\n{:<20} {:>12} {:>10} {:>10}", "target", "executions", "a second", "coverage");
    for line in figures {
        println!("{line}");
    }
    println!("\nNo findings. What was new is in {}, out of the committed corpus.", found().display());
    Ok(())
}

/// Adds what the runs here have found to the committed corpus, as far as it reaches code that nothing there reaches yet.
/// What is committed stays: coverage cannot tell a wrong port from a wrong host, and a person put both there.
pub(crate) fn merge() -> Result {
    ensure()?;
    for target in targets(None)? {
        let found = found().join(&target);
        if !found.is_dir() {
            println!("\n== {target}: nothing was run here");
            continue;
        }
        let mut command = cargo_fuzz("run", &target);
        // How often a way through the code was gone is no reason for one more file.
        command.arg(corpus(&target)).arg(found).args(["--", "-merge=1", "-use_counters=0", &longest(&target)]);
        step(&format!("merging {target}"), &mut command)?;
    }
    Ok(())
}

/// cargo-fuzz, and a C++ compiler for libFuzzer: the first is installed, the second asked for.
fn ensure() -> Result {
    if !succeeds("g++ --version") && !succeeds("c++ --version") {
        return Err("a C++ compiler is missing, for libFuzzer. On Debian: sudo apt-get install g++".to_owned());
    }
    if !succeeds("cargo fuzz --version") {
        step("installing cargo-fuzz", &mut program("cargo install cargo-fuzz --locked"))?;
    }
    Ok(())
}

fn folder() -> PathBuf {
    root().join("fuzz")
}

fn corpus(target: &str) -> PathBuf {
    folder().join("corpus").join(target)
}

/// Where libFuzzer writes what it finds new. It takes the first folder it is given for that, so the committed corpus is
/// never the first.
fn found() -> PathBuf {
    target().join("fuzz/found")
}

fn targets(only: Option<&str>) -> std::result::Result<Vec<String>, String> {
    let entries = fs::read_dir(folder().join("fuzz_targets")).map_err(|error| error.to_string())?;
    let names = entries.flatten().filter_map(|entry| Some(entry.path().file_stem()?.to_str()?.to_owned()));
    let mut targets: Vec<String> = names.filter(|name| only.is_none_or(|only| only == name)).collect();
    targets.sort();
    if targets.is_empty() { Err(format!("there is no such target: {}", only.unwrap_or("any"))) } else { Ok(targets) }
}

/// `RUSTC_BOOTSTRAP` gives the compiler in use the unstable flags that sanitizers need; no second one is installed.
fn cargo_fuzz(verb: &str, name: &str) -> Command {
    let mut command = program("cargo fuzz");
    command.arg(verb).arg("--target-dir").arg(target().join("fuzz")).arg(name);
    command.current_dir(folder()).env("RUSTC_BOOTSTRAP", "1");
    // Cargo has told this program which package it is. A build script that looks there would be run again whenever a
    // target is built by hand.
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
            command.env_remove(name);
        }
    }
    command
}

/// A line with the figures of a run.
fn run_one(name: &str, seconds: u32) -> std::result::Result<String, String> {
    println!("\n== {name}: {seconds} s");
    let found = found().join(name);
    fs::create_dir_all(&found).map_err(|error| format!("{}: {error}", found.display()))?;
    let mut command = cargo_fuzz("run", name);
    command.arg(&found).arg(corpus(name)).arg("--");
    command.args([
        format!("-max_total_time={seconds}"),
        longest(name),
        format!("-dict={}", folder().join("izly.dict").display()),
        "-print_final_stats=1".to_owned(),
    ]);
    let output = command.stdin(Stdio::null()).output().map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!("{name}: a finding\n\n{}", last_lines(&said, 60)));
    }
    let figure = |label: &str| number_after(&said, label).ok_or_else(|| format!("{name} told no {label}"));
    let executions = figure("stat::number_of_executed_units:")?;
    let line =
        format!("{name:<20} {executions:>12} {:>10} {:>10}", executions / u64::from(seconds.max(1)), figure(" cov:")?);
    println!("{line}");
    Ok(line)
}

/// The number after the last time these words were said.
fn number_after(said: &str, words: &str) -> Option<u64> {
    said.rsplit_once(words)?.1.split_whitespace().next()?.parse().ok()
}

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

/// The Rust tests of the core and of the properties under a sanitizer, with a nightly toolchain: the address one for
/// memory, the thread one (which needs the standard library built with it) for races.
pub(crate) fn sanitize() -> Result {
    let host = output_of(&mut program("rustc --print host-tuple"))?;
    let host = host.trim();
    for (name, line) in [
        // One test runs an example, which cargo only makes along with tests that are not chosen by their kind.
        ("address", "build --package izly --examples"),
        ("address", "test --package izly --package izly-capi --package izly-properties --lib --tests"),
        ("thread", "test -Zbuild-std --package izly --lib --test connections --test interrupts"),
    ] {
        let mut command = program(&format!("cargo +nightly {line} --locked --target {host}"));
        command.env("RUSTFLAGS", format!("-Zsanitizer={name}")).env("CARGO_TARGET_DIR", target().join(name));
        step(&format!("under the {name} sanitizer: {line}"), &mut command)?;
    }
    Ok(())
}
