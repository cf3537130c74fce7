//! Running other programs, one after another, with a line before each.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// What a chore gives: nothing, or what went wrong.
pub(crate) type Result = std::result::Result<(), String>;

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    // This crate is two folders below it.
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).map_or_else(PathBuf::new, Path::to_path_buf)
}

/// A program to run at the root, with its arguments as one line.
pub(crate) fn program(line: &str) -> Command {
    let mut words = line.split(' ');
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words).current_dir(root());
    command
}

/// Runs a step, and says what it is for and how long it took.
pub(crate) fn step(what: &str, command: &mut Command) -> Result {
    println!("\n== {what}");
    let begins = Instant::now();
    let status = command.status().map_err(|error| format!("{what}: {} does not run: {error}", name(command)))?;
    if !status.success() {
        return Err(format!("{what}: {} failed ({status})", name(command)));
    }
    println!("== {what}: done in {:.1} s", begins.elapsed().as_secs_f64());
    Ok(())
}

/// Whether a program runs and says yes, without a word.
pub(crate) fn succeeds(line: &str) -> bool {
    program(line).output().is_ok_and(|output| output.status.success())
}

/// A text file; the error names it.
pub(crate) fn read(path: &Path) -> std::result::Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// A port that nobody listens at for now.
pub(crate) fn free_port() -> std::result::Result<u16, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    listener.local_addr().map(|address| address.port()).map_err(|error| error.to_string())
}

pub(crate) fn is_root() -> bool {
    program("id -u").output().is_ok_and(|output| output.stdout == b"0\n")
}

fn name(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// What a command prints, if it succeeds.
pub(crate) fn output_of(command: &mut Command) -> std::result::Result<String, String> {
    let output = command.output().map_err(|error| format!("{} does not run: {error}", name(command)))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{} failed ({}): {said}", name(command), output.status));
    }
    String::from_utf8(output.stdout).map_err(|error| error.to_string())
}

/// What a command line prints about a file.
pub(crate) fn output(line: &str, file: &Path) -> std::result::Result<String, String> {
    output_of(program(line).arg(file))
}
