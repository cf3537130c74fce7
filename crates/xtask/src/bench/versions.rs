//! What was measured on, and with.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::chore::{output_of, program, read, root};

/// The peers in Rust, as their lock file has them.
const CRATES: [&str; 6] = ["curl", "reqwest", "serde_json", "simd-json", "sonic-rs", "ureq"];

/// Names and versions.
pub(super) fn all(python: &Path) -> Result<BTreeMap<String, String>, String> {
    let mut versions = BTreeMap::new();
    let mut add = |name: &str, version: String| versions.insert(name.to_owned(), version.trim().to_owned());
    let processors = read(Path::new("/proc/cpuinfo"))?;
    let model =
        processors.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ")).map(|pair| pair.1);
    let count = processors.lines().filter(|line| line.starts_with("processor")).count();
    add("processor", format!("{count} of {}", model.unwrap_or("an unknown kind")));
    add("Rust", output_of(&mut program("rustc --version"))?);
    add("libcurl", output_of(&mut program("pkg-config --modversion libcurl"))?);
    add("PHP", output_of(&mut program("php -n -r echo(PHP_VERSION);"))?);
    add("Python", output_of(Command::new(python).arg("--version"))?.replace("Python ", ""));
    for line in read(&root().join("benchmarks/python/requirements.txt"))?.lines() {
        if let Some((name, version)) = line.split_once("==") {
            add(&format!("{name} (Python)"), version.to_owned());
        }
    }
    let lock = read(&root().join("benchmarks/rust/Cargo.lock"))?;
    for name in CRATES {
        let version =
            lock.split_once(&format!("name = \"{name}\"\nversion = \"")).and_then(|(_, rest)| rest.split('"').next());
        add(&format!("{name} (Rust)"), version.ok_or_else(|| format!("{name} is in no lock file"))?.to_owned());
    }
    Ok(versions)
}
