//! Pages of a web server, asked for as fast as it can answer.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;

use tempfile::NamedTempFile;

use crate::plan::{Contender, Proof};
use crate::server::Answers;
use crate::setup::Setup;
use crate::worker::{self, Cost};

/// How many seconds a page is asked for in one run.
const SECONDS: u32 = 2;
/// What a partner's site answers when a callback is settled (protocol §4.3).
const SETTLED: &str = r#"{"Code":0,"ErrorMessage":""}"#;

/// A page that is read.
pub(crate) fn read(setup: &Setup, who: &Contender) -> Result<Cost, String> {
    measure(setup, who, None)
}

/// The page of a site that callbacks are posted to.
pub(crate) fn post(setup: &Setup, who: &Contender) -> Result<Cost, String> {
    let path = setup.samples.join("callback.json");
    let callback = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    measure(setup, who, Some(&callback))
}

/// One over how many requests a second are answered when four clients ask at once, as wrk counts.
fn measure(setup: &Setup, who: &Contender, posted: Option<&str>) -> Result<Cost, String> {
    let url = setup.pages.get(who.name).ok_or_else(|| format!("there is no page {}", who.name))?;
    let expected = match who.proof {
        Proof::Settled => SETTLED.to_owned(),
        proof => proof.sum(Answers::from_samples(&setup.samples)?.payment.len()).to_string(),
    };
    let said = ask(url, posted).map_err(|error| format!("{url}: {error}"))?;
    if said != expected {
        return Err(format!("{url} says {said:?}, not {expected}"));
    }
    let script = posted.map(script).transpose().map_err(|error| error.to_string())?;
    rate(url, script.as_ref().map(NamedTempFile::path)).map(|rate| Cost {
        cpu: None,
        wall: 1e9 / rate,
        memory_kib: None,
    })
}

/// Requests a second.
fn rate(url: &str, script: Option<&Path>) -> Result<f64, String> {
    let mut command = Command::new("wrk");
    command.args(["--threads", "1", "--connections", "4", "--duration"]).arg(format!("{SECONDS}s"));
    command.args(script.map(|path| [Path::new("--script"), path]).into_iter().flatten()).arg(url);
    let said = worker::output(&mut command)?;
    if said.contains("Non-2xx") || said.contains("Socket errors") {
        return Err(format!("{url}: not all requests succeeded: {said}"));
    }
    let rate = said.lines().find_map(|line| line.trim().strip_prefix("Requests/sec:"));
    rate.and_then(|text| text.trim().parse().ok()).ok_or_else(|| format!("wrk said: {said}"))
}

/// What tells wrk to post this.
fn script(body: &str) -> std::io::Result<NamedTempFile> {
    let mut file = NamedTempFile::new()?;
    writeln!(file, "wrk.method = \"POST\"\nwrk.headers[\"Content-Type\"] = \"application/json\"")?;
    writeln!(file, "wrk.body = [==[{body}]==]")?;
    Ok(file)
}

/// The body of an answer.
fn ask(url: &str, posted: Option<&str>) -> std::io::Result<String> {
    let (host, path) = url.strip_prefix("http://").and_then(|rest| rest.split_once('/')).unwrap_or((url, ""));
    let (method, body) = posted.map_or(("GET", ""), |body| ("POST", body));
    let head = format!("{method} /{path} HTTP/1.0\r\nHost: {host}\r\nContent-Length: {}\r\n\r\n", body.len());
    let mut stream = TcpStream::connect(host)?;
    stream.write_all(format!("{head}{body}").as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default())
}
