//! `izly-fault-server --table FILE --ca-file FILE`: starts the server, prints one line of JSON, and stays until its input
//! ends. `izly-fault-server --table FILE --document` prints the table for people.

// Its output is its interface.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::{fs, io};

use izly_fault_server::{Control, FaultServer, Table, document};

const USAGE: &str = "izly-fault-server --table FILE (--ca-file FILE | --document)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--table", table, "--ca-file", ca_file] => run(Path::new(table), Path::new(ca_file)),
        ["--table", table, "--document"] => read(Path::new(table)).map(|table| print!("{}", document(&table))),
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

fn run(table: &Path, ca_file: &Path) -> Result<(), String> {
    let server = FaultServer::start(read(table)?).map_err(|error| error.to_string())?;
    fs::write(ca_file, server.ca_pem()).map_err(|error| format!("{}: {error}", ca_file.display()))?;
    let control = Control::start(Arc::new(server)).map_err(|error| error.to_string())?;
    println!("{}", serde_json::json!({ "control": control.url(), "ca_file": ca_file }));
    // Whoever started it goes, and it goes too: nothing is left behind by a test that is killed.
    io::stdin().read_to_end(&mut Vec::new()).map_err(|error| error.to_string())?;
    Ok(())
}

fn read(path: &Path) -> Result<Table, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Table::parse(&text).map_err(|error| error.to_string())
}
