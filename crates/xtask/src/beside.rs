//! A part of the tests that runs beside the others: browsers and deadlines wait a lot, and leave a core idle.

use std::process::Command;
use std::thread::{self, JoinHandle};

use crate::chore::{Result, root};
use crate::dist::target;

/// A running part.
pub(crate) struct Beside {
    part: &'static str,
    thread: JoinHandle<Result>,
}

impl Beside {
    /// Starts `cargo xtask test <part>`, for which everything is built. What it prints comes when it has ended, so that no two
    /// parts talk at once. The larger its `niceness`, the more it stands back: a browser, which is many processes, would leave
    /// a test with a deadline a small share of the machine.
    pub(crate) fn begin(part: &'static str, niceness: &'static str) -> Self {
        // As it was built with everything else; the file that this process was started from may be gone since.
        let program = target().join("debug/xtask");
        println!("\n== test {part} begins, beside the next steps");
        let thread = thread::spawn(move || {
            // One pipe for both, in the order of the writing.
            let mut command = Command::new("nice");
            command.args(["-n", niceness, "sh", "-c", "exec \"$0\" test \"$1\" --built 2>&1"]);
            command.arg(program).arg(part).current_dir(root());
            let output = command.output().map_err(|error| format!("test {part}: {error}"))?;
            println!("\n== test {part}\n{}", String::from_utf8_lossy(&output.stdout));
            if output.status.success() { Ok(()) } else { Err(format!("test {part} failed")) }
        });
        Beside { part, thread }
    }

    /// Waits for its end.
    pub(crate) fn end(self) -> Result {
        self.thread.join().map_err(|_| format!("test {} could not be run", self.part))?
    }
}
