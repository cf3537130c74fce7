//! Makes ids, codes and tokens out of the seed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::chance::Chance;
use crate::wire::{IdSize, TokenStyle};

const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// The number in the middle of a decoded token; the guide's samples show 28 and 56, one per partner as it seems.
const FIRST_PARTNER_NUMBER: u64 = 56;

/// Makes what must differ each time: the same seed and the same calls give the same results.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Mint {
    chance: Chance,
    /// The partner's number inside codes and tokens.
    number: u64,
    operation_id: u64,
    transaction_id: u64,
    /// Ids grow by up to this much.
    stride: u64,
}

impl Mint {
    /// A mint for the first partner (`number` 0) or another one. `first_operation` replaces where operation ids begin.
    pub(crate) fn new(seed: u64, number: u64, first_operation: Option<u64>) -> Self {
        let mut mint = Self {
            chance: Chance::new(seed, 0),
            // Two digits always, so that the Base64 always ends in one `=`.
            number: FIRST_PARTNER_NUMBER + number % (100 - FIRST_PARTNER_NUMBER),
            // Near the guide's samples, so that logs look familiar.
            operation_id: 586_000,
            transaction_id: 59_000,
            stride: 7,
        };
        mint.operation_id += mint.chance.below(10_000);
        mint.transaction_id += mint.chance.below(900);
        if let Some(first) = first_operation {
            // One by one: where the next run begins depends on how much time passes in between.
            (mint.operation_id, mint.transaction_id, mint.stride) = (first, first, 1);
        }
        mint
    }

    /// A code or a token: Base64 of `1;<partner's number>;<30 characters>` (*observed* in the guide's samples).
    pub(crate) fn token(&mut self, style: TokenStyle) -> String {
        let mut secret = self.characters(30);
        if style == TokenStyle::PlusAndSlash {
            // Both stand third in a group of three bytes, where `>` reads as `+` and `?` as `/`.
            secret.replace_range(0..1, ">");
            secret.replace_range(3..4, "?");
        }
        STANDARD.encode(format!("1;{};{secret}", self.number))
    }

    /// The token of a payment's authorization URL, such as `1-1FEJagy` (*documented* by a sample).
    pub(crate) fn payment_token(&mut self) -> String {
        format!("1-{}", self.characters(7))
    }

    /// The next operation id. Ids only grow; with a seed not by one, so that nobody guesses the next.
    pub(crate) fn operation_id(&mut self, size: IdSize) -> u64 {
        self.operation_id += 1 + self.chance.below(self.stride);
        size.of(self.operation_id)
    }

    /// The next id of the debit behind an operation.
    pub(crate) fn transaction_id(&mut self, size: IdSize) -> u64 {
        self.transaction_id += 1 + self.chance.below(self.stride);
        size.of(self.transaction_id)
    }

    /// Whether there is room for as many ids as anybody will ever want.
    pub(crate) fn is_sound(&self) -> bool {
        const ROOM: u64 = 1 << 52;
        self.operation_id < ROOM && self.transaction_id < ROOM && (1..=1_000).contains(&self.stride)
    }

    fn characters(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| {
                let index = usize::try_from(self.chance.below(ALPHABET.len() as u64)).unwrap_or(0);
                char::from(ALPHABET[index])
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_have_the_shape_of_the_guide() {
        for number in [0, 1, 43, 44, 1000] {
            let token = Mint::new(0, number, None).token(TokenStyle::Plain);
            let decoded = String::from_utf8(STANDARD.decode(&token).unwrap()).unwrap();
            let parts: Vec<&str> = decoded.split(';').collect();
            assert_eq!((parts[0], parts[1].len(), parts[2].len()), ("1", 2, 30), "{decoded}");
            assert!(token.ends_with('=') && !token.ends_with("=="), "{token}");
            assert!(!token.contains(['+', '/']), "{token}");
        }
    }

    #[test]
    fn the_hard_style_always_holds_plus_and_slash() {
        let mut mint = Mint::new(0, 0, None);
        for _ in 0..50 {
            let token = mint.token(TokenStyle::PlusAndSlash);
            assert!(token.contains('+') && token.contains('/') && token.ends_with('='), "{token}");
        }
    }

    #[test]
    fn a_seed_decides_everything() {
        let draw = |seed| {
            let mut mint = Mint::new(seed, 0, None);
            let ids = (mint.operation_id(IdSize::Usual), mint.transaction_id(IdSize::Usual));
            (mint.token(TokenStyle::Plain), mint.payment_token(), ids)
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
    }

    #[test]
    fn operation_ids_grow_whatever_their_size() {
        let mut mint = Mint::new(3, 0, Some(900_000_000));
        let ids: Vec<u64> = (0..100).map(|_| mint.operation_id(IdSize::Usual)).collect();
        assert!(ids[0] > 900_000_000 && ids.is_sorted_by(|a, b| a < b));
        assert!(mint.operation_id(IdSize::Beyond32Bits) > u64::from(u32::MAX));
        assert!(mint.operation_id(IdSize::Beyond53Bits) > 1 << 53);
    }
}
