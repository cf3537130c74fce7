//! How the cost of a read grows with the size of the answer, with the fields in it that nobody knows, and with the threads
//! that share a client: in proportion at most.

use std::fs;

use izly_benchmark_samples::{padded, with_fields};

use crate::results::Curve;
use crate::run::tell;
use crate::served::Served;
use crate::setup::{Language, Place, Setup};
use crate::statistics::Spread;
use crate::worker;

const ROUNDS: usize = 5;
/// The amount that every read gives.
const AMOUNT: u64 = 150;
/// The largest answer that a client takes by default.
const MAX_BODY: usize = 1 << 20;
const SIZES: [usize; 8] = [400, 1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 19, MAX_BODY];
const FIELDS: [usize; 7] = [0, 1, 10, 100, 1_000, 3_000, 10_000];
const THREADS: [usize; 9] = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/// All three curves.
///
/// # Errors
/// At the first run that fails.
pub fn curves(setup: &Setup) -> Result<Vec<Curve>, String> {
    let sample = fs::read_to_string(setup.samples.join("payment.json")).map_err(|error| error.to_string())?;
    Ok(vec![
        over_answers(setup, "body_size", "A read, by the size of its answer", "bytes", &SIZES, |size| {
            padded(&sample, size)
        })?,
        over_answers(
            setup,
            "unknown_fields",
            "A read, by the unknown fields in its answer",
            "fields",
            &FIELDS,
            |count| with_fields(&sample, count),
        )?,
        over_threads(setup)?,
    ])
}

fn over_answers(
    setup: &Setup,
    name: &str,
    title: &str,
    axis: &str,
    sizes: &[usize],
    answer: impl Fn(usize) -> String,
) -> Result<Curve, String> {
    eprint!("{name:<28}");
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut points = Vec::new();
    for size in sizes {
        let file = folder.path().join(format!("{size}.json"));
        fs::write(&file, answer(*size)).map_err(|error| error.to_string())?;
        let server = Served::start(setup, Place::OneProcessor, &["--payment", &file.display().to_string()])?;
        // Some tens of megabytes for each, whatever the size.
        let count = if *size > 4_096 { 200 } else { 1_000 };
        points.push((to_u64(*size), measure(setup, &server, Place::OneProcessor, count, 1)?));
        eprint!(".");
    }
    eprintln!();
    Ok(curve(name, title, axis, points))
}

fn over_threads(setup: &Setup) -> Result<Curve, String> {
    eprint!("{:<28}", "threads");
    let server = Served::start(setup, Place::Anywhere, &[])?;
    let mut points = Vec::new();
    for threads in THREADS {
        points.push((to_u64(threads), measure(setup, &server, Place::Anywhere, 5_120, threads)?));
        eprint!(".");
    }
    eprintln!();
    // Per read: what the threads cost beyond the reads would make it rise.
    Ok(curve("threads", "A read, by the threads that share the client", "threads", points))
}

fn measure(setup: &Setup, server: &Served, place: Place, count: u64, threads: usize) -> Result<Spread, String> {
    let run = |_| {
        let mut command = setup.worker(Language::Rust, "izly", place)?;
        let operation = if place == Place::Anywhere { "threads" } else { "read" };
        command.args([operation, "izly"]).env("IZLY_BENCH_THREADS", threads.to_string());
        tell(&mut command, Some(server), false, count);
        worker::run(&mut command, count, AMOUNT).map(|cost| cost.cpu.unwrap_or(f64::NAN))
    };
    let costs = (0..ROUNDS).map(run).collect::<Result<Vec<f64>, String>>()?;
    Spread::of(costs).ok_or_else(|| "a run cost nothing".to_owned())
}

fn curve(name: &str, title: &str, axis: &str, points: Vec<(u64, Spread)>) -> Curve {
    let exponent = steepest(&points);
    Curve { name: name.to_owned(), title: title.to_owned(), axis: axis.to_owned(), points, exponent }
}

/// The slope between neighbours on paper whose both axes are logarithmic, where it is greatest: 1 is linear, 2 square.
#[allow(clippy::cast_precision_loss)]
fn steepest(points: &[(u64, Spread)]) -> f64 {
    let slope = |pair: &[(u64, Spread)]| {
        let (from, to) = (pair[0], pair[1]);
        let rise = (to.1.median / from.1.median).ln();
        rise / (to.0 as f64 / from.0.max(1) as f64).ln()
    };
    let positive: Vec<(u64, Spread)> = points.iter().copied().filter(|point| point.0 > 0).collect();
    positive.windows(2).map(slope).fold(f64::NEG_INFINITY, f64::max)
}

/// Sizes of benchmarks fit anywhere.
fn to_u64(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_is_steeper_than_a_line() {
        let points = |power: i32| -> Vec<(u64, Spread)> {
            let cost = |size: u32| f64::from(size).powi(power);
            let spread = |size| Spread { low: 0.0, median: cost(size), high: 0.0 };
            [1, 10, 100].map(|size| (u64::from(size), spread(size))).to_vec()
        };
        assert!((steepest(&points(1)) - 1.0).abs() < 1e-9);
        assert!((steepest(&points(2)) - 2.0).abs() < 1e-9);
    }
}
