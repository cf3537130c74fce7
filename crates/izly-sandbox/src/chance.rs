//! The only source of chance in the sandbox.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A stream of numbers that a seed decides. Saved and restored, it goes on where it was.
#[derive(Debug, Clone)]
pub(crate) struct Chance(ChaCha8Rng);

impl Chance {
    /// Two streams of one seed have nothing to do with each other, so that a fault which draws lots shifts no id.
    pub(crate) fn new(seed: u64, stream: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(stream);
        Self(random)
    }

    /// A number below `bound`. The slight bias of the remainder does not matter here.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0.next_u64() % bound.max(1)
    }

    /// Whether something of this probability happens.
    pub(crate) fn happens(&mut self, probability: f64) -> bool {
        const STEPS: u32 = 1 << 30;
        // 30 bits fit both types exactly.
        let drawn = u32::try_from(self.below(u64::from(STEPS))).unwrap_or(0);
        f64::from(drawn) < probability * f64::from(STEPS)
    }
}

/// Where a stream stands.
#[derive(Serialize, Deserialize)]
struct Position {
    seed: [u8; 32],
    stream: u64,
    /// A text, since it has more bits than a JSON number keeps.
    word: String,
}

impl Serialize for Chance {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let random = &self.0;
        Position { seed: random.get_seed(), stream: random.get_stream(), word: random.get_word_pos().to_string() }
            .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Chance {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let position = Position::deserialize(deserializer)?;
        let word: u128 = position.word.parse().map_err(serde::de::Error::custom)?;
        let mut random = ChaCha8Rng::from_seed(position.seed);
        random.set_stream(position.stream);
        // A stream has 2^68 words, and what is beyond wraps around.
        random.set_word_pos(word % (1 << 68));
        Ok(Self(random))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_restored_stream_goes_on_where_it_was() {
        let mut chance = Chance::new(7, 1);
        for _ in 0..21 {
            chance.below(100);
        }
        let saved = serde_json::to_string(&chance).unwrap();
        let mut restored: Chance = serde_json::from_str(&saved).unwrap();
        let draw = |chance: &mut Chance| (0..5).map(|_| chance.below(1 << 40)).collect::<Vec<_>>();
        assert_eq!(draw(&mut chance), draw(&mut restored));
    }

    #[test]
    fn seeds_and_streams_differ() {
        let draw = |seed, stream| Chance::new(seed, stream).below(u64::MAX);
        assert_ne!(draw(1, 0), draw(2, 0));
        assert_ne!(draw(1, 0), draw(1, 1));
    }

    #[test]
    fn probabilities_are_kept() {
        let mut chance = Chance::new(3, 0);
        assert!((0..1000).all(|_| chance.happens(1.0)));
        assert!((0..1000).all(|_| !chance.happens(0.0)));
        let times = (0..10_000).filter(|_| chance.happens(0.25)).count();
        assert!((2_300..2_700).contains(&times), "{times}");
    }
}
