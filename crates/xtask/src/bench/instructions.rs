//! How many instructions the hot paths take, as valgrind counts them, beside how many they took: `benchmarks/instructions.json`.
//!
//! Time depends on the machine's mood; these counts depend on the source, the compiler and the C library alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::built::cargo;
use crate::chore::{Result as Done, output_of, program, read, root, step};
use crate::dist::{as_everywhere, target};

type Result<T> = std::result::Result<T, String>;
/// What one of each thing costs.
type Counts = BTreeMap<String, u64>;

/// Where they are kept.
const KEPT: &str = "benchmarks/instructions.json";
/// How many times a thing is done, and then twice as many times.
const TIMES: u64 = 200;
/// By how much a count may differ from the one that is kept.
const TOLERANCE: f64 = 0.02;
/// The same of an answer of some size: of many fields, names are told apart by a hash map, whose order is another each time.
const TOLERANCE_OF_SIZES: f64 = 0.1;
/// The same when another compiler or C library counts.
const TOLERANCE_ELSEWHERE: f64 = 0.25;
/// Sizes that cost is to grow with in proportion, at most.
const GROWTH: [(&str, &[u64]); 2] = [
    ("body_size", &[400, 1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20]),
    ("unknown_fields", &[0, 1, 10, 100, 1_000, 10_000]),
];
/// A square would be 2; 1 is in proportion.
const MAX_EXPONENT: f64 = 1.1;

/// Counts, and compares with what is kept.
pub(crate) fn check() -> Done {
    let (counted, tools) = (count()?, tools()?);
    is_linear(&counted)?;
    let kept: Value = serde_json::from_str(&read(&root().join(KEPT))?).map_err(|error| format!("{KEPT}: {error}"))?;
    let is_same = kept["tools"] == json!(tools);
    if !is_same {
        println!("counted with {tools}; what is kept was counted with {}", kept["tools"]);
    }
    let tolerance = if is_same { TOLERANCE } else { TOLERANCE_ELSEWHERE };
    let kept: Counts = serde_json::from_value(kept["counts"].clone()).map_err(|error| format!("{KEPT}: {error}"))?;
    let differ = compare(&counted, &kept, tolerance);
    if differ.is_empty() {
        return Ok(());
    }
    let lines = differ.join("\n");
    Err(format!(
        "instructions differ from {KEPT}:\n{lines}\nwhere that is meant: cargo xtask bench instructions --write"
    ))
}

/// Counts, and keeps the counts.
pub(crate) fn write() -> Done {
    let (counts, tools) = (count()?, tools()?);
    is_linear(&counts)?;
    let kept = json!({ "tools": tools, "counts": counts });
    let text = serde_json::to_string_pretty(&kept).map_err(|error| error.to_string())?;
    fs::write(root().join(KEPT), text + "\n").map_err(|error| format!("{KEPT}: {error}"))
}

/// What differs by more than it may, told one by one; what is missing on either side differs.
fn compare(counted: &Counts, kept: &Counts, tolerance: f64) -> Vec<String> {
    let names: std::collections::BTreeSet<&String> = counted.keys().chain(kept.keys()).collect();
    let is_of_size = |name: &str| GROWTH.iter().any(|(case, _)| name.starts_with(case));
    let allowed = |name: &str| if is_of_size(name) { tolerance.max(TOLERANCE_OF_SIZES) } else { tolerance };
    let differs = |name: &&&String| match (counted.get(**name), kept.get(**name)) {
        (Some(now), Some(before)) => (number(*now) / number(*before) - 1.0).abs() > allowed(name),
        _ => true,
    };
    let told = |count: Option<&u64>| count.map_or_else(|| "none".to_owned(), u64::to_string);
    let line = |name: &String| format!("{name}: {}, kept {}", told(counted.get(name)), told(kept.get(name)));
    names.iter().filter(differs).map(|name| line(name)).collect()
}

