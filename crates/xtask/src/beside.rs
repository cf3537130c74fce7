//! A part of the tests that runs beside the others: browsers and deadlines wait a lot, and leave a core idle.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use crate::chore::{Result, root};
use crate::dist::target;

/// A running part.
pub(crate) struct Beside {
    part: &'static str,
    has_failed: Arc<AtomicBool>,
    thread: JoinHandle<Result>,
}

impl Beside {
    /// Starts `cargo xtask test <part>`, for which everything is built. What it prints comes when it has ended, so that no two
    /// parts talk at once. The larger its `niceness`, the more it stands back: a browser, which is many processes, would leave
    /// a test with a deadline a small share of the machine.
    pub(crate) fn begin(part: &'static str, niceness: &'static str) -> Self {
        println!("\n== test {part} begins, beside the next steps");
        let has_failed = Arc::new(AtomicBool::new(false));
        let heard = has_failed.clone();
        let thread = thread::spawn(move || {
            let result = run(part, niceness);
            heard.store(result.is_err(), Ordering::Relaxed);
            result
        });
        Beside { part, has_failed, thread }
    }

    /// Whether it is over with, and not well: then there is no point in going on.
    pub(crate) fn has_failed(&self) -> bool {
        self.has_failed.load(Ordering::Relaxed)
    }

    /// Waits for its end.
    pub(crate) fn end(self) -> Result {
        self.thread.join().map_err(|_| format!("test {} could not be run", self.part))?
    }
}

fn run(part: &str, niceness: &str) -> Result {
    // As it was built with everything else; the file that this process was started from may be gone since.
    let program = target().join("debug/xtask");
    let mut command = Command::new("nice");
    // One pipe for both, in the order of the writing.
    command.args(["-n", niceness, "sh", "-c", "exec \"$0\" test \"$1\" --built 2>&1"]);
    let output = command.arg(program).arg(part).current_dir(root()).output();
    let output = output.map_err(|error| format!("test {part}: {error}"))?;
    println!("\n== test {part}\n{}", String::from_utf8_lossy(&output.stdout));
    if output.status.success() { Ok(()) } else { Err(format!("test {part} failed")) }
}
