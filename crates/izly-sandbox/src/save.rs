//! The state file: everything but the timelines, from run to run.

use std::fs;
use std::io;
use std::path::Path;

use crate::error::Error;
use crate::worlds::{Saved, Worlds};

/// Reads the file, if it exists, into the worlds.
pub(crate) fn read(path: &Path, worlds: &mut Worlds) -> Result<(), Error> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(source) => return Err(Error::StateFile { path: path.into(), source }),
    };
    let unusable = |reason: String| Error::StateUnusable { path: path.into(), reason };
    let saved: Saved = serde_json::from_str(&text).map_err(|error| unusable(error.to_string()))?;
    worlds.restore(saved).map_err(unusable)
}

/// Whether the file can be written: said at the start, not when the first payment is lost.
pub(crate) fn check(path: &Path, worlds: &Worlds) -> Result<(), Error> {
    replace(path, &worlds.save()).map_err(|source| Error::StateFile { path: path.into(), source })
}

/// Writes the file. A disk that fills up later must not stop the sandbox; it says so and goes on.
pub(crate) fn write(path: &Path, text: &str) {
    if let Err(error) = replace(path, text) {
        #[allow(clippy::print_stderr)] // The only place where a running sandbox can be heard.
        {
            eprintln!("izly-sandbox: {} cannot be written: {error}", path.display());
        }
    }
}

/// Beside it first, then in its place: a reader, or a sudden end, never finds half a file.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    fs::write(&beside, text)?;
    fs::rename(&beside, path)
}
