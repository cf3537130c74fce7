//! A hundred thousand calls that go wrong, in each language: the process must be left as it was.
//!
//! The programs are those of the tests, which make fewer calls with them. Each looks itself at its memory, its
//! descriptors and its threads, and prints what it finds.

use crate::chore::Result;
use crate::{c, php};

const CALLS: u32 = 100_000;

/// Makes so many calls in one language.
type Soak = fn(u32) -> Result;

/// By the names that the chore is given.
const LANGUAGES: [(&str, Soak); 2] = [("c", c::soak), ("php", php::soak)];

/// Runs it in one language, or in all.
pub(crate) fn run(only: Option<&str>) -> Result {
    let wanted: Vec<_> = LANGUAGES.iter().filter(|(name, _)| only.is_none_or(|only| only == *name)).collect();
    if wanted.is_empty() {
        let names = LANGUAGES.map(|(name, _)| name).join(", ");
        return Err(format!("there is no such language: {}; there are {names}", only.unwrap_or_default()));
    }
    wanted.into_iter().try_for_each(|(_, soak)| soak(CALLS))
}
