//! `izly-benchmarks`: serves benchmarks, runs them, and writes their report. `cargo xtask bench` does all of it.

// Its output is its interface.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use std::{fs, io};

use izly_benchmarks::{
    Answers, Import, Language, Place, Results, Server, Setup, compare, curves, judge, report, worker,
};

const USAGE: &str = "\
izly-benchmarks serve --samples FOLDER --ca-file FILE [--payment FILE] [--delay-ms N]
        answers reads and payments; prints one line of JSON, and stays until its input ends
izly-benchmarks run --setup FILE --results FILE
        runs everything
izly-benchmarks run --setup FILE --only COMPARISON
        runs one comparison, and prints its figures
izly-benchmarks report --results FILE --docs FOLDER
        writes the report";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["serve", "--samples", samples, "--ca-file", ca_file, ref rest @ ..] => {
            serve(Path::new(samples), Path::new(ca_file), rest)
        }
        ["run", "--setup", setup, "--results", results] => run(Path::new(setup), Path::new(results)),
        ["run", "--setup", setup, "--only", name] => run_one(Path::new(setup), name),
        ["report", "--results", results, "--docs", docs] => {
            Results::read(Path::new(results)).and_then(|results| report::write(&results, Path::new(docs)))
        }
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn serve(samples: &Path, ca_file: &Path, options: &[&str]) -> Result<(), String> {
    let mut answers = Answers::from_samples(samples)?;
    for option in options.chunks(2) {
        match option {
            ["--payment", file] => {
                answers.payment = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
            }
            ["--delay-ms", text] => {
                answers.delay = text.parse().map(Duration::from_millis).map_err(|_| USAGE.to_owned())?;
            }
            _ => return Err(USAGE.to_owned()),
        }
    }
    let server = Server::start(&answers)?;
    fs::write(ca_file, &server.ca_pem).map_err(|error| format!("{}: {error}", ca_file.display()))?;
    println!("{}", serde_json::json!({ "url": server.url, "tls_url": server.tls_url, "ca_file": ca_file }));
    // Whoever started it goes, and it goes too.
    io::stdin().read_to_end(&mut Vec::new()).map_err(|error| error.to_string())?;
    Ok(())
}

fn run(setup: &Path, results: &Path) -> Result<(), String> {
    let setup = Setup::read(setup)?;
    let import = imported(&setup)?;
    let comparisons = compare(&setup, None)?;
    let budgets = judge(&setup, &comparisons, &import)?;
    let growth = curves(&setup)?;
    Results { versions: setup.versions, budgets, comparisons, growth, import }.write(results)
}

fn run_one(setup: &Path, name: &str) -> Result<(), String> {
    let compared = compare(&Setup::read(setup)?, Some(name))?;
    let Some(compared) = compared.first() else { return Err(format!("there is no comparison {name}")) };
    for figure in &compared.figures {
        let cpu = figure.cpu.map_or(f64::NAN, |cpu| cpu.median / 1e3);
        let (wall, ratio) = (figure.wall.median / 1e3, figure.ratio);
        let (low, median, high) = (ratio.low, ratio.median, ratio.high);
        let who = &figure.contender;
        println!("{who:<20} CPU {cpu:>10.2} µs  clock {wall:>10.2} µs  izly over it {median:.2} ({low:.2}–{high:.2})");
    }
    Ok(())
}

/// What `import izly` brings along, as the script says that looks.
fn imported(setup: &Setup) -> Result<Import, String> {
    let mut command = setup.script(Language::Python, Place::Anywhere)?;
    let said = worker::output(command.arg(setup.startup("../modules")))?;
    Import::read(&said).ok_or_else(|| format!("modules.py said {said:?}"))
}
