//! A part of the tests that runs beside the others: browsers and deadlines wait a lot, and leave a core idle.

use std::process::Command;
use std::thread::{self, JoinHandle};

use crate::chore::{Result, root};

/// A running part.
pub(crate) struct Beside {
    part: &'static str,
    thread: JoinHandle<Result>,
}

impl Beside {
    /// Starts `cargo xtask test <part>`. What it prints comes when it has ended, so that no two parts talk at once.
    pub(crate) fn begin(part: &'static str) -> std::result::Result<Self, String> {
        let program = std::env::current_exe().map_err(|error| error.to_string())?;
        println!("\n== test {part} begins, beside the next steps");
        let thread = thread::spawn(move || {
            // One pipe for both, in the order of the writing.
            let mut command = Command::new("sh");
            command.args(["-c", "exec \"$0\" test \"$1\" 2>&1"]).arg(program).arg(part).current_dir(root());
            let output = command.output().map_err(|error| format!("test {part}: {error}"))?;
            println!("\n== test {part}\n{}", String::from_utf8_lossy(&output.stdout));
            if output.status.success() { Ok(()) } else { Err(format!("test {part} failed")) }
        });
        Ok(Beside { part, thread })
    }

    /// Waits for its end.
    pub(crate) fn end(self) -> Result {
        self.thread.join().map_err(|_| format!("test {} could not be run", self.part))?
    }
}
