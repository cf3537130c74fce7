//! Holding what was measured against what was promised.

use std::fs;

use crate::budget::{BUDGETS, Budget, Rule, Verdict};
use crate::results::{Compared, Import};
use crate::setup::Setup;
use crate::statistics::Spread;

/// What became of every promise.
///
/// # Errors
/// When a promise names what was not measured: nothing may be left out in silence.
pub fn judge(setup: &Setup, compared: &[Compared], import: &Import) -> Result<Vec<Verdict>, String> {
    let figures = Figures { setup, compared, import };
    let judged = BUDGETS.iter().map(|budget| {
        let measured = figures.measured(budget);
        measured.map(|measured| budget.judge(measured)).ok_or_else(|| format!("not measured: {}", budget.title))
    });
    judged.collect()
}

struct Figures<'r> {
    setup: &'r Setup,
    compared: &'r [Compared],
    import: &'r Import,
}

impl Figures<'_> {
    fn measured(&self, budget: &Budget) -> Option<Spread> {
        match budget.rule {
            Rule::Ratio(name, peer) => self.comparison(name)?.figure(peer).map(|figure| figure.ratio),
            Rule::MillisecondsMore(name, peer) => self.milliseconds_more(name, peer),
            Rule::ShareOfIdeal(name, threads, milliseconds) => self.share(name, threads, milliseconds),
            Rule::Megabytes(file) => self.megabytes(file),
            Rule::Modules => Spread::of([count(self.import.dear.len())]),
        }
    }

    fn comparison(&self, name: &str) -> Option<&Compared> {
        self.compared.iter().find(|compared| compared.name == name)
    }

    fn milliseconds_more(&self, name: &str, peer: &str) -> Option<Spread> {
        let compared = self.comparison(name)?;
        let (ours, theirs) = (compared.figures.first()?, compared.figure(peer)?);
        Spread::of(ours.runs.iter().zip(&theirs.runs).map(|(our, their)| (our - their) / 1e6))
    }

    /// At the very most, each thread has an answer every so many milliseconds.
    fn share(&self, name: &str, threads: f64, milliseconds: f64) -> Option<Spread> {
        let ours = self.comparison(name)?.figures.first()?;
        let ideal = milliseconds * 1e6 / threads;
        Spread::of(ours.runs.iter().map(|run| ideal / run))
    }

    fn megabytes(&self, file: &str) -> Option<Spread> {
        let bytes = fs::metadata(self.setup.sizes.get(file)?).ok()?.len();
        Spread::of([count(usize::try_from(bytes).ok()?) / 1e6])
    }
}

/// Sizes of files fit exactly.
#[allow(clippy::cast_precision_loss)]
fn count(number: usize) -> f64 {
    number as f64
}
