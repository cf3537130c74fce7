//! The report for people: `docs/benchmarks.md`, written from the results and from nothing else.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::budget::Verdict;
use crate::plan::label;
use crate::plot::{self, unit};
use crate::results::{Compared, Curve, Results};
use crate::statistics::Spread;

/// What stands before the figures; written by hand.
const BEGINS: &str = include_str!("report.md");
/// What a profile shows of promises that are missed; written by hand.
const WHY: &str = include_str!("why.md");

/// Writes the report and its pictures into this folder.
///
/// # Errors
/// When they cannot be written.
pub fn write(results: &Results, docs: &Path) -> Result<(), String> {
    let pictures = docs.join("benchmarks");
    fs::create_dir_all(&pictures).map_err(|error| error.to_string())?;
    for compared in &results.comparisons {
        plot::bars(compared, &pictures.join(&compared.name).with_extension("svg"))?;
    }
    for curve in &results.growth {
        plot::curve(curve, &pictures.join(&curve.name).with_extension("svg"))?;
    }
    let path = docs.join("benchmarks.md");
    fs::write(&path, text(results)).map_err(|error| format!("{}: {error}", path.display()))
}

/// The report as one text.
pub fn text(results: &Results) -> String {
    let mut text = format!("{}\n{}", BEGINS.trim_end(), "\n## Promises\n\n");
    text += &promises(&results.budgets);
    line(&mut text, &format!("\n{}", WHY.trim_end()));
    text += "\n## Side by side\n";
    for compared in &results.comparisons {
        text += &side_by_side(compared);
    }
    text += "\n## Growth\n\n";
    text += &growth(&results.growth);
    text += "\n## Measured with\n\n";
    for (name, version) in &results.versions {
        line(&mut text, &format!("- {name}: {version}"));
    }
    let import = &results.import;
    line(&mut text, &format!("- `import izly` brings {} modules and {} KiB", import.modules, import.rss_kib));
    text
}

fn promises(verdicts: &[Verdict]) -> String {
    let mut text = String::from("| promise | limit | measured | |\n|---|--:|--:|---|\n");
    for Verdict { title, limit, measured, is_met } in verdicts {
        let word = if *is_met { "kept" } else { "**missed**" };
        line(&mut text, &format!("| {title} | {limit} | {} | {word} |", between(*measured, 2)));
    }
    text
}

fn side_by_side(compared: &Compared) -> String {
    let what = if compared.is_wall { "on the clock" } else { "of the processor" };
    let name = &compared.name;
    let mut text = format!(
        "\n### {0}\n\n![{0}](benchmarks/{name}.svg)\n\n| | time {what} | izly over it | memory |\n|---|--:|--:|--:|\n",
        compared.title
    );
    let largest = compared.figures.iter().map(|figure| compared.time(figure).median).fold(0.0, f64::max);
    let (unit, scale) = unit(largest);
    for figure in &compared.figures {
        let name = label(&figure.contender);
        let time = between(compared.time(figure).scaled(scale), 1);
        let memory = figure.memory_kib.map(|kib| format!("{:.0} MB", kib.median / 1024.0)).unwrap_or_default();
        line(&mut text, &format!("| {name} | {time} {unit} | {} | {memory} |", between(figure.ratio, 2)));
    }
    text
}

fn growth(curves: &[Curve]) -> String {
    let mut text = String::from("| what grows | from | to | steepest exponent (1 is linear) |\n|---|--:|--:|--:|\n");
    for Curve { axis, points, exponent, .. } in curves {
        let end = |point: Option<&(u64, Spread)>| {
            point.map(|(size, cost)| format!("{size}: {:.0} µs", cost.median / 1e3)).unwrap_or_default()
        };
        line(&mut text, &format!("| {axis} | {} | {} | {exponent:.2} |", end(points.first()), end(points.last())));
    }
    for curve in curves {
        line(&mut text, &format!("\n![{0}](benchmarks/{1}.svg)", curve.title, curve.name));
    }
    text
}

/// The median, and the middle half of the runs where it is not all one.
fn between(spread: Spread, digits: usize) -> String {
    let Spread { low, median, high } = spread;
    let one = |figure: f64| format!("{figure:.digits$}");
    if one(low) == one(high) { one(median) } else { format!("{} ({}–{})", one(median), one(low), one(high)) }
}

fn line(text: &mut String, line: &str) {
    // Writing to a text cannot fail.
    let _ = writeln!(text, "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missed_promise_is_told_as_one() {
        let spread = Spread { low: 1.0, median: 1.5, high: 2.0 };
        let verdict = |is_met| Verdict { title: "speed".to_owned(), limit: 1.2, measured: spread, is_met };
        let text = promises(&[verdict(false), verdict(true)]);
        assert!(text.contains("| speed | 1.2 | 1.50 (1.00–2.00) | **missed** |"), "{text}");
        assert!(text.contains("| speed | 1.2 | 1.50 (1.00–2.00) | kept |"), "{text}");
    }

    #[test]
    fn one_figure_stands_alone() {
        assert_eq!(between(Spread { low: 2.0, median: 2.0, high: 2.0 }, 1), "2.0");
    }
}
