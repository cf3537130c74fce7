//! One run: a contender does one thing many times, in a process of its own.

use std::process::{Command, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::{TimeVal, TimeValLike as _};
use serde::Deserialize;

/// What one operation cost in one run, in nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cost {
    /// Of the processor, for the program and for the system on its behalf; nothing where many processes share the work.
    pub cpu: Option<f64>,
    /// On the clock.
    pub wall: f64,
    /// The most memory that the process had, in KiB, where the worker tells.
    pub memory_kib: Option<f64>,
}

/// What a worker prints.
#[derive(Debug, Deserialize)]
struct Record {
    count: u64,
    cpu_ns: u64,
    wall_ns: u64,
    sum: u64,
    rss_kib: Option<u64>,
}

/// Runs a worker that looks at the clock itself, and sees to it that it did what it says.
///
/// # Errors
/// When it fails, or when its sum shows that it did not do the work.
pub fn run(command: &mut Command, count: u64, expected_sum: u64) -> Result<Cost, String> {
    let record = proven(&output(command)?, command, count, expected_sum)?;
    Ok(Cost {
        cpu: Some(per(record.cpu_ns, count)),
        wall: per(record.wall_ns, count),
        memory_kib: record.rss_kib.map(f64_of),
    })
}

/// What a worker said, if it did the work.
fn proven(said: &str, command: &Command, count: u64, expected_sum: u64) -> Result<Record, String> {
    let record: Record = serde_json::from_str(said).map_err(|error| format!("{command:?} said {said:?}: {error}"))?;
    if record.count != count || record.sum != expected_sum * count {
        let Record { count: done, sum, .. } = record;
        return Err(format!(
            "{command:?} did {done} of {count} operations, with the sum {sum} where {} was due",
            expected_sum * count
        ));
    }
    Ok(record)
}

/// Runs a program from its start to its end, looked at from outside. One that has a sum to tell is held to it.
///
/// # Errors
/// When it fails, or when its sum shows that it did not do the work.
pub fn run_whole(command: &mut Command, expected_sum: u64) -> Result<Cost, String> {
    let (cpu, begins) = (children()?, Instant::now());
    let said = output(command)?;
    let wall = begins.elapsed();
    let cpu = children()? - cpu;
    if expected_sum > 0 {
        proven(&said, command, 1, expected_sum)?;
    }
    let wall = f64_of(u64::try_from(wall.as_nanos()).unwrap_or(u64::MAX));
    Ok(Cost { cpu: Some(f64_of(cpu)), wall, memory_kib: None })
}

/// What a program prints, if it succeeds.
///
/// # Errors
/// When it fails, with what it complained of.
pub fn output(command: &mut Command) -> Result<String, String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| format!("{command:?}: {error}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{command:?} failed ({}): {said}", output.status));
    }
    String::from_utf8(output.stdout).map_err(|error| format!("{command:?}: {error}"))
}

/// What the processes that have ended have cost, in nanoseconds.
fn children() -> Result<u64, String> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(|error| error.to_string())?;
    let nanoseconds = |time: TimeVal| u64::try_from(time.num_microseconds()).unwrap_or(0) * 1000;
    Ok(nanoseconds(usage.user_time()) + nanoseconds(usage.system_time()))
}

fn per(total: u64, count: u64) -> f64 {
    f64_of(total) / f64_of(count.max(1))
}

/// Nanoseconds of hours still fit exactly.
#[allow(clippy::cast_precision_loss)]
fn f64_of(number: u64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn costs_are_for_one_operation() {
        let mut worker = shell(r#"echo '{"count": 4, "cpu_ns": 80, "wall_ns": 100, "sum": 12}'"#);
        assert_eq!(run(&mut worker, 4, 3), Ok(Cost { cpu: Some(20.0), wall: 25.0, memory_kib: None }));
    }

    #[test]
    fn a_worker_that_did_not_do_the_work_is_no_contender() {
        for said in [
            r#"{"count": 4, "cpu_ns": 80, "wall_ns": 100, "sum": 9}"#,
            r#"{"count": 3, "cpu_ns": 80, "wall_ns": 100, "sum": 12}"#,
            "nothing",
        ] {
            let mut worker = shell(&format!("echo '{said}'"));
            assert!(run(&mut worker, 4, 3).is_err(), "{said}");
        }
        let failed = run(&mut shell("echo 'no server' >&2; exit 1"), 4, 3);
        assert!(failed.is_err_and(|message| message.contains("no server")));
    }

    #[test]
    fn a_whole_run_costs_what_its_process_costs() {
        let cost = run_whole(&mut shell("i=0; while [ $i -lt 20000 ]; do i=$((i + 1)); done"), 0);
        assert!(cost.as_ref().is_ok_and(|cost| cost.cpu > Some(0.0) && cost.wall > 0.0), "{cost:?}");
        let said = r#"echo '{"count": 1, "cpu_ns": 1, "wall_ns": 1, "sum": 150}'"#;
        assert!(run_whole(&mut shell(said), 150).is_ok() && run_whole(&mut shell(said), 388).is_err());
    }
}
