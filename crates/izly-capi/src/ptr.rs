//! Pointers from outside: the one place that follows them.
//!
//! A function wraps each of its parameters here, in its only `unsafe` block; from then on its body is safe Rust. The
//! constructors' contract is the header's: a pointer is NULL, or points to what its type says, for the whole call.

use std::ffi::{CStr, c_char};
use std::marker::PhantomData;

use crate::error::Failure;
use crate::record::Owned;

/// A borrowed object.
#[derive(Clone, Copy)]
pub(crate) struct In<'a, T>(*const T, PhantomData<&'a T>);

impl<'a, T> In<'a, T> {
    /// # Safety
    /// NULL, or valid for reads for `'a`.
    pub(crate) unsafe fn new(pointer: *const T) -> Self {
        In(pointer, PhantomData)
    }

    pub(crate) fn get(self, name: &'static str) -> Result<&'a T, Failure> {
        // SAFETY: `new` was promised NULL or a valid pointer.
        unsafe { self.0.as_ref() }.ok_or_else(|| Failure::null(name))
    }
}

/// A caller's struct, which may be of an older or a newer header's size.
pub(crate) trait SizedStruct: Copy {
    /// The size in the first release: what every caller has.
    const FIRST: usize;

    /// All zeros: everything absent.
    fn zeroed() -> Self;
}

/// A borrowed struct of any size that its first field tells.
#[derive(Clone, Copy)]
pub(crate) struct InSized<T>(*const T);

impl<T: SizedStruct> InSized<T> {
    /// # Safety
    /// NULL, or valid for reads of as many bytes as its `struct_size` says.
    pub(crate) unsafe fn new(pointer: *const T) -> Self {
        InSized(pointer)
    }

    /// A copy of what both sides know; what only the caller knows is left out.
    pub(crate) fn copy(self, name: &'static str) -> Result<T, Failure> {
        if self.0.is_null() {
            return Err(Failure::null(name));
        }
        // SAFETY: `struct_size` is the first field of every such struct, and `new` was promised that it is there.
        let size = unsafe { self.0.cast::<usize>().read() };
        if size < T::FIRST {
            return Err(Failure::struct_size(name, size));
        }
        let mut copy = T::zeroed();
        let known = size.min(size_of::<T>());
        // SAFETY: `new` was promised `size` readable bytes, and `copy` has room for as many as it is long.
        unsafe { std::ptr::copy_nonoverlapping(self.0.cast::<u8>(), (&raw mut copy).cast::<u8>(), known) };
        Ok(copy)
    }
}

/// A borrowed, NUL-terminated text.
#[derive(Clone, Copy)]
pub(crate) struct Text<'a>(*const c_char, PhantomData<&'a CStr>);

impl<'a> Text<'a> {
    /// # Safety
    /// NULL, or NUL-terminated and valid for reads for `'a`.
    pub(crate) unsafe fn new(pointer: *const c_char) -> Self {
        Text(pointer, PhantomData)
    }

    /// The text; NULL means absent.
    pub(crate) fn optional(self, name: &'static str) -> Result<Option<&'a str>, Failure> {
        if self.0.is_null() {
            return Ok(None);
        }
        // SAFETY: `new` was promised a NUL-terminated text.
        let text = unsafe { CStr::from_ptr(self.0) };
        text.to_str().map(Some).map_err(|_| Failure::utf8(name))
    }

    pub(crate) fn required(self, name: &'static str) -> Result<&'a str, Failure> {
        self.optional(name)?.ok_or_else(|| Failure::null(name))
    }
}

/// Borrowed bytes of a given length.
#[derive(Clone, Copy)]
pub(crate) struct Bytes<'a>(*const u8, usize, PhantomData<&'a [u8]>);

impl<'a> Bytes<'a> {
    /// # Safety
    /// NULL, or valid for reads of `length` bytes for `'a`.
    pub(crate) unsafe fn new(pointer: *const u8, length: usize) -> Self {
        Bytes(pointer, length, PhantomData)
    }

    pub(crate) fn get(self, name: &'static str) -> Result<&'a [u8], Failure> {
        if self.0.is_null() {
            // What an empty container gives in many languages, and an empty request is anybody's to send.
            return if self.1 == 0 { Ok(&[]) } else { Err(Failure::null(name)) };
        }
        if isize::try_from(self.1).is_err() {
            return Err(Failure::invalid(name, "is longer than any memory"));
        }
        // SAFETY: `new` was promised as many readable bytes, and the length fits an object.
        Ok(unsafe { std::slice::from_raw_parts(self.0, self.1) })
    }
}

/// Where a result goes.
pub(crate) struct Out<T>(*mut *const T);

impl<T> Out<T> {
    /// # Safety
    /// NULL, or valid for writes.
    pub(crate) unsafe fn new(pointer: *mut *const T) -> Self {
        Out(pointer)
    }

