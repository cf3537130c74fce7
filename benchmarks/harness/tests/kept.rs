//! The report and its pictures are those of the figures that are kept: nobody writes into them by hand.

use std::fs;
use std::path::Path;

use izly_benchmarks::budget::BUDGETS;
use izly_benchmarks::plan::COMPARISONS;
use izly_benchmarks::{Results, report};

fn kept() -> Result<Results, String> {
    Results::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../results.json"))
}

#[test]
fn the_figures_are_those_of_what_is_compared_and_promised() -> Result<(), String> {
    let results = kept()?;
    let measured: Vec<&str> = results.comparisons.iter().map(|compared| compared.name.as_str()).collect();
    assert_eq!(measured, COMPARISONS.iter().map(|comparison| comparison.name).collect::<Vec<_>>());
    for (compared, comparison) in results.comparisons.iter().zip(COMPARISONS) {
        let who: Vec<&str> = compared.figures.iter().map(|figure| figure.contender.as_str()).collect();
        assert_eq!(who, comparison.contenders.iter().map(|contender| contender.name).collect::<Vec<_>>());
        assert!(compared.figures.iter().all(|figure| figure.runs.len() == comparison.rounds), "{}", compared.name);
    }
    assert_eq!(results.budgets.len(), BUDGETS.len());
    for (verdict, budget) in results.budgets.iter().zip(BUDGETS) {
        assert_eq!(*verdict, budget.judge(verdict.measured), "{}", budget.title);
    }
    Ok(())
}

#[test]
fn the_report_is_that_of_the_figures() -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let results = kept()?;
    let written = tempfile::tempdir().map_err(|error| error.to_string())?;
    report::write(&results, written.path())?;
    let mut files = vec!["benchmarks.md".to_owned()];
    for entry in fs::read_dir(written.path().join("benchmarks")).map_err(|error| error.to_string())?.flatten() {
        files.push(format!("benchmarks/{}", entry.file_name().to_string_lossy()));
    }
    assert!(files.len() > results.comparisons.len(), "{files:?}");
    let pictures = fs::read_dir(root.join("docs/benchmarks")).map_err(|error| error.to_string())?.count();
    assert_eq!(pictures, files.len() - 1, "a picture in docs/benchmarks is of nothing that is measured");
    for file in files {
        let kept = fs::read_to_string(root.join("docs").join(&file)).map_err(|error| format!("{file}: {error}"))?;
        let expected = fs::read_to_string(written.path().join(&file)).map_err(|error| format!("{file}: {error}"))?;
        assert!(kept == expected, "docs/{file} is not what the figures say: cargo xtask bench report");
    }
    Ok(())
}
