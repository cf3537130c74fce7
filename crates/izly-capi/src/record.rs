//! Records: what the library allocates and the caller reads.

use std::ffi::c_char;

/// A record and the texts it points to, which live and die with it. The record comes first, so that a pointer to it is a
/// pointer to all of it. Every text is wiped on drop: many hold tokens or personal data.
#[repr(C)]
pub(crate) struct Owned<T> {
    record: T,
    texts: Texts,
}

impl<T> Owned<T> {
    /// Builds a record whose texts are kept beside it.
    pub(crate) fn build(build: impl FnOnce(&mut Texts) -> T) -> Self {
        let mut texts = Texts::default();
        let record = build(&mut texts);
        Owned { record, texts }
    }

    pub(crate) fn into_raw(self) -> *const T {
        Box::into_raw(Box::new(self)).cast::<T>().cast_const()
    }

    /// Takes a record back and wipes it.
    ///
    /// # Safety
    /// NULL, or from [`Owned::into_raw`] and not freed before.
    pub(crate) unsafe fn free(pointer: *const T) {
        if !pointer.is_null() {
            // SAFETY: it points to the first field of an `Owned<T>` that was made by `Box::into_raw`.
            drop(unsafe { Box::from_raw(pointer.cast_mut().cast::<Owned<T>>()) });
        }
    }
}

/// The texts of a record, as C reads them: side by side in one piece of memory, or in more when that is full.
#[derive(Default)]
pub(crate) struct Texts(Vec<Piece>);

impl Texts {
    /// A NUL-terminated copy. A NUL inside, which JSON can hold and C cannot, becomes U+FFFD, so that nothing after it
    /// goes unseen.
    pub(crate) fn add(&mut self, text: &str) -> *const c_char {
        const REPLACEMENT: &[u8] = "\u{fffd}".as_bytes();
        let nuls = text.bytes().filter(|byte| *byte == 0).count();
        let room = text.len() + nuls * (REPLACEMENT.len() - 1) + 1;
        let piece = self.piece_with(room);
        let begins = piece.len();
        for (number, part) in text.as_bytes().split(|byte| *byte == 0).enumerate() {
            if number > 0 {
                piece.extend_from_slice(REPLACEMENT);
            }
            piece.extend_from_slice(part);
        }
        piece.push(0);
        debug_assert_eq!(piece.len(), begins + room);
        piece.as_ptr().wrapping_add(begins).cast()
    }

    /// A piece with this much room: C holds pointers into it, so it never grows.
    fn piece_with(&mut self, room: usize) -> &mut Vec<u8> {
        /// Enough for what a payment or a callback usually says.
        const USUAL: usize = 512;
        let fits = |piece: &Piece| piece.0.capacity() - piece.0.len() >= room;
        if !self.0.last().is_some_and(fits) {
            self.0.push(Piece(Vec::with_capacity(room.max(USUAL))));
        }
        let last = self.0.len() - 1;
        &mut self.0[last].0
    }

    /// The same, NULL if absent or empty.
    pub(crate) fn optional(&mut self, text: Option<impl AsRef<str>>) -> *const c_char {
        text.filter(|text| !text.as_ref().is_empty()).map_or(std::ptr::null(), |text| self.add(text.as_ref()))
    }
}

/// A piece of memory that is wiped on drop, at once: `Zeroizing` goes byte by byte.
struct Piece(Vec<u8>);

impl Drop for Piece {
    fn drop(&mut self) {
        self.0.fill(0);
        // Without it the compiler may leave the zeros out, since nothing reads them.
        zeroize::optimization_barrier(self.0.as_slice());
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::CStr;

    use super::*;

    #[repr(C)]
    struct Pair {
        a: *const c_char,
        b: *const c_char,
    }

    #[test]
    fn texts_live_as_long_as_their_record() {
        let pair = Owned::build(|texts| Pair { a: texts.add("café\0!"), b: texts.optional(None::<&str>) }).into_raw();
        // SAFETY: just made.
        let (a, b) = unsafe { (CStr::from_ptr((*pair).a), (*pair).b) };
        assert_eq!(a.to_str().unwrap(), "café\u{fffd}!");
        assert!(b.is_null());
        // SAFETY: made above, freed once; NULL is allowed.
        unsafe {
            Owned::free(pair);
            Owned::<Pair>::free(std::ptr::null());
        }
    }

    #[test]
    fn texts_stay_where_they_are() {
        let long = "x".repeat(700);
        let texts = ["", "a\0", &long, "b", "\0", &long[..500], "c"];
        let kept = Owned::build(|all| texts.map(|text| all.add(text))).into_raw();
        // SAFETY: just made.
        let read = unsafe { (*kept).map(|text| CStr::from_ptr(text).to_str().unwrap()) };
        assert_eq!(read, texts.map(|text| text.replace('\0', "\u{fffd}")));
        // SAFETY: made above, freed once.
        unsafe { Owned::free(kept) };
    }
}
