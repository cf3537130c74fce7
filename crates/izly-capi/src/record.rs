//! Records: what the library allocates and the caller reads.

use std::ffi::c_char;

use zeroize::Zeroizing;

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

/// The texts of a record, as C reads them.
#[derive(Default)]
pub(crate) struct Texts(Vec<Zeroizing<Vec<u8>>>);

impl Texts {
    /// A NUL-terminated copy. A NUL inside, which JSON can hold and C cannot, becomes U+FFFD, so that nothing after it
    /// goes unseen.
    pub(crate) fn add(&mut self, text: &str) -> *const c_char {
        const REPLACEMENT: &[u8] = "\u{fffd}".as_bytes();
        // Room for all of it at once: a buffer that grows leaves a copy behind that nobody wipes.
        let nuls = text.bytes().filter(|byte| *byte == 0).count();
        let mut bytes = Zeroizing::new(Vec::with_capacity(text.len() + nuls * (REPLACEMENT.len() - 1) + 1));
        for byte in text.bytes() {
            match byte {
                0 => bytes.extend_from_slice(REPLACEMENT),
                byte => bytes.push(byte),
            }
        }
        bytes.push(0);
        let pointer = bytes.as_ptr().cast();
        self.0.push(bytes);
        pointer
    }

    /// The same, NULL if absent or empty.
    pub(crate) fn optional(&mut self, text: Option<impl AsRef<str>>) -> *const c_char {
        text.filter(|text| !text.as_ref().is_empty()).map_or(std::ptr::null(), |text| self.add(text.as_ref()))
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
}
