//! Memory that is wiped on drop, all of it at once.
//!
//! `zeroize` does it byte by byte, on purpose and for any type, which for the texts of a call takes as long as reading them.
//! So requests, answers and callbacks are kept in this; single secrets, a key or a token, in `Zeroizing`.

use std::fmt;
use std::ops::{Deref, DerefMut};

use crate::secret::same_secret;

/// Wipes these bytes.
pub(crate) fn wipe(bytes: &mut [u8]) {
    bytes.fill(0);
    // Without it the compiler may leave the zeros out, since nothing reads them.
    zeroize::optimization_barrier(bytes);
}

/// What can be wiped whole.
pub(crate) trait Wipe {
    /// Wipes it, and what was there before it grew shorter.
    fn wipe(&mut self);
}

impl Wipe for Vec<u8> {
    fn wipe(&mut self) {
        self.clear();
        // As much as there is room for: nothing is moved.
        self.resize(self.capacity(), 0);
        zeroize::optimization_barrier(self.as_slice());
        self.clear();
    }
}

impl Wipe for String {
    fn wipe(&mut self) {
        std::mem::take(self).into_bytes().wipe();
    }
}

/// A text or bytes, wiped on drop.
#[derive(Clone, Default)]
pub(crate) struct Wiped<T: Wipe>(T);

impl<T: Wipe> Wiped<T> {
    pub(crate) fn new(what: T) -> Self {
        Wiped(what)
    }
}

impl<T: Wipe> Drop for Wiped<T> {
    fn drop(&mut self) {
        self.0.wipe();
    }
}

impl<T: Wipe> Deref for Wiped<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Wipe> DerefMut for Wiped<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl AsRef<[u8]> for Wiped<Vec<u8>> {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl PartialEq for Wiped<String> {
    fn eq(&self, other: &Self) -> bool {
        // Some of them are personal.
        same_secret(&self.0, &other.0)
    }
}

impl Eq for Wiped<String> {}

impl<T: Wipe> fmt::Debug for Wiped<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(crate::secret::REDACTED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_cut_off_is_wiped_too() {
        let mut bytes = Vec::with_capacity(16);
        bytes.extend_from_slice(b"s3cret");
        bytes.truncate(2);
        bytes.wipe();
        assert_eq!((bytes.len(), bytes.capacity()), (0, 16));
        // What a later text would be written over.
        bytes.resize(16, 1);
        wipe(&mut bytes);
        assert_eq!(bytes, [0; 16]);
    }

    #[test]
    fn a_text_is_gone() {
        let mut text = "s3cret".to_owned();
        text.wipe();
        assert_eq!(text, "");
        assert!(!format!("{:?}", Wiped::new("s3cret".to_owned())).contains("s3cret"));
    }
}
