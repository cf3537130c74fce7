//! What stands around every call: outputs cleared, panics caught, errors handed over.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::{Failure, izly_error};
use crate::ptr::Out;
use crate::record::Owned;
use crate::status::{IZLY_OK, izly_status};

/// Runs a call that gives a record.
pub(crate) fn call<T>(
    out: &Out<T>,
    err: &Out<izly_error>,
    body: impl FnOnce() -> Result<Owned<T>, Failure>,
) -> izly_status {
    run(out, err, body, Out::put)
}

/// Runs a call that gives an opaque object.
pub(crate) fn create<T>(out: &Out<T>, err: &Out<izly_error>, body: impl FnOnce() -> Result<T, Failure>) -> izly_status {
    run(out, err, body, Out::put_object)
}

fn run<T, V>(
    out: &Out<T>,
    err: &Out<izly_error>,
    body: impl FnOnce() -> Result<V, Failure>,
    put: impl FnOnce(&Out<T>, V),
) -> izly_status {
    // First of all, so that both are NULL on whatever path is taken.
    out.clear();
    err.clear();
    let checked = || if out.is_null() { Err(Failure::null("out")) } else { body() };
    let result = catch_unwind(AssertUnwindSafe(checked)).unwrap_or_else(|_| Err(Failure::panic()));
    match result {
        Ok(value) => {
            put(out, value);
            IZLY_OK
        }
        Err(failure) => {
            let status = failure.status();
            err.put(failure.into_record());
            status
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::status::{IZLY_ERR_NULL, IZLY_ERR_PANIC};

    #[test]
    fn a_panic_becomes_a_status() {
        let mut number: *const u32 = std::ptr::dangling();
        let mut error: *const izly_error = std::ptr::null();
        // SAFETY: both point to locals.
        let (out, err) = unsafe { (Out::new(&raw mut number), Out::new(&raw mut error)) };
        let status = call(&out, &err, || std::panic::resume_unwind(Box::new("a bug")));
        assert_eq!(status, IZLY_ERR_PANIC);
        assert!(number.is_null());
        // SAFETY: handed over just now, freed once.
        unsafe {
            assert_eq!((*error).status, IZLY_ERR_PANIC);
            Owned::free(error);
        }
    }

    #[test]
    fn without_a_place_for_the_result_nothing_is_done() {
        // SAFETY: NULL is allowed.
        let (out, err) = unsafe { (Out::<u32>::new(std::ptr::null_mut()), Out::new(std::ptr::null_mut())) };
        let mut is_done = false;
        let status = call(&out, &err, || {
            is_done = true;
            Ok(Owned::build(|_| 7))
        });
        assert_eq!(status, IZLY_ERR_NULL);
        assert!(!is_done);
    }
}
