//! The C library: its header, its symbols, its size, and the C programs that use it.

mod header_alone;
mod programs;
mod shared_object;

use std::path::PathBuf;

use crate::chore::{Result, root};
use crate::{dist, header};

/// Everything about libizly, from an installation in a folder of its own, found by pkg-config alone.
pub(crate) fn test() -> Result {
    header::check()?;
    header_alone::check()?;
    let prefix = tempfile::tempdir().map_err(|error| error.to_string())?;
    dist::c(prefix.path())?;
    shared_object::check(prefix.path())?;
    programs::test(prefix.path())
}

/// So many faulty calls, which must leave nothing behind.
pub(crate) fn soak(calls: u32) -> Result {
    let prefix = tempfile::tempdir().map_err(|error| error.to_string())?;
    dist::c(prefix.path())?;
    programs::soak(prefix.path(), calls)
}

fn sources() -> PathBuf {
    root().join("bindings/c")
}
