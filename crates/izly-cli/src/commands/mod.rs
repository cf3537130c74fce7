//! One file per command.

mod callback;
mod completions;
mod doctor;
mod login_url;
mod payment;
mod sandbox;
mod token;
mod trigger;
mod user;

use crate::cli::{Cli, Command};
use crate::demo;
use crate::exit::{Exit, Failure};
use crate::output::Output;

/// Runs the command that was typed.
pub(crate) fn run(cli: &Cli, output: Output) -> Result<Exit, Failure> {
    match &cli.command {
        Command::Demo(arguments) => demo::run(arguments, output),
        Command::Sandbox(arguments) => sandbox::run(arguments, output),
        Command::LoginUrl(arguments) => login_url::run(arguments, output),
        Command::Token(arguments) => token::run(arguments, output),
        Command::User(arguments) => user::run(arguments, output),
        Command::Payment(arguments) => payment::run(arguments, output),
        Command::Callback(command) => callback::run(command, output),
        Command::Trigger(arguments) => trigger::run(arguments, output),
        Command::Doctor(arguments) => Ok(doctor::run(arguments, output)),
        Command::Completions { shell } => Ok(completions::run(*shell, output)),
    }
}
