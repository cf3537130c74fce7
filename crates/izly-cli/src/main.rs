//! The `izly` command: a demo of the whole Izly Partner protocol, a local Izly, and every call of the SDK by hand.
//!
//! `cli` is what may be typed, `settings` turns it into a client, `commands` holds one file per command, `demo` is the
//! story that `izly demo` tells, `shop` the site that `izly demo --serve` opens. Printing is `output`'s alone, and exit codes are `exit`'s.

mod cli;
mod commands;
mod demo;
mod exit;
mod output;
mod redact;
mod settings;
mod shell;
mod shop;

use std::process::ExitCode;

use clap::Parser as _;

use crate::cli::Cli;
use crate::output::Output;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let output = Output::new(cli.global.json);
    match commands::run(&cli, output) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            output.failure(&failure);
            failure.exit().into()
        }
    }
}
