//! `izly completions`.

use clap::CommandFactory as _;
use clap_complete::{Shell, generate};

use crate::cli::Cli;
use crate::exit::Exit;
use crate::output::Output;

pub(crate) fn run(shell: Shell, output: Output) -> Exit {
    let mut script = Vec::new();
    generate(shell, &mut Cli::command(), "izly", &mut script);
    output.raw(&script);
    Exit::Ok
}
