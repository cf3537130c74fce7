//! The workers of every language, built and installed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::{harness_path, versions};
use crate::chore::{program, root, step};
use crate::dist::{self, target};
use crate::php::{self, Pages};
use crate::python::{self, Environment};
use crate::serving::Serving;

type Result<T> = std::result::Result<T, String>;

/// A key that opens nothing.
const API_KEY: &str = "UGFyaXMtNzgtNzgtNzgtNzg6czNjcmV0";
const PYTHON_PEERS: &str = "benchmarks/python/requirements.txt";

/// What was built, with the servers that it needs.
pub(super) struct Built {
    /// What the harness reads.
    pub(super) json: Value,
    _pages: [Pages; 2],
    _server: Serving,
}

/// Builds all of it below this folder.
pub(super) fn build(folder: &Path) -> Result<Built> {
    let prefix = folder.join("prefix");
    dist::c(&prefix)?;
    let rust = rust()?;
    let c = c(folder, &prefix)?;
    let module = php::module(folder, &prefix)?;
    let wheel = python::wheel(&folder.join("wheel"))?;
    let python = Environment::with("benchmarks", &[PYTHON_PEERS])?;
    python.install("the wheel", &[&wheel])?;
    let server = server(folder)?;
    let pages = [pages(folder, &module, &server, true)?, pages(folder, &module, &server, false)?];
    let [kept, not_kept] = [&pages[0].url, &pages[1].url];
    let benchmarks = root().join("benchmarks");
    let interpreter = python.folder().join("bin/python");
    let json = json!({
        "workers": {
            "rust": [rust],
            "c": [c],
            "python": [interpreter, benchmarks.join("python/worker.py")],
            "php": ["php", "-n", benchmarks.join("php/worker.php")],
        },
        "extensions": extensions(&module),
        // Isolated: what lies in the folder of a script is not to be found by it.
        "scripts": { "python": [interpreter, "-I"] },
        "startup": benchmarks.join("python/startup"),
        "environment": { "IZLY_API_KEY": API_KEY, "PYTHONDONTWRITEBYTECODE": "1" },
        "samples": benchmarks.join("samples"),
        "server": harness_path(),
        "pages": {
            "izly": format!("{kept}/page.php"),
            "izly_not_persistent": format!("{not_kept}/page.php"),
            "curl": format!("{kept}/curl.php"),
            "empty": format!("{kept}/empty.php"),
            "site": format!("{kept}/callback"),
            "site_not_persistent": format!("{not_kept}/callback"),
        },
        "sizes": { "libizly.so": prefix.join("lib/libizly.so"), "wheel": wheel },
        "versions": versions::all(&interpreter)?,
    });
    Ok(Built { json, _pages: pages, _server: server })
}

/// The core and the crates, as fast as a program builds them.
fn rust() -> Result<PathBuf> {
    let folder = target().join("benchmarks");
    let mut command = program("cargo build --locked --release --manifest-path benchmarks/rust/Cargo.toml");
    step("the worker in Rust", command.arg("--target-dir").arg(&folder))?;
    Ok(folder.join("release/izly-bench-rust"))
}

fn c(folder: &Path, prefix: &Path) -> Result<PathBuf> {
    let out = folder.join("c");
    fs::create_dir_all(&out).map_err(|error| error.to_string())?;
    let mut command = Command::new("make");
    command.arg("--directory").arg(root().join("benchmarks/c")).arg(format!("OUT={}", out.display()));
    step("the worker in C", command.env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig")))?;
    Ok(out.join("worker"))
}

/// The extension that each contender in PHP needs: ext-curl may be a part of PHP itself.
fn extensions(module: &Path) -> Value {
    let mut extensions = json!({ "izly": module });
    if !crate::chore::succeeds("php -n -r exit((int)!extension_loaded('curl'));") {
        extensions["curl"] = json!("curl");
    }
    extensions
}

/// The Izly that the pages call, which the harness's own come beside.
fn server(folder: &Path) -> Result<Serving> {
    let mut command = Command::new(harness_path());
    command.arg("serve").arg("--samples").arg(root().join("benchmarks/samples"));
    Serving::start(command.arg("--ca-file").arg(folder.join("ca.pem")))
}

fn pages(folder: &Path, module: &Path, server: &Serving, is_persistent: bool) -> Result<Pages> {
    let own = folder.join(if is_persistent { "persistent" } else { "not-persistent" });
    fs::create_dir_all(&own).map_err(|error| error.to_string())?;
    let environment = vec![
        ("IZLY_API_KEY", API_KEY.to_owned()),
        ("IZLY_BENCH_URL", server.said("tls_url").to_owned()),
        ("IZLY_BENCH_CA", server.said("ca_file").to_owned()),
        // The example site trusts no certificate of ours.
        ("IZLY_ENVIRONMENT", server.said("url").to_owned()),
    ];
    php::serve(&own, module, is_persistent, environment)
}
