//! Makes ids, codes and tokens out of the seed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// The shape of codes and tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum TokenStyle {
    /// Base64 that ends in `=` and holds neither `+` nor `/`.
    #[default]
    Plain,
    /// Base64 that ends in `=` and always holds both a `+` and a `/`: shows who forgets to percent-encode.
    PlusAndSlash,
}

const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// The number in the middle of a decoded token; the guide's samples show 28 and 56, one per partner as it seems.
const FIRST_PARTNER_NUMBER: usize = 56;

/// The only source of chance in the sandbox: the same seed and the same calls give the same results.
#[derive(Debug)]
pub(crate) struct Mint {
    random: ChaCha8Rng,
    style: TokenStyle,
    operation_id: u64,
    transaction_id: u64,
}

impl Mint {
    pub(crate) fn new(seed: u64, style: TokenStyle) -> Self {
        let mut mint = Self {
            random: ChaCha8Rng::seed_from_u64(seed),
            style,
            // Near the guide's samples, so that logs look familiar.
            operation_id: 586_000,
            transaction_id: 59_000,
        };
        mint.operation_id += mint.below(10_000);
        mint.transaction_id += mint.below(900);
        mint
    }

    /// A code or a token: Base64 of `1;<partner's number>;<30 characters>` (*observed* in the guide's samples).
    pub(crate) fn token(&mut self, partner: usize) -> String {
        // Two digits always, so that the Base64 always ends in one `=`.
        let number = FIRST_PARTNER_NUMBER + partner % (100 - FIRST_PARTNER_NUMBER);
        let mut secret = self.characters(30);
        if self.style == TokenStyle::PlusAndSlash {
            // Both stand third in a group of three bytes, where `>` reads as `+` and `?` as `/`.
            secret.replace_range(0..1, ">");
            secret.replace_range(3..4, "?");
        }
        STANDARD.encode(format!("1;{number};{secret}"))
    }

    /// The token of a payment's authorization URL, such as `1-1FEJagy` (*documented* by a sample).
    pub(crate) fn payment_token(&mut self) -> String {
        format!("1-{}", self.characters(7))
    }

    /// The next operation id. Ids only grow, and not by one, so that nobody guesses the next.
    pub(crate) fn operation_id(&mut self) -> u64 {
        self.operation_id += 1 + self.below(7);
        self.operation_id
    }

    /// The next id of the debit behind an operation.
    pub(crate) fn transaction_id(&mut self) -> u64 {
        self.transaction_id += 1 + self.below(7);
        self.transaction_id
    }

    fn characters(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| {
                let index = usize::try_from(self.below(ALPHABET.len() as u64)).unwrap_or(0);
                char::from(ALPHABET[index])
            })
            .collect()
    }

    /// A number below `bound`. The slight bias of the remainder does not matter here.
    fn below(&mut self, bound: u64) -> u64 {
        self.random.next_u64() % bound
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_have_the_shape_of_the_guide() {
        let mut mint = Mint::new(0, TokenStyle::Plain);
        for partner in [0, 1, 43, 44, 1000] {
            let token = mint.token(partner);
            let decoded = String::from_utf8(STANDARD.decode(&token).unwrap()).unwrap();
            let parts: Vec<&str> = decoded.split(';').collect();
            assert_eq!((parts[0], parts[1].len(), parts[2].len()), ("1", 2, 30), "{decoded}");
            assert!(token.ends_with('=') && !token.ends_with("=="), "{token}");
            assert!(!token.contains(['+', '/']), "{token}");
        }
    }

    #[test]
    fn the_hard_style_always_holds_plus_and_slash() {
        let mut mint = Mint::new(0, TokenStyle::PlusAndSlash);
        for _ in 0..50 {
            let token = mint.token(0);
            assert!(token.contains('+') && token.contains('/') && token.ends_with('='), "{token}");
        }
    }

    #[test]
    fn a_seed_decides_everything() {
        let draw = |seed| {
            let mut mint = Mint::new(seed, TokenStyle::Plain);
            (mint.token(0), mint.payment_token(), mint.operation_id(), mint.transaction_id())
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
    }

    #[test]
    fn operation_ids_grow() {
        let mut mint = Mint::new(3, TokenStyle::Plain);
        let ids: Vec<u64> = (0..100).map(|_| mint.operation_id()).collect();
        assert!(ids.is_sorted_by(|a, b| a < b));
    }
}
