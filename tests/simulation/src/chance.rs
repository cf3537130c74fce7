//! The only source of chance.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

use crate::time::Millis;

/// Who draws. Each has a stream of its own, so that a partner who draws once more does not change the students.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stream {
    Izly = 1,
    Shop = 2,
    World = 3,
    Students = 4,
    Outsider = 5,
}

/// A stream of numbers that the seed and the world decide.
#[derive(Debug)]
pub(crate) struct Chance(ChaCha8Rng);

impl Chance {
    pub(crate) fn new(seed: u64, world: u64, stream: Stream) -> Self {
        // Neighbouring worlds of neighbouring seeds must not meet: their numbers are spread by an odd constant.
        let mut random = ChaCha8Rng::seed_from_u64(seed.wrapping_add(world.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        random.set_stream(stream as u64);
        Self(random)
    }

    /// A number below `bound`. The slight bias of the remainder does not matter here.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0.next_u64() % bound.max(1)
    }

    /// From `least` to `most`, both included.
    pub(crate) fn between(&mut self, least: Millis, most: Millis) -> Millis {
        least + self.below(most - least + 1)
    }

    /// Once in so many times.
    pub(crate) fn one_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    pub(crate) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of several, if there are any.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let place = self.below(from.len() as u64);
        from.get(usize::try_from(place).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_worlds_and_streams_differ_and_repeat() {
        let draw = |seed, world, stream| Chance::new(seed, world, stream).below(u64::MAX);
        let first = draw(1, 0, Stream::Izly);
        assert_eq!(first, draw(1, 0, Stream::Izly));
        for other in [draw(2, 0, Stream::Izly), draw(1, 1, Stream::Izly), draw(1, 0, Stream::Shop)] {
            assert_ne!(first, other);
        }
    }
}
