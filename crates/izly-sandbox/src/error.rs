//! Why a sandbox could not start.

use std::io;
use std::path::PathBuf;

/// Why a sandbox could not start. Once it runs, it answers over HTTP and has no errors of its own.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The loopback port is taken, or may not be opened.
    #[error("cannot listen on 127.0.0.1:{port}")]
    Bind {
        /// The port asked for; 0 means any free one.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// The server's runtime or thread could not be created.
    #[error("cannot start the sandbox's thread")]
    Thread(#[source] io::Error),
    /// The partner file cannot be read.
    #[error("cannot read the partner file {}", path.display())]
    PartnerFile {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The partner file is not JSON, or names a field that does not exist.
    #[error("the partner file {} is not a partner's registration", path.display())]
    PartnerJson {
        /// The file.
        path: PathBuf,
        /// Where it goes wrong.
        source: serde_json::Error,
    },
    /// A partner's registration that Izly could not hold, or that does not belong in a sandbox.
    #[error("the partner's registration is not usable: {0}")]
    Partner(String),
    /// The state file cannot be read or written.
    #[error("cannot use the state file {}", path.display())]
    StateFile {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The state file is not one, or one of another version.
    #[error("the state file {} cannot be used: {reason}", path.display())]
    StateUnusable {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// A setting that cannot be so.
    #[error("{field}: {rule}")]
    Setting {
        /// Which one.
        field: &'static str,
        /// The rule it breaks.
        rule: String,
    },
}
