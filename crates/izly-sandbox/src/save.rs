//! The state file: everything but the timelines, from run to run.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::worlds::{Saved, Worlds};

/// A state file that is this sandbox's alone while it runs.
#[derive(Debug)]
pub(crate) struct StateFile {
    /// Where it really is: a link to it stays a link.
    path: PathBuf,
    /// Locked for as long as it is open.
    _lock: File,
}

impl StateFile {
    /// Takes the file, reads it into the worlds if it exists, and writes it once: that it cannot be written is said at
    /// the start, not when the first payment is lost.
    pub(crate) fn open(path: &Path, worlds: &mut Worlds) -> Result<Self, Error> {
        let trouble = |source| Error::StateFile { path: path.into(), source };
        let unusable = |reason: String| Error::StateUnusable { path: path.into(), reason };
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let lock = private().create(true).truncate(false).open(beside(&real, "lock")).map_err(trouble)?;
        lock.try_lock().map_err(|_| unusable("another sandbox uses it".to_owned()))?;
        match fs::read_to_string(&real) {
            Ok(text) => {
                let saved: Saved = serde_json::from_str(&text).map_err(|error| unusable(error.to_string()))?;
                worlds.restore(saved).map_err(unusable)?;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(source) => return Err(trouble(source)),
        }
        let file = Self { path: real, _lock: lock };
        file.replace(&worlds.save()).map_err(trouble)?;
        Ok(file)
    }

    /// Writes the file. A disk that fills up later must not stop the sandbox; it says so and goes on.
    pub(crate) fn write(&self, text: &str) {
        if let Err(error) = self.replace(text) {
            #[allow(clippy::print_stderr)] // The only place where a running sandbox can be heard.
            {
                eprintln!("izly-sandbox: {} cannot be written: {error}", self.path.display());
            }
        }
    }

    /// Beside it first, then in its place: a reader, or a sudden end, never finds half a file. Nobody else may read it:
    /// it holds keys and tokens.
    fn replace(&self, text: &str) -> io::Result<()> {
        let new = beside(&self.path, "new");
        match fs::remove_file(&new) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        private().create_new(true).open(&new)?.write_all(text.as_bytes())?;
        fs::rename(&new, &self.path)
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// A file to write that is its owner's alone.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options
}
