//! What to simulate.

use crate::plant::Plant;

/// Checkouts of one world. A failure is told by playing its world again, so worlds are small.
pub(crate) const WORLD: u64 = 1_000;

/// What to simulate. The same plan gives the same checkouts, faults and crashes on every machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// How many students go to pay, in worlds of a thousand each.
    pub checkouts: u64,
    /// Decides everything.
    pub seed: u64,
    /// Only this world, to see a failure again.
    pub world: Option<u64>,
    /// A mistake of the partner's.
    pub plant: Option<Plant>,
    /// Worlds at a time. How many there are changes nothing but how long it takes.
    pub threads: usize,
}

impl Default for Plan {
    /// Ten thousand checkouts of seed 1, without a mistake, on each core.
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { checkouts: 10_000, seed: 1, world: None, plant: None, threads }
    }
}

impl Plan {
    pub(crate) fn worlds(&self) -> u64 {
        self.checkouts.div_ceil(WORLD)
    }

    /// The checkouts of one world; the last may be smaller.
    pub(crate) fn checkouts_of(&self, world: u64) -> u64 {
        self.checkouts.saturating_sub(world * WORLD).min(WORLD)
    }

    /// The command that plays one world again.
    pub(crate) fn command(&self, world: u64) -> String {
        let plant = self.plant.map(|plant| format!(" --plant {plant}")).unwrap_or_default();
        format!("cargo xtask simulate --checkouts {} --seed {} --world {world}{plant}", self.checkouts, self.seed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_world_takes_the_rest() {
        let plan = Plan { checkouts: 2_500, ..Plan::default() };
        let each: Vec<u64> = (0..plan.worlds()).map(|world| plan.checkouts_of(world)).collect();
        assert_eq!(each, [1_000, 1_000, 500]);
    }
}
