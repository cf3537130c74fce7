//! The report and its pictures are those of the figures that are kept: nobody writes into them by hand.

use std::fs;
use std::path::Path;

use izly_benchmarks::{Results, report};

#[test]
fn the_report_is_that_of_the_figures() -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let results = Results::read(&root.join("benchmarks/results.json"))?;
    let written = tempfile::tempdir().map_err(|error| error.to_string())?;
    report::write(&results, written.path())?;
    let mut files = vec!["benchmarks.md".to_owned()];
    for entry in fs::read_dir(written.path().join("benchmarks")).map_err(|error| error.to_string())?.flatten() {
        files.push(format!("benchmarks/{}", entry.file_name().to_string_lossy()));
    }
    assert!(files.len() > results.comparisons.len(), "{files:?}");
    for file in files {
        let kept = fs::read_to_string(root.join("docs").join(&file)).map_err(|error| format!("{file}: {error}"))?;
        let expected = fs::read_to_string(written.path().join(&file)).map_err(|error| format!("{file}: {error}"))?;
        assert!(kept == expected, "docs/{file} is not what the figures say: cargo xtask bench report");
    }
    Ok(())
}
