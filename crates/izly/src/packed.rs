//! Many texts in one allocation.

use std::borrow::Cow;

use crate::wiped::{Wipe as _, Wiped};

/// Texts kept side by side in one allocation, which is wiped on drop. An empty one counts as absent.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Packed<const COUNT: usize> {
    all: Wiped<String>,
    /// Where each ends, which is where the next begins.
    ends: [u32; COUNT],
}

/// Texts before they are packed. Those that were decoded on the way are wiped on drop; the parser's own scratch is not ours to
/// wipe.
pub(crate) struct Loose<'a, const COUNT: usize>(pub(crate) [Option<Cow<'a, str>>; COUNT]);

impl<const COUNT: usize> Default for Loose<'_, COUNT> {
    fn default() -> Self {
        Loose([const { None }; COUNT])
    }
}

impl<const COUNT: usize> Drop for Loose<'_, COUNT> {
    fn drop(&mut self) {
        for text in &mut self.0 {
            if let Some(Cow::Owned(text)) = text {
                text.wipe();
            }
        }
    }
}

impl<const COUNT: usize> Packed<COUNT> {
    /// Copies them.
    ///
    /// Together they must be shorter than 4 GiB, as the texts of any capped body are; from there on they count as absent.
    pub(crate) fn new(texts: &Loose<'_, COUNT>) -> Self {
        // All room at once: a text that grows leaves copies behind that nobody wipes.
        let mut all = String::with_capacity(texts.0.iter().flatten().map(|text| text.len()).sum());
        let mut ends = [0; COUNT];
        for (end, text) in ends.iter_mut().zip(&texts.0) {
            all.push_str(text.as_deref().unwrap_or_default());
            *end = u32::try_from(all.len()).unwrap_or(u32::MAX);
        }
        Packed { all: Wiped::new(all), ends }
    }

    /// The text at this place, if there is one.
    // As `Callback::untrusted`, whose every field it is.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    pub(crate) fn get(&self, at: usize) -> Option<&str> {
        let begin = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        let text = self.all.get(begin as usize..self.ends[at] as usize)?;
        Some(text).filter(|text| !text.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_comes_back_and_an_empty_one_is_absent() {
        let texts = [None, Some("né"), Some(""), Some("à Évry"), None].map(|text| text.map(Cow::Borrowed));
        let packed = Packed::new(&Loose(texts));
        assert_eq!([0, 1, 2, 3, 4].map(|at| packed.get(at)), [None, Some("né"), None, Some("à Évry"), None]);
        assert_eq!(packed.all.capacity(), packed.all.len());
        assert!(packed.clone() == packed);
    }

    #[test]
    fn the_same_letters_in_other_places_are_other_texts() {
        let pair = |first: &str, second: &str| {
            Packed::new(&Loose([Some(first.to_owned().into()), Some(second.to_owned().into())]))
        };
        assert!(pair("ab", "c") == pair("ab", "c"));
        assert!(pair("ab", "c") != pair("a", "bc"));
    }
}