    pub(crate) fn is_null(&self) -> bool {
        self.0.is_null()
    }

    pub(crate) fn clear(&self) {
        self.write(std::ptr::null());
    }

    /// Hands a record over; the caller frees it. Where there is no place for it, it ends here.
    pub(crate) fn put(&self, record: Owned<T>) {
        if !self.is_null() {
            self.write(record.into_raw());
        }
    }

    /// Hands an opaque object over; the caller frees it.
    pub(crate) fn put_object(&self, object: T) {
        if !self.is_null() {
            self.write(Box::into_raw(Box::new(object)).cast_const());
        }
    }

    fn write(&self, value: *const T) {
        if !self.0.is_null() {
            // SAFETY: `new` was promised NULL or a place to write to.
            unsafe { self.0.write(value) };
        }
    }
}

/// Takes an opaque object back.
///
/// # Safety
/// NULL, or from [`Out::put_object`] and not freed before.
pub(crate) unsafe fn free_object<T>(pointer: *const T) {
    if !pointer.is_null() {
        // SAFETY: it was made by `Box::into_raw`, and nobody uses it any more.
        drop(unsafe { Box::from_raw(pointer.cast_mut()) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::status::{IZLY_ERR_NULL, IZLY_ERR_STRUCT_SIZE, IZLY_ERR_UTF8};

    #[repr(C)]
    #[derive(Clone, Copy)]
    struct Grown {
        struct_size: usize,
        old: u64,
        new: u64,
    }

    impl SizedStruct for Grown {
        const FIRST: usize = 16;

        fn zeroed() -> Self {
            Grown { struct_size: size_of::<Grown>(), old: 0, new: 0 }
        }
    }

    /// What a caller of another header's size gives.
    fn copied(words: &[u64]) -> Result<Grown, Failure> {
        // SAFETY: the words are as many as the first says, and aligned for it.
        unsafe { InSized::<Grown>::new(words.as_ptr().cast()) }.copy("grown")
    }

    #[test]
    fn a_callers_struct_may_be_of_any_size_from_the_first() {
        assert_eq!(copied(&[24, 1, 2]).map(|grown| (grown.old, grown.new)).ok(), Some((1, 2)));
        assert_eq!(copied(&[16, 1]).map(|grown| (grown.old, grown.new)).ok(), Some((1, 0)));
        assert_eq!(copied(&[40, 1, 2, 3, 4]).map(|grown| (grown.old, grown.new)).ok(), Some((1, 2)));
        for small in [0, 8, 15] {
            assert_eq!(copied(&[small]).err().map(|failure| failure.status()), Some(IZLY_ERR_STRUCT_SIZE));
        }
    }

    #[test]
    fn null_and_bytes_that_are_no_text_are_told_apart() {
        // SAFETY: NULL and C literals.
        let (null, text, bytes) =
            unsafe { (Text::new(std::ptr::null()), Text::new(c"caf\u{e9}".as_ptr()), Text::new(c"caf\xe9".as_ptr())) };
        assert_eq!(null.optional("x").ok(), Some(None));
        assert_eq!(null.required("x").err().map(|failure| failure.status()), Some(IZLY_ERR_NULL));
        assert_eq!(text.required("x").ok(), Some("caf\u{e9}"));
        assert_eq!(bytes.optional("x").err().map(|failure| failure.status()), Some(IZLY_ERR_UTF8));
        // SAFETY: NULL, and a slice of its own length.
        let (null, slice) = unsafe { (Bytes::new(std::ptr::null(), 3), Bytes::new(b"abc".as_ptr(), 2)) };
        assert_eq!(null.get("x").err().map(|failure| failure.status()), Some(IZLY_ERR_NULL));
        assert_eq!(slice.get("x").ok(), Some(&b"ab"[..]));
    }

    #[test]
    fn objects_are_freed_once_and_null_is_allowed() {
        let mut object: *const String = std::ptr::null();
        // SAFETY: a local.
        unsafe { Out::new(&raw mut object) }.put_object("x".repeat(100));
        // SAFETY: just handed over; NULL is allowed.
        unsafe {
            free_object(object);
            free_object::<String>(std::ptr::null());
        }
    }
}