/// Whether twice as much costs twice as much, at most.
fn is_linear(counts: &Counts) -> Done {
    for (case, sizes) in GROWTH {
        let cost = |size: &u64| counts.get(&of_size(case, *size)).copied().map(number);
        for pair in sizes.windows(2).filter(|pair| pair[0] > 0) {
            let (Some(from), Some(to)) = (cost(&pair[0]), cost(&pair[1])) else {
                return Err(format!("{case}: no count"));
            };
            let exponent = (to / from).ln() / (number(pair[1]) / number(pair[0])).ln();
            if exponent > MAX_EXPONENT {
                return Err(format!("{case}: from {} to {} the cost grows by {from} to {to}", pair[0], pair[1]));
            }
        }
    }
    Ok(())
}

fn of_size(case: &str, size: u64) -> String {
    format!("{case} {size}")
}

fn count() -> Result<Counts> {
    let program = build()?;
    let listed = output_of(&mut Command::new(&program))?;
    let mut counts = Counts::new();
    for case in listed.lines() {
        let sizes = GROWTH.iter().find(|(name, _)| *name == case).map(|(_, sizes)| *sizes);
        match sizes {
            None => {
                counts.insert(case.to_owned(), one(&program, case, TIMES, 0)?);
            }
            Some(sizes) => {
                for size in sizes {
                    // The large ones take long, and one is like the other.
                    let times = if *size > 4_096 { 2 } else { 20 };
                    counts.insert(of_size(case, *size), one(&program, case, times, *size)?);
                }
            }
        }
    }
    for (case, count) in &counts {
        println!("{case:<28} {count:>12}");
    }
    Ok(counts)
}

/// As it is shipped.
pub(crate) fn build() -> Result<PathBuf> {
    let mut build = cargo("build --profile dist --package izly-instructions --features silent");
    step("what is counted", as_everywhere(&mut build))?;
    Ok(target().join("dist/izly-instructions"))
}

/// What one costs: the difference between so many and twice as many.
fn one(program: &Path, case: &str, times: u64, size: u64) -> Result<u64> {
    let total = |times: u64| collected(program, &[case, &times.to_string(), &size.to_string()]);
    Ok((total(2 * times)? - total(times)?) / times)
}

/// What valgrind counts from a process's start to its end.
fn collected(program: &Path, arguments: &[&str]) -> Result<u64> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(program).args(arguments);
    let output = command.output().map_err(|error| format!("valgrind does not run: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let count = said.lines().find_map(|line| line.split_once("Collected :")?.1.trim().parse().ok());
    match count {
        Some(count) if output.status.success() => Ok(count),
        _ => Err(format!("{arguments:?} failed: {said}")),
    }
}

/// The compiler and the C library.
fn tools() -> Result<String> {
    let compiler = output_of(&mut program("rustc --version"))?;
    let library = output_of(&mut program("getconf GNU_LIBC_VERSION"))?;
    Ok(format!("{}, {}", compiler.trim(), library.trim()))
}

/// Counts fit exactly.
#[allow(clippy::cast_precision_loss)]
fn number(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(pairs: &[(&str, u64)]) -> Counts {
        pairs.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
    }

    #[test]
    fn a_count_that_rises_falls_or_is_gone_is_told() {
        let kept = counts(&[("a", 1000), ("b", 1000), ("c", 1000), ("d", 1000), ("body_size 1", 1000)]);
        let counted = counts(&[("a", 1015), ("b", 1030), ("c", 970), ("e", 1), ("body_size 1", 1090)]);
        let told = compare(&counted, &kept, TOLERANCE);
        assert_eq!(told, ["b: 1030, kept 1000", "c: 970, kept 1000", "d: none, kept 1000", "e: 1, kept none"]);
    }

    #[test]
    fn a_square_is_not_linear() {
        let growing = |cost: fn(u64) -> u64| -> Counts {
            let sizes = |(case, sizes): &(&'static str, &'static [u64])| {
                sizes.iter().map(|size| (of_size(case, *size), cost(*size))).collect::<Vec<_>>()
            };
            GROWTH.iter().flat_map(sizes).collect()
        };
        assert_eq!(is_linear(&growing(|size| 1000 + 5 * size)), Ok(()));
        assert!(is_linear(&growing(|size| 1000 + size * size)).is_err());
    }
}
