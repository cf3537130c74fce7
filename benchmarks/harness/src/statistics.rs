//! What may be said of many runs on a machine that does other things too: medians, and how far the middle half spreads.

use serde::{Deserialize, Serialize};

/// The middle of some figures, and the two that hold the middle half between them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// A quarter of them are below.
    pub low: f64,
    /// Half of them are below.
    pub median: f64,
    /// A quarter of them are above.
    pub high: f64,
}

impl Spread {
    /// Of these figures; nothing of none, or where one is no number.
    pub fn of(figures: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut sorted: Vec<f64> = figures.into_iter().collect();
        if sorted.is_empty() || sorted.iter().any(|figure| !figure.is_finite()) {
            return None;
        }
        sorted.sort_by(f64::total_cmp);
        Some(Spread { low: quantile(&sorted, 0.25), median: quantile(&sorted, 0.5), high: quantile(&sorted, 0.75) })
    }

    /// Of one series over the other, round by round: what slows a whole round slows both, and cancels out.
    pub fn of_ratios(ours: &[f64], theirs: &[f64]) -> Option<Self> {
        if ours.len() == theirs.len() {
            Spread::of(ours.iter().zip(theirs).map(|(our, their)| our / their))
        } else {
            None
        }
    }

    /// The same in another unit.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        Spread { low: self.low * factor, median: self.median * factor, high: self.high * factor }
    }
}

/// Between two neighbours, in proportion.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len() - 1;
    #[allow(clippy::cast_precision_loss)]
    let place = share * last as f64;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let below = (place.floor() as usize).min(last);
    let above = (below + 1).min(last);
    let part = place - place.floor();
    sorted[below] * (1.0 - part) + sorted[above] * part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_stands_between_two_neighbours_or_on_one() {
        let spread = |figures: &[f64]| Spread::of(figures.iter().copied());
        assert_eq!(spread(&[3.0, 1.0, 2.0]), Some(Spread { low: 1.5, median: 2.0, high: 2.5 }));
        assert_eq!(spread(&[1.0, 2.0, 3.0, 100.0]), Some(Spread { low: 1.75, median: 2.5, high: 27.25 }));
        assert_eq!(spread(&[7.0]), Some(Spread { low: 7.0, median: 7.0, high: 7.0 }));
        assert_eq!(spread(&[]), None);
        assert_eq!(spread(&[1.0, f64::NAN]), None);
    }

    #[test]
    fn a_slow_round_changes_no_ratio() {
        let (ours, theirs) = ([10.0, 10.0, 90.0], [20.0, 20.0, 180.0]);
        assert_eq!(Spread::of_ratios(&ours, &theirs).map(|spread| (spread.low, spread.high)), Some((0.5, 0.5)));
        assert_eq!(Spread::of_ratios(&ours, &[20.0]), None);
    }
}
