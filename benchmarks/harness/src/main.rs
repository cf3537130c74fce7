//! `izly-benchmarks serve --samples FOLDER --ca-file FILE [--payment FILE] [--delay-ms N]`: the Izly that benchmarks call.
//! It prints one line of JSON, and stays until its input ends.

// Its output is its interface.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use std::{fs, io};

use izly_benchmarks::{Answers, Server};

const USAGE: &str = "izly-benchmarks serve --samples FOLDER --ca-file FILE [--payment FILE] [--delay-ms N]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["serve", "--samples", samples, "--ca-file", ca_file, ref rest @ ..] => {
            serve(Path::new(samples), Path::new(ca_file), rest)
        }
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn serve(samples: &Path, ca_file: &Path, options: &[&str]) -> Result<(), String> {
    let mut answers = Answers::from_samples(samples)?;
    for option in options.chunks(2) {
        match option {
            ["--payment", file] => {
                answers.payment = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
            }
            ["--delay-ms", text] => {
                answers.delay = text.parse().map(Duration::from_millis).map_err(|_| USAGE.to_owned())?;
            }
            _ => return Err(USAGE.to_owned()),
        }
    }
    let server = Server::start(&answers)?;
    fs::write(ca_file, &server.ca_pem).map_err(|error| format!("{}: {error}", ca_file.display()))?;
    println!("{}", serde_json::json!({ "url": server.url, "tls_url": server.tls_url, "ca_file": ca_file }));
    // Whoever started it goes, and it goes too.
    io::stdin().read_to_end(&mut Vec::new()).map_err(|error| error.to_string())?;
    Ok(())
}
