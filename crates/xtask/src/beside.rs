//! A part of the tests that runs beside the others: browsers and deadlines wait a lot, and leave a core idle.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use crate::chore::{Result, read, root};
use crate::dist::target;

/// A running part.
pub(crate) struct Beside {
    part: &'static str,
    has_failed: Arc<AtomicBool>,
    thread: JoinHandle<Result>,
}

impl Beside {
    /// Starts `cargo xtask test <part>`, for which everything is built, on these processors. What it prints comes when it has
    /// ended, so that no two parts talk at once.
    pub(crate) fn begin(part: &'static str, processors: String) -> Self {
        println!("\n== test {part} begins, beside the next steps");
        let has_failed = Arc::new(AtomicBool::new(false));
        let heard = has_failed.clone();
        let thread = thread::spawn(move || {
            let result = run(part, &processors);
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

/// Every processor that this process may use, as `taskset` lists them.
pub(crate) fn all_processors() -> std::result::Result<String, String> {
    let status = read(Path::new("/proc/self/status"))?;
    let list = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:"));
    list.map(|list| list.trim().to_owned()).ok_or_else(|| "/proc/self/status names no processors".to_owned())
}

/// Half of them: for a browser, which is many processes, and would leave a test with a deadline a small share of all. They raise
/// their own priority, and belong to sessions of their own, which the system serves alike: `nice` does not hold them back.
pub(crate) fn half_of(processors: &str) -> String {
    let bounds = |range: &str| {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        (first.parse().unwrap_or(0_usize), last.parse().unwrap_or(0))
    };
    let each: Vec<usize> = processors.split(',').map(bounds).flat_map(|(first, last)| first..=last).collect();
    each[each.len() / 2..].iter().map(usize::to_string).collect::<Vec<_>>().join(",")
}

fn run(part: &str, processors: &str) -> Result {
    // As it was built with everything else; the file that this process was started from may be gone since.
    let program = target().join("debug/xtask");
    let mut command = Command::new("taskset");
    // One pipe for both, in the order of the writing.
    command.args(["--cpu-list", processors, "sh", "-c", "exec \"$0\" test \"$1\" --built 2>&1"]);
    let output = command.arg(program).arg(part).current_dir(root()).output();
    let output = output.map_err(|error| format!("test {part}: {error}"))?;
    println!("\n== test {part}\n{}", String::from_utf8_lossy(&output.stdout));
    if output.status.success() { Ok(()) } else { Err(format!("test {part} failed")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_the_second_half() {
        let pairs = [("0-1", "1"), ("0-3", "2,3"), ("4,6", "6"), ("0-1,8-9", "8,9"), ("0-2", "1,2"), ("5", "5")];
        for (all, half) in pairs {
            assert_eq!(half_of(all), half, "{all}");
        }
        assert!(!half_of(&all_processors().unwrap()).is_empty());
    }
}
