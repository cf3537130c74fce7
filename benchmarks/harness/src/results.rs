//! What was measured, as it is kept: `benchmarks/results.json`.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::budget::Verdict;
use crate::statistics::Spread;

/// All of a run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Results {
    /// The machine, and every contender's version.
    pub versions: BTreeMap<String, String>,
    /// What became of each promise.
    pub budgets: Vec<Verdict>,
    /// Who costs what.
    pub comparisons: Vec<Compared>,
    /// How cost grows.
    pub growth: Vec<Curve>,
    /// What `import izly` brings along.
    pub import: Import,
}

/// A comparison's figures.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Compared {
    /// Its name in the plan.
    pub name: String,
    /// What it is, for people.
    pub title: String,
    /// Whether it is about time on the clock, not of the processor.
    pub is_wall: bool,
    /// How often each contender ran.
    pub rounds: usize,
    /// Each contender's, izly's first.
    pub figures: Vec<Figure>,
}

/// A contender's figures, in nanoseconds for one operation.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Figure {
    /// Who.
    pub contender: String,
    /// Time of the processor; nothing where many processes share the work.
    pub cpu: Option<Spread>,
    /// Time on the clock.
    pub wall: Spread,
    /// The most memory that its process had, in KiB, where the worker tells.
    pub memory_kib: Option<Spread>,
    /// izly's time over this contender's, round by round.
    pub ratio: Spread,
    /// Each run, round by round: of what is compared.
    pub runs: Vec<f64>,
}

/// How cost grows with something.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Curve {
    /// Its name.
    pub name: String,
    /// What it is, for people.
    pub title: String,
    /// What grows.
    pub axis: String,
    /// How much of it, and the time of the processor for one operation in nanoseconds.
    pub points: Vec<(u64, Spread)>,
    /// The steepest rise: by how much the cost grows when the size doubles, as an exponent; 1 is linear.
    pub exponent: f64,
}

/// What an interpreter has after `import izly` that it had not before.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Import {
    /// Modules, by name, of those that would be dear.
    pub dear: Vec<String>,
    /// How many modules in all.
    pub modules: u64,
    /// Memory, in KiB.
    pub rss_kib: i64,
}

impl Import {
    /// Modules that no program should get by importing this package.
    const DEAR: [&str; 3] = ["asyncio", "requests", "ssl"];

    /// From what `modules.py` prints; nothing when it says something else.
    pub fn read(said: &str) -> Option<Self> {
        let said: serde_json::Value = serde_json::from_str(said).ok()?;
        let mut dear = Vec::new();
        for name in Import::DEAR {
            // There before, it could not be seen to come.
            if said["there_before"].as_array()?.iter().any(|there| there == name) {
                return None;
            }
            if said["pulled_in"][name].as_bool()? {
                dear.push(name.to_owned());
            }
        }
        let rss_kib = said["rss_kib_after"].as_i64()? - said["rss_kib_before"].as_i64()?;
        Some(Import { dear, modules: said["modules"].as_u64()?, rss_kib })
    }
}

impl Results {
    /// From their file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// Into their file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), String> {
        let text = serde_json::to_string_pretty(self).map_err(|error| error.to_string())?;
        std::fs::write(path, text + "\n").map_err(|error| format!("{}: {error}", path.display()))
    }
}

impl Compared {
    /// What is compared, of one contender.
    pub fn time(&self, figure: &Figure) -> Spread {
        figure.cpu.filter(|_| !self.is_wall).unwrap_or(figure.wall)
    }

    /// A contender's figures.
    pub fn figure(&self, contender: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.contender == contender)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_import_brings_is_read_from_the_script() {
        let said = |ssl: &str| {
            format!(
                r#"{{"pulled_in": {{"ssl": {ssl}, "asyncio": false, "requests": false}}, "there_before": [], "modules": 5,
                    "rss_kib_before": 9000, "rss_kib_after": 9900}}"#
            )
        };
        let import = Import::read(&said("true")).unwrap_or_default();
        assert_eq!((import.dear, import.modules, import.rss_kib), (vec!["ssl".to_owned()], 5, 900));
        assert!(Import::read(&said("null")).is_none() && Import::read("{}").is_none());
        let hidden = said("false").replace(r#""there_before": []"#, r#""there_before": ["ssl"]"#);
        assert!(Import::read(&said("false")).is_some() && Import::read(&hidden).is_none());
    }
}
